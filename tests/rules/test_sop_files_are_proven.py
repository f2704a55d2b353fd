"""A file that cannot be shown sound is refused, with file, line, row, key and remedy."""

import pytest

from rules.load import BUILTIN, Unsound, load_rules, load_sop
from rules.unsound import find_lines

TEXT = (BUILTIN / "passphrase_loss.toml").read_text("utf-8")
NAME = "passphrase_loss.toml"


def refused(old, new, count=1):
    """Load the file with one fault planted in it; return what is said."""
    assert old in TEXT, f"the file no longer has {old!r}"
    with pytest.raises(Unsound) as unsound:
        load_sop(TEXT.replace(old, new, count), NAME)
    return unsound.value.problems


@pytest.mark.parametrize(
    ("old", "new", "row", "key", "what"),
    [
        ("rows = 5", "rows = 6", "", "rows", "row 6 of 6 is missing"),
        ("rows = 5", "rows = 4", "issued", "no", "only 4 rows"),
        ("no = 2\n", "", "verify", "no", "no number"),
        ("no = 2\n", "no = 3\n", "revoke-old", "no", "row 3 is already verify"),
        ("no = 2\n", 'no = 2\nadded = "why"\n', "verify", "added", "cannot be added"),
        (
            'outcomes.approve = "revoke-old"',
            'outcomes.approve = "revoke-odl"',
            "verify",
            "outcomes.approve",
            'no row "revoke-odl"',
        ),
        ('letter = "apply"', 'letter = "start"', "", "opens.letter", 'no row "start"'),
        ('letter = "apply"', 'letter = "revoke-old"', "", "opens.letter", "cannot open"),
        (
            'outcomes.revoked = "issuance"',
            'outcomes.revoked = "issued"',
            "issuance",
            "issuance",
            "no way leads",
        ),
        (
            'outcomes.approve = "revoke-old"',
            'outcomes.approve = "rejected"',
            "revoke-old",
            "revoke-old",
            "no way leads",
        ),
        (
            'outcomes.reject = "rejected"\n',
            'outcomes.reject = "issued"\n',
            "verify",
            "outcomes.reject",
            "fulfils",
        ),
        (
            'outcomes.revoked = "issuance"',
            'outcomes.revoked = "cancelled"',
            "revoke-old",
            "outcomes.revoked",
            "ends as cancelled",
        ),
        (
            'outcomes.incomplete = "apply"',
            'outcomes.incomplete = "issued"',
            "verify",
            "outcomes.incomplete",
            "nobody is asked",
        ),
        ('outcomes.approve = "revoke-old"', 'outcomes.approve = "apply"', "apply", "apply", "circle"),
        (
            'outcomes.complete = "verify"',
            'outcomes.complete = "issued"',
            "issued",
            "ends",
            "without any officer",
        ),
        (
            'outcomes.complete = "verify"',
            'outcomes.approve = "verify"',
            "apply",
            "outcomes.approve",
            "cannot be said",
        ),
        (
            'outcomes.approve = "revoke-old"',
            'outcomes.silent = "revoke-old"',
            "verify",
            "outcomes.silent",
            "cannot be said",
        ),
        (
            'outcomes.done = "issued"  ',
            'outcomes.escalate = "issued"  ',
            "revoke-old",
            "outcomes",
            "`done` leads nowhere",
        ),
        ('needs = ["statement", "csr"]', 'needs = ["statement", "crs"]', "apply", "needs", 'no need "crs"'),
        ('needs = ["statement", "csr"]', 'needs = ["statement"]', "", "needs.csr", "no row asks"),
        (
            'words.revoked = ["DICABUT", "REVOKED"]',
            'words.revoked = ["SELESAI", "REVOKED"]',
            "revoke-old",
            "words.revoked",
            "already means done",
        ),
        (
            'words.revoked = ["DICABUT", "REVOKED"]',
            'words.revoked = ["DICABUT"]',
            "revoke-old",
            "words.revoked",
            "a word is missing",
        ),
        (
            'words.revoked = ["DICABUT", "REVOKED"]',
            'words.gone = ["HILANG", "GONE"]',
            "revoke-old",
            "words.gone",
            "no such outcome",
        ),
        (
            'words.revoked = ["DICABUT", "REVOKED"]',
            'words.revoked = ["SUDAH DICABUT", "REVOKED"]',
            "revoke-old",
            "words.revoked",
            "not a single word",
        ),
        ('we_read = "', 'output = "', "revoke-old", "revoke-old", "belong together"),
        (
            'tell = "old-revoked-new-issued"',
            'tell = "old-revoked-new-issued"\nnext = "apply"',
            "issued",
            "next",
            "two places",
        ),
        ('ends = "fulfilled"\n', "", "issued", "next", "leads nowhere"),
        (
            'checks = ["completeness", "identity", "csr"]',
            'next = "issued"',
            "verify",
            "next",
            "left by its outcomes",
        ),
        ('checks = ["completeness"', 'checks = ["complete"', "verify", "checks", 'no check "complete"'),
        ('promise = "1 working day"', 'promise = "soon"', "", "promise", "is not a span"),
        ('close = "4 working days"', 'close = "4 weeks"', "", "waiting.close", "is not a span"),
        ('document = "csr"', 'document = "crs"', "", "needs.csr.document.0", "should be"),
        (
            'fields = ["name", "nip", "official_email"]',
            'fields = ["nama"]',
            "",
            "needs.statement.fields.0",
            "should be",
        ),
        ('performer = "officer"', 'performer = "clerk"', "verify", "performer", "should be"),
        ('then = "lapsed"', 'then = "cancelled"', "", "examples.10.then", "leads to lapsed"),
        (
            'says = ["statement", "silence"]',
            'says = ["statement", "SELESAI"]',
            "",
            "examples.10.says",
            "nobody can say",
        ),
        ('says = ["statement", "silence"]', 'says = ["SETUJU"]', "", "examples.10.says", "opens nothing"),
    ],
)
def test_one_fault_is_named_with_its_place(old, new, row, key, what):
    problem = next((each for each in refused(old, new) if what in each.what), None)
    assert problem is not None
    assert (problem.file, problem.row, problem.key) == (NAME, row, key)
    assert problem.remedy
    assert problem.line > 0


