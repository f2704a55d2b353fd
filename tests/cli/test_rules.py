"""`mailflow rules`: what is in force can be looked at, proven and drawn, without mailbox, credentials or database."""

import shutil
from pathlib import Path

import pytest

from mailflow import config as configuration_module
from mailflow.cli import rules_files
from rules.load import BUILTIN
from tests.support.counter import configuration

FIVE = ["complaint", "data-change", "passphrase-loss", "renewal", "revocation"]
SIXTH = Path(__file__).parents[1] / "support" / "sixth"


@pytest.fixture
def place(tmp_path):
    """A configuration's directory with an empty `rules.d/`: nothing is there but the file."""
    (tmp_path / "mailflow.toml").write_text(configuration(tmp_path))
    (tmp_path / "rules.d").mkdir()
    return tmp_path


@pytest.fixture
def rules(call, place):
    """`rules("list")` under that configuration."""
    return lambda *words: call("rules", *words, "--config", str(place / "mailflow.toml"))


@pytest.fixture
def bare(call, tmp_path, monkeypatch):
    """The same where there is no configuration at all."""
    monkeypatch.delenv("MAILFLOW_CONFIG", raising=False)
    nowhere = tmp_path / "etc" / "mailflow.toml"
    for module in (configuration_module, rules_files):
        monkeypatch.setattr(module, "DEFAULT_FILE", nowhere)
    return lambda *words: call("rules", *words)


def built_in(name):
    return (BUILTIN / name).read_text("utf-8")


def overridden(place, name, old, new):
    """Put a built-in file into `rules.d/` with one thing changed."""
    text = built_in(name)
    assert old in text
    (place / "rules.d" / name).write_text(text.replace(old, new, 1), "utf-8")


def test_all_five_are_listed_with_where_they_come_from(rules, place):
    overridden(place, "renewal.toml", 'promise = "1 working day"', 'promise = "2 working days"')
    rows = {row["id"]: row for row in rules("list", "--json").data}
    assert sorted(rows) == FIVE
    assert rows["data-change"]["from"] == "built-in"
    assert rows["data-change"]["rows"] == 7
    assert rows["renewal"]["from"] == str(place / "rules.d" / "renewal.toml")
    assert rows["renewal"]["promise"] == "2 working days"
    assert all(len(row["digest"]) == 12 for row in rows.values())
    said = rules("list")
    assert said.out.startswith("ID ")
    assert "revocation" in said.out


def test_an_empty_file_takes_an_sop_out_of_force(rules, place):
    (place / "rules.d" / "complaint.toml").write_text("")
    assert [row["id"] for row in rules("list", "--json").data] == [
        each for each in FIVE if each != "complaint"
    ]


def test_an_sop_is_shown_with_the_keys_of_the_contract(rules):
    shown = rules("show", "data-change", "--json").data
    first, verify = shown["steps"][:2]
    assert first == {
        **first,
        "no": 1,
        "id": "apply",
        "performer": "applicant",
        "action": "Login dan mengajukan permohonan perubahan data",
        "needs": ["form", "support"],
        "standard_time": "5 minutes",
        "output": "Dashboard AMS",
        "outcomes": {"complete": "verify"},
    }
    assert verify["source_says"] == "Jika sesuai, maka permohonan ditolak"
    assert verify["we_read"].startswith("Jika sesuai, maka permohonan disetujui")
    assert verify["outcomes"]["reject"] == "rejected"
    by_id = {step["id"]: step for step in shown["steps"]}
    assert by_id["unrevoked"]["no"] is None
    assert by_id["unrevoked"]["added"]
    assert by_id["revoke"]["child"] == "revocation"
    assert by_id["ownership"]["words"]["none"] == ["NIHIL", "NONE"]
    assert shown["from"] == "built-in"


def test_an_sop_is_shown_to_people_row_by_row(rules):
    said = rules("show", "DATA_CHANGE")
    assert said.code == 0
    for words in (
        "data-change: Perubahan Data",
        "approve -> approve-in-ams",
        "opens revocation and waits",
        "added: ",
    ):
        assert words in said.out
    assert max(map(len, said.out.splitlines())) <= 140


@pytest.mark.parametrize("command", ["show", "render", "diff"])
def test_an_unknown_sop_points_to_those_there_are(rules, command):
    said = rules(command, "renewall")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"mailflow: no SOP renewall; did you mean renewal? there are {', '.join(FIVE)} (`mailflow rules list`)\n"
    )


def test_what_is_in_force_is_proven_with_a_line_for_each(rules):
    said = rules("check")
    assert (said.code, said.err) == (0, "")
    assert [line.partition(":")[0] for line in said.out.splitlines()] == FIVE


def test_without_any_configuration_the_built_in_ones_are_looked_at(bare):
    assert bare("check").code == 0
    assert [row["id"] for row in bare("list", "--json").data] == FIVE
    assert bare("diff").out == "no difference\n"
    page = bare("render", "passphrase-loss").out
    assert '<span class="blank">' in page.partition('class="issuer"')[2].partition("</td>")[0]


def test_a_configuration_that_was_named_must_be_there(call, bare, tmp_path, monkeypatch):
    for words in (("list",), ("check",), ("show", "renewal"), ("render", "renewal"), ("diff",)):
        said = call("rules", *words, "--config", str(tmp_path / "none.toml"))
        assert (said.code, said.out) == (2, "")
        assert "none.toml: no such file. Write one with `mailflow init`" in said.err
    monkeypatch.setenv("MAILFLOW_CONFIG", str(tmp_path / "other.toml"))
    assert "other.toml: no such file" in bare("list").err


