"""`mailflow rules diff`: what the administrator's SOPs decide otherwise than the built-in ones, row by row, in words."""

import pytest

from tests.cli.test_rules import built_in, overridden, place, rules  # noqa: F401 - fixtures

CHANGE = "data_change.toml"


@pytest.mark.parametrize(
    "change",
    [
        (
            CHANGE,
            'outcomes.reject = "rejected"',
            'outcomes.reject = "lapsed"',
            "row verify: outcomes.reject: rejected -> lapsed",
        ),
        (
            CHANGE,
            'close = "4 working days"',
            'close = "6 working days"',
            "waiting.close: 4 working days -> 6 working days",
        ),
        (
            CHANGE,
            'remind = ["3 working days", "3 working days"]',
            'remind = ["2 working days", "3 working days"]',
            "waiting.remind: 3 working days, 3 working days -> 2 working days, 3 working days",
        ),
        (CHANGE, 'time = "7 minutes"', 'time = "9 minutes"', "row revoke: time: 7 minutes -> 9 minutes"),
        (CHANGE, 'time = "7 minutes"\n', "", "row revoke: time: 7 minutes -> (nothing)"),
        (
            CHANGE,
            'needs = ["form", "support"]',
            'needs = ["support", "form"]',
            "row apply: needs: form, support -> support, form",
        ),
        (
            CHANGE,
            'checks = ["completeness", "identity"]',
            'checks = ["identity"]',
            "row verify: checks: completeness, identity -> identity",
        ),
        (CHANGE, "no_return = true", "", "row approve-in-ams: no_return: yes -> (nothing)"),
        (
            CHANGE,
            'words.none = ["NIHIL", "NONE"]',
            'words.none = ["KOSONG", "NONE"]',
            "row ownership: words.none: NIHIL, NONE -> KOSONG, NONE",
        ),
        (
            "complaint.toml",
            'promise = "14 working days"',
            'promise = "10 working days"',
            "classes.field.promise: 14 working days -> 10 working days",
        ),
        (
            "revocation.toml",
            'promise = "2 working hours"',
            'promise = "1 working hour"',
            "urgent.1.promise: 2 working hours -> 1 working hour",
        ),
    ],
)
def test_a_change_is_told_in_one_line(rules, place, change):  # noqa: F811
    name, old, new, said = change
    overridden(place, name, old, new)
    _without_examples(place / "rules.d" / name, new)
    sop = name.removesuffix(".toml").replace("_", "-")
    answer = rules("diff")
    assert answer.code == 0, answer.err
    assert answer.out == f"{sop}: {said}\n"


def test_comments_layout_examples_and_spelling_of_spans_do_not_count(rules, place):  # noqa: F811
    text = "# signed again\n\n" + built_in(CHANGE).replace(
        'close = "4 working days"', 'close   = "4 working day" # four'
    )
    head, _, example = text.rpartition("[[examples]]")
    assert example
    (place / "rules.d" / CHANGE).write_text(head)
    answer = rules("diff")
    assert (answer.code, answer.out) == (0, "no difference\n")
    assert rules("diff", "--json").data == []


def test_a_long_text_is_told_with_both_versions_one_below_the_other(rules, place):  # noqa: F811
    old = "Memberikan informasi bahwa perubahan data pemohon telah selesai"
    overridden(place, CHANGE, old, f"{old} melalui e-mail")
    assert rules("diff").out == f"data-change: row tell-done: action:\n  - {old}\n  + {old} melalui e-mail\n"


def test_of_a_long_list_only_what_came_and_went_is_told(rules, place):  # noqa: F811
    overridden(place, CHANGE, '  "ubah data sertifikat",', '  "data saya berubah",')
    assert rules("diff").out == "data-change: recognise.id: ubah data sertifikat -> data saya berubah\n"


