"""Drafts on their way: attached where they are needed next, named in the letter, the same when it is sent again, discreet."""

import io

import pytest
from docx import Document

from mailflow import drafts
from mailflow.letters.post import assembled
from mailflow.store.tables import OutboxRow
from tests.support.counter import OFFICER, Counter, text_of
from tests.support.letters import SITI


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, staff=(SITI,)) as counter:
        yield counter


def attached(letter):
    """The drafts of a letter: file name and what stands in it."""
    found = {}
    for part in letter.iter_attachments():
        sheet = Document(io.BytesIO(part.get_content()))
        cells = [cell.text for table in sheet.tables for row in table.rows for cell in row.cells]
        found[part.get_filename()] = "\n".join([*(each.text for each in sheet.paragraphs), *cells])
    return found


def approved(counter, **mail):
    """The letter after the officer's SETUJU."""
    counter.receive(
        counter.mail(text="Saya lupa passphrase.", files=(counter.letter(), counter.csr()), **mail)
    )
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    return counter.letter_to(mail.get("sender", SITI.email))


def test_who_is_approved_gets_the_letter_of_revocation_filled_in(counter):
    letter = approved(counter)
    ((name, said),) = attached(letter).items()
    assert name == "draf-surat-keterangan-alasan-pencabutan.docx"
    assert f"DRAF TERLAMPIR\n- {name}" in text_of(letter).replace("\r\n", "\n")
    for known in (SITI.name, SITI.printed_nip, SITI.unit, SITI.email, "lupa passphrase"):
        assert known in said


def test_it_is_the_same_bytes_when_the_letter_is_sent_again(counter):
    approved(counter)
    last = max(each["id"] for each in counter.outbox if each["to"] == SITI.email)
    with counter.office.database.reading() as session:
        row = session.get(OutboxRow, last)
        assert b"draf-surat-keterangan" in assembled(session, row)


def test_who_asks_without_the_form_gets_it(counter):
    counter.receive(
        counter.mail(
            text="Mohon perubahan data jabatan saya.", subject="Perubahan data sertifikat elektronik"
        )
    )
    letter = counter.letter_to()
    ((name, said),) = attached(letter).items()
    assert name == "draf-formulir-perubahan-data.docx"
    assert "FORMULIR PERMOHONAN" in said


def test_a_letter_without_drafts_speaks_of_none(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(), counter.csr())))
    assert attached(counter.letter_to()) == {}
    assert "DRAF" not in text_of(counter.letter_to())


def test_an_own_draft_beside_the_configuration_is_sent_instead(counter):
    sheet = Document()
    sheet.add_paragraph("Kop Dinas Contoh: {name}, {reason}")
    (counter.directory / "drafts").mkdir()
    sheet.save(str(counter.directory / "drafts" / "revocation-letter.docx"))
    (said,) = attached(approved(counter)).values()
    assert said == f"Kop Dinas Contoh: {SITI.name}, lupa passphrase"


def test_who_writes_for_the_holder_gets_no_numbers_of_theirs(counter):
    aide = "staf.bagian@contohkota.go.id"
    counter.receive(counter.mail(aide, "Passphrase Ibu Siti lupa.", files=(counter.letter(), counter.csr())))
    counter.receive(counter.mail(SITI.email, "BENAR", answers=counter.letter_to(SITI.email)))
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    (said,) = attached(counter.letter_to(aide)).values()
    assert SITI.name in said
    assert SITI.printed_nip not in said
    assert SITI.email not in said
    assert aide not in said


def test_every_draft_an_sop_attaches_is_there(counter):
    used = {
        draft
        for sop in counter.office.rules.sops.values()
        for each in (*sop.steps.values(),)
        for draft in each.drafts
    } | {
        need.draft for sop in counter.office.rules.sops.values() for need in sop.needs.values() if need.draft
    }
    assert used
    assert drafts.problems(None, used) == []
    assert "drafts/x.docx: missing" in drafts.problems(None, {"x"})[0]