def test_it_asks_for_no_password_and_reads_no_key_of_the_mailbox(rules, place):
    text = (place / "mailflow.toml").read_text()
    (place / "mailflow.toml").write_text(text.replace("maildir:", "imaps:").replace("[trust]", "[trst]"))
    assert rules("check").code == 0
    said = rules("render", "renewal")
    assert said.code == 0
    assert "the department's name is left blank" in said.err
    assert "trst: no such key" in said.err


FAULTS = [
    ("", 'id = "data-change"', "id = ", ("data_change.toml:", "is not TOML", "correct the line")),
    (
        "row verify",
        'outcomes.reject = "rejected"',
        'outcomes.reject = "nowhere"',
        ("outcomes.reject", 'no row "nowhere"'),
    ),
    (
        "row verify",
        'checks = ["completeness"',
        'checks = ["completness"',
        ("checks", 'no check "completness"'),
    ),
    ("", 'remind = ["3 working days"', 'remind = ["3 workdays"', ("waiting.remind.0", "is not a span")),
    ("row revoke", 'child = "revocation"', 'child = "revokation"', ("child", "revokation")),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_by_file_line_row_key_and_remedy(rules, place, fault):
    row, old, new, named = fault
    overridden(place, "data_change.toml", old, new)
    file = place / "rules.d" / "data_change.toml"
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if new in text)
    said = rules("check")
    assert (said.code, said.out) == (2, "")
    assert f"mailflow: {file}:{line}: {row}" in said.err
    for words in named:
        assert words in said.err
    assert "; " in said.err
    assert rules("list").code == 2


def test_a_draft_is_proven_as_if_it_stood_in_rules_d(rules, place, tmp_path):
    draft = tmp_path / "proposal" / "renewal.toml"
    draft.parent.mkdir()
    draft.write_text(
        built_in("renewal.toml").replace('tell = "certificate-issued"', 'tell = "certificate-isued"')
    )
    said = rules("check", str(draft))
    assert said.code == 2
    assert (
        "tell: there is no letter applicant-certificate-isued; did you mean `certificate-issued`?" in said.err
    )
    assert "SOP renewal:" in said.err
    assert rules("check").code == 0
    draft.write_text(built_in("renewal.toml") + "\n# a remark\n")
    said = rules("check", "--json", str(draft)).data
    assert [row["from"] for row in said["sops"] if row["id"] == "renewal"] == [str(draft)]


def test_several_drafts_are_proven_together_and_each_is_named(bare, tmp_path):
    drafts = [tmp_path / name for name in ("one.toml", "two.toml")]
    for draft in drafts:
        draft.write_text('id = "x"\nnonsense = 1\n')
    said = bare("check", *map(str, drafts))
    assert said.code == 2
    for draft in drafts:
        assert f"{draft}:2: nonsense: unknown key; " in said.err


def test_a_draft_that_is_not_there_or_no_text_is_refused(rules, tmp_path):
    assert rules("check", str(tmp_path / "none.toml")).code == 2
    (tmp_path / "latin.toml").write_bytes(b'id = "\xe9"')
    said = rules("check", str(tmp_path / "latin.toml"))
    assert (said.code, "latin.toml: is not UTF-8 (byte 6); save it as UTF-8" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("complaint.TOML", built_in("complaint.toml"), "complaint.TOML: is not read: names of SOP files end in .toml"),
        ("pengaduan.toml", "", "pengaduan.toml: is empty and masks nothing; built-in are complaint.toml"),
        ("baru.toml", built_in("complaint.toml").replace('id = "complaint"', 'id = "Pengaduan Baru"', 1), '"Pengaduan Baru" is no name'),
    ],
)  # fmt: skip
def test_a_file_that_would_be_passed_over_in_silence_is_named(rules, place, name, text, why):
    (place / "rules.d" / name).write_text(text)
    said = rules("check")
    assert said.code == 2
    assert why in said.err


def test_a_byte_order_mark_of_an_editor_does_no_harm(rules, place):
    (place / "rules.d" / "complaint.toml").write_bytes(b"\xef\xbb\xbf" + built_in("complaint.toml").encode())
    assert rules("check").code == 0


def test_no_sop_left_in_force_is_a_fault(rules, place):
    for file in (each for each in BUILTIN.iterdir() if each.name.endswith(".toml")):
        (place / "rules.d" / file.name).write_text("")
    said = rules("check")
    assert said.code == 2
    assert "no SOP is left in force" in said.err


def test_a_sixth_sop_by_files_alone_is_listed_proven_and_drawn(rules, place):
    for folder in ("rules.d", "outbox_templates"):
        shutil.copytree(SIXTH / folder, place / folder, dirs_exist_ok=True)
    assert "email-account" in [row["id"] for row in rules("list", "--json").data]
    assert rules("check").err == ""
    assert "Disetujui oleh 2 petugas yang berbeda." in rules("render", "email-account").out
    shutil.rmtree(place / "outbox_templates")
    assert "there is no letter applicant-account-ready" in rules("check").err


def test_an_sop_is_drawn_with_the_departments_name_into_a_file(rules, tmp_path):
    page = tmp_path / "sop.html"
    said = rules("render", "data-change", "--output", str(page))
    assert (said.code, said.out) == (0, "")
    assert "print it on A4 landscape" in said.err
    text = page.read_text("utf-8")
    assert text == rules("render", "data-change").out
    assert "Dinas Komunikasi dan Informatika Kota Contohkota" in text
    assert "CATATAN PENAFSIRAN" in text


@pytest.mark.parametrize("output", ["none/sop.html", "."])
def test_an_output_that_cannot_be_written_is_named(rules, tmp_path, output):
    said = rules("render", "renewal", "--output", str(tmp_path / output))
    assert (said.code, said.out) == (1, "")
    assert f"mailflow: {tmp_path / output}: cannot be written: " in said.err
    assert said.err.count("\n") == 1