def test_rows_that_came_went_and_were_renumbered_are_named(rules, place):  # noqa: F811
    text = built_in("passphrase_loss.toml")
    row = text[text.index("[steps.issued]") : text.index("# Each example")]
    told = '[steps.told]\nno = 5\nperformer = "officer"\naction = "Memberi tahu pemohon"\naction_en = "Informs"\nnext = "issued"\n\n'
    text = text.replace(row, told + row.replace("no = 5", "no = 6")).replace("rows = 5 ", "rows = 6 ")
    text = text.replace('outcomes.done = "issued"', 'outcomes.done = "told"')
    (place / "rules.d" / "passphrase_loss.toml").write_text(text)
    data = rules("diff", "--json").data
    assert {
        "sop": "passphrase-loss",
        "place": "row told",
        "before": None,
        "after": "Memberi tahu pemohon",
    } in data
    assert {"sop": "passphrase-loss", "place": "row issued: no", "before": 5, "after": 6} in data
    assert {"sop": "passphrase-loss", "place": "rows", "before": 5, "after": 6} in data
    places = {each["place"] for each in data}
    assert "row issuance: outcomes.done" in places
    assert not any("order" in each for each in places)


def test_rows_in_another_order_are_named(rules, place):  # noqa: F811
    text = built_in("complaint.toml")
    start, end = text.index("[steps.clarify]"), text.index("[steps.forward]")
    later = text.index("[steps.official]")
    (place / "rules.d" / "complaint.toml").write_text(
        text[:start] + text[end:later] + text[start:end] + text[later:]
    )
    [only] = rules("diff", "--json").data
    assert only["place"] == "order of rows"
    assert only["before"][2:4] == ["clarify", "forward"]
    assert only["after"][2:4] == ["forward", "clarify"]


def test_an_sop_that_is_new_or_masked_is_named_as_a_whole(rules, place):  # noqa: F811
    text = (
        built_in("complaint.toml")
        .replace('id = "complaint"', 'id = "suggestion"')
        .replace("Pengaduan Layanan", "Saran")
    )
    (place / "rules.d" / "complaint.toml").write_text("")
    (place / "rules.d" / "suggestion.toml").write_text(text)
    assert rules("diff").out == (
        "complaint: SOP: Pengaduan Layanan -> (nothing)\nsuggestion: SOP: (nothing) -> Saran\n"
    )


def test_only_the_sop_that_was_asked_for_is_compared(rules, place):  # noqa: F811
    overridden(place, CHANGE, 'time = "7 minutes"', 'time = "9 minutes"')
    assert rules("diff", "renewal").out == "no difference\n"
    assert "9 minutes" in rules("diff", "data-change").out


def test_a_draft_of_any_name_is_compared_instead_of_rules_d(rules, place, tmp_path):  # noqa: F811
    overridden(place, "renewal.toml", 'promise = "1 working day"', 'promise = "2 working days"')
    draft = tmp_path / "usulan kami.toml"
    draft.write_text(built_in(CHANGE).replace('time = "7 minutes"', 'time = "9 minutes"'))
    assert (
        rules("diff", "--file", str(draft)).out == "data-change: row revoke: time: 7 minutes -> 9 minutes\n"
    )


def test_a_draft_that_is_unsound_is_refused_with_its_faults(rules, tmp_path):  # noqa: F811
    draft = tmp_path / "draft.toml"
    draft.write_text("id = \n")
    said = rules("diff", "--file", str(draft))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"mailflow: {draft}:1: is not TOML")
    assert rules("diff", "--file", str(tmp_path / "none.toml")).code == 2


def _without_examples(file, changed):
    """Keep of the examples the first one, which the loader wants: the changes are not about what it plays."""
    text = file.read_text("utf-8")
    head, _, rest = text.partition("[[examples]]")
    first = rest.partition("[[examples]]")[0]
    assert changed in head or not changed
    first = first.replace("NIHIL", "KOSONG") if "KOSONG" in changed else first
    file.write_text(f"{head}[[examples]]{first}", "utf-8")
