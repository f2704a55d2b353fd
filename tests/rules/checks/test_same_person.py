"""Two people's papers in one case: said loudly, first of all, with both names."""

import pytest

from rules.checks import run
from rules.checks.choices import offered
from tests.rules.checks.test_checks import GROUP_NAMES, _csr, _document, _evidence, _field, _letter

BUDI = {"name": "Drs. Budi Santoso, M.Si.", "nip": "196608011988031001"}


def _also(*, message=2, need="statement", **fields):
    read = {name: _field(value) for name, value in fields.items()}
    return _document(need, "passphrase-loss-statement", message=message, fields=read)


def _found(*further):
    return run(["same-person"], _evidence(documents=(_letter(), _csr(), *further)))


@pytest.mark.parametrize(
    "further",
    [
        _also(**BUDI),
        _also(**BUDI, message=1),
        _also(**BUDI, need=None),
        _also(name=BUDI["name"]),
        _also(nip=BUDI["nip"]),
        _also(name="Siti Rahmawati", nip=BUDI["nip"]),
        _also(name="Siti Aminah", nip="198504122010012007", message=1),
        _csr(subject=(("CN", "Budi Santoso"),)),
    ],
    ids=["later", "same mail", "no need", "name only", "NIP only", "namesake", "same mail and NIP", "CSR"],
)
def test_papers_of_two_people_fail_and_both_are_named(further):
    [finding] = _found(further)
    assert finding.verdict == "fail"
    assert finding.remedy
    assert "Siti Rahmawati" in finding.message.id
    assert any(each in finding.message.id for each in ("Budi", "Aminah", "19660801 198803 1 001"))


def test_a_third_mail_of_the_first_person_does_not_hush_it_up():
    [finding] = _found(_also(**BUDI), _also(message=3, name="Siti Rahmawati", nip="198504122010012007"))
    assert finding.verdict == "fail"


def test_a_letter_with_the_name_corrected_under_the_same_nip_is_only_looked_at():
    assert [each.verdict for each in _found(_also(name="Siti Rahmawaty", nip="198504122010012007"))] == [
        "warn"
    ]


@pytest.mark.parametrize("name", ["SITI RAHMAWATI", "Siti Rahmawaty", "Siti", "Siti Rahmawati Putri"])
def test_a_csr_spelt_otherwise_or_shortened_is_left_to_the_check_of_names(name):
    assert _found(_csr(subject=(("CN", name),))) == []


def test_the_same_letter_again_agrees_whatever_the_title():
    again = _also(name="SITI RAHMAWATI", nip="198504122010012007")
    assert [each.verdict for each in _found(again)] == ["pass"]


def test_one_letter_alone_has_nothing_to_be_compared_with():
    assert _found() == []


def test_it_stands_first_of_all_that_needs_an_eye():
    documents = (_letter(), _csr(signature_hash="sha1"), _also(**BUDI))
    findings = run(GROUP_NAMES, _evidence(documents=documents, authenticated=False))
    assert offered(findings)[0].findings[0].check == "same-person"
