"""What is there, what is missing, and what only a person can tell."""

from rules.needs import completeness, need_served
from tests.rules.counter import CSR, NEW_CSR, PASSPHRASE_LOSS, PHOTO, STATEMENT, document


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
    assert found.present == ("csr", "statement")


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
