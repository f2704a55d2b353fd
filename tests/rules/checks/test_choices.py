"""What an officer is shown of the findings: one number for a finding and its remedy, and what agrees in a word or two."""

from rules.case import Finding, Remedy, Text
from rules.checks.choices import agreed, offered
from rules.checks.finding import Rule
from rules.checks.remedies import SAME_DATA_CSR, SIGNED_LETTER

RULE = Rule(id="sample", authority="none")
UNKNOWN = RULE.cannot_tell("Tanda tangan.", "The signature.", SIGNED_LETTER)
WARNED = RULE.warns("Nama berbeda.", "The names differ.", SAME_DATA_CSR)
FAILED = RULE.fails("CSR lain.", "Another CSR.", SAME_DATA_CSR)
AGREED = RULE.passes("Alamat sama.", "The address agrees.", ("alamat", "address"))
TRIVIAL = RULE.passes("Satu CSR.", "One CSR.")


def test_findings_with_one_remedy_stand_together_under_its_number_the_gravest_first():
    found = offered([UNKNOWN, WARNED, AGREED, FAILED])
    assert [each.remedy for each in found] == [SAME_DATA_CSR, SIGNED_LETTER]
    assert found[0].findings == (FAILED, WARNED)


def test_a_finding_without_a_remedy_stands_last_and_shifts_no_number():
    bare = Finding(check="own", verdict="fail", message=Text(id="x", en="x"), authority="none")
    assert [each.remedy for each in offered([bare, UNKNOWN])] == [SIGNED_LETTER, None]


def test_a_remedy_made_anew_is_the_same_remedy():
    again = Remedy.model_validate(SIGNED_LETTER.model_dump())
    assert len(offered([UNKNOWN, RULE.warns("Lain.", "Other.", again)])) == 1


def test_what_agrees_is_a_phrase_each_once_and_what_goes_without_saying_is_not_said():
    assert agreed([AGREED, TRIVIAL, AGREED, UNKNOWN], "id") == ("alamat",)
    assert agreed([AGREED], "en") == ("address",)


def test_a_name_that_ends_with_a_full_stop_ends_the_sentence():
    assert RULE.passes("Nama: Anisa, S.Kom..", "Name: Anisa, S.Kom..").message.id == "Nama: Anisa, S.Kom."