def test_a_misspelt_key_is_refused_and_the_right_one_named():
    (problem,) = refused("no_return = true", "no_retrun = true")
    assert (problem.what, problem.remedy) == ("unknown key", "did you mean `no_return`?")
    assert TEXT.splitlines()[problem.line - 1].startswith("no_return")


@pytest.mark.parametrize("key", ['child = "revocation"', 'holds = ["revoked"]', 'fact = "owns"'])
def test_what_the_language_does_not_know_yet_is_refused(key):
    assert any(
        problem.what == "unknown key" for problem in refused("no_return = true", f"no_return = true\n{key}")
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en = "CSR file (.csr or .p10)"\n', ""),
        ('en = "Forgotten certificate passphrase (LOCK)"\n', ""),
        ('action_en = "Applies for issuance of a certificate"\n', ""),
    ],
)
def test_every_text_exists_in_both_languages(old, new):
    assert "is missing" in {problem.what for problem in refused(old, new)}


def test_swapped_outcomes_that_proofs_alone_would_miss_are_caught_by_the_examples():
    swapped = TEXT.replace('outcomes.revoked = "issuance"', 'outcomes.revoked = "X"').replace(
        'outcomes.done = "issued"                # SELESAI: old', 'outcomes.done = "issuance" # old'
    )
    with pytest.raises(Unsound) as unsound:
        load_sop(swapped.replace('"X"', '"issued"'), NAME)
    assert any("leads to" in problem.what for problem in unsound.value.problems)


def test_what_is_not_toml_is_said_to_be_none():
    with pytest.raises(Unsound, match="not TOML"):
        load_sop("id = ", NAME)


def test_a_problem_reads_as_one_line_with_everything():
    (problem,) = refused('promise = "1 working day"', 'promise = "1 day of work"')
    assert str(problem).startswith(f"{NAME}:{problem.line}: promise: '1 day of work' is not a span")


def test_the_digest_is_of_the_meaning_not_of_comments_layout_or_examples():
    sop = load_sop(TEXT, NAME)
    assert load_sop("# a remark\n" + TEXT.replace(" = ", "  =  "), NAME).digest == sop.digest
    assert (
        load_sop(
            TEXT.replace('[[examples]]\nsays = ["statement", "BATAL"]\nthen = "cancelled"\n', ""), NAME
        ).digest
        == sop.digest
    )
    assert (
        load_sop(TEXT.replace('close = "4 working days"', 'close = "5 working days"'), NAME).digest
        != sop.digest
    )
    assert load_sop(sop.text, NAME) == sop


def test_an_administrators_file_replaces_adds_and_masks(tmp_path, library_card):
    (tmp_path / "library_card.toml").write_text(library_card, "utf-8")
    assert set(load_rules(overrides=tmp_path).sops) == {"passphrase-loss", "library-card"}
    (tmp_path / NAME).write_text(
        TEXT.replace('promise = "1 working day"', 'promise = "2 working days"'), "utf-8"
    )
    assert load_rules(overrides=tmp_path).sops["passphrase-loss"].promise == "2 working days"
    (tmp_path / NAME).write_text("", "utf-8")
    assert set(load_rules(overrides=tmp_path).sops) == {"library-card"}
    assert set(load_rules(overrides=tmp_path / "nowhere").sops) == {"passphrase-loss"}


def test_two_files_with_one_id_and_all_faults_of_all_files_are_named(tmp_path, library_card):
    (tmp_path / "again.toml").write_text(TEXT, "utf-8")
    (tmp_path / "library_card.toml").write_text(
        library_card.replace('promise = "3 working days"', 'promise = "x"'), "utf-8"
    )
    with pytest.raises(Unsound) as unsound:
        load_rules(overrides=tmp_path)
    assert {problem.file for problem in unsound.value.problems} == {"library_card.toml", NAME}


def test_lines_are_found_for_tables_dotted_keys_and_the_tables_of_an_array():
    lines = find_lines("a = 1\n[b.c]\nd.e = 2\n[[f]]\ng = 3\n[[f]]\ng = 4\n")
    assert lines[("a",)] == 1
    assert lines[("b", "c")] == 2
    assert lines[("b", "c", "d", "e")] == 3
    assert (lines[("f", "0", "g")], lines[("f", "1", "g")]) == (5, 7)
