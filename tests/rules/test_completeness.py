"""What is there, what is missing, and what only a person can tell."""

import pytest

from rules.case import CaseDocument
from rules.follows import letter_follows
from rules.needs import completeness, need_served
from tests.rules.counter import CSR, NEW_CSR, PASSPHRASE_LOSS, PHOTO, SOPS, STATEMENT, at, document


def judge(*documents):
    return completeness(PASSPHRASE_LOSS, "apply", documents)


def test_statement_and_csr_are_complete():
    found = judge(STATEMENT, CSR)
    assert (found.have, found.missing, found.uncertain) == (("statement", "csr"), (), ())


def test_what_is_missing_is_named_in_the_order_of_the_row():
    assert judge().missing == ("statement", "csr")
    assert judge(CSR).missing == ("statement",)


def test_a_photo_serves_the_letter_for_a_person_to_judge():
    found = judge(PHOTO, CSR)
    assert (found.have, found.uncertain, found.missing) == (("csr",), ("statement",), ())


def test_a_photo_never_serves_a_csr():
    assert judge(STATEMENT, PHOTO).missing == ("csr",)


def test_a_letter_that_was_read_outweighs_a_photo():
    found = judge(PHOTO, STATEMENT, CSR)
    assert (found.have, found.uncertain) == (("statement", "csr"), ())


def test_a_letter_counts_although_fields_were_not_found():
    assert judge(document("passphrase-loss-statement", fields={}), CSR).missing == ()


def test_what_nobody_can_open_serves_nothing():
    assert judge(document("unreadable", readable_by_person=False, outcome="encrypted"), CSR).missing == (
        "statement",
    )


def test_a_private_key_and_other_papers_serve_nothing():
    found = judge(document("private-key"), document("other"), document("identity-card"))
    assert found.missing == ("statement", "csr")


def test_a_row_without_needs_is_complete():
    assert completeness(PASSPHRASE_LOSS, "verify", ()).missing == ()


def test_each_new_document_is_told_its_need():
    assert need_served(PASSPHRASE_LOSS, (), NEW_CSR) == "csr"
    assert need_served(PASSPHRASE_LOSS, (), PHOTO) == "statement"
    assert need_served(PASSPHRASE_LOSS, (), document("other")) is None


def test_a_picture_that_may_be_a_logo_serves_only_what_nothing_else_serves():
    doubtful = PHOTO.model_copy(update={"doubtful": True})
    assert need_served(PASSPHRASE_LOSS, (), doubtful) == "statement"
    there = CaseDocument(need="statement", facts=STATEMENT, message=1, received=at("2026-03-17T09:12"))
    assert need_served(PASSPHRASE_LOSS, (there,), doubtful) is None
    assert need_served(SOPS["data-change"], (), document("other", doubtful=True)) is None


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("Saya lupa passphrase, surat pernyataan menyusul.", True),
        ("Suratnya saya susulkan besok ya", True),
        ("Formulir akan saya kirim setelah ditandatangani.", True),
        ("The statement will follow.", True),
        ("Surat aslinya menyusul lewat pos.", False),
        ("Hard copy surat menyusul", False),
        ("Surat terlampir. CSR menyusul.", False),
        ("Terlampir surat pernyataan saya.", False),
    ],
)
def test_what_a_writer_says_of_the_letter(text, follows):
    assert letter_follows(text) is follows
