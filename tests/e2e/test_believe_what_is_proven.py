"""Who wrote, by what somebody else has put on record: a writer's own claims agree among each other whenever the writer wants them to."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from mailflow import explain
from mailflow.certificates.importing import import_files
from tests.certificates.conftest import EXPIRES, HEADER, line
from tests.staff.writing import forward
from tests.support.counter import APPLICANT, DEWI, OFFICER, RINA, Counter, text_of
from tests.support.forms import revocation_form, revocation_letter
from tests.support.letters import PEOPLE, SITI

TRUSTED = "mx.contohkota.go.id"
COLLEAGUE = "budi.santoso@contohkota.go.id"
BENT = replace(SITI, email=COLLEAGUE)
"""Siti's name and number, as a colleague writes them into a letter, with her own address as "e-mail dinas"."""
REVOCATION = {
    "text": "Mohon sertifikat saya dicabut karena mutasi.",
    "subject": "Pencabutan sertifikat elektronik",
}


def vouched(raw: bytes) -> bytes:
    return f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=contohkota.go.id\r\n".encode() + raw


def refuted(raw: bytes) -> bytes:
    return f"Authentication-Results: {TRUSTED}; dmarc=fail header.from=contohkota.go.id\r\n".encode() + raw


def broken(raw: bytes) -> bytes:
    """Signed in the sender's own name, and the signature does not hold."""
    return f"Authentication-Results: {TRUSTED}; dkim=fail header.d=contohkota.go.id\r\n".encode() + raw


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def agrees(letter) -> str:
    """The line of what needs no eye."""
    return words(letter).partition("SESUAI")[2].partition("DIBANDINGKAN")[0][:200]


def photograph() -> bytes:
    """A photo of a letter, which no machine reads."""
    out = io.BytesIO()
    Image.effect_noise((900, 1200), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def letters_to(sent, address: str) -> list:
    return [each for each in sent if address in each["To"]]


def asks_for_revocation(counter: Counter, person=SITI, sender: str = "", prove=vouched) -> list:
    files = (("surat.pdf", revocation_letter(person), "application/pdf"),)
    return counter.receive(prove(counter.mail(sender or person.email, files=files, **REVOCATION)))


def has_lost_the_passphrase(counter: Counter, person=SITI, sender: str = "", prove=vouched) -> list:
    files = (counter.letter(person), counter.csr(person))
    return counter.receive(
        prove(counter.mail(sender or person.email, "Mohon bantuan, saya lupa passphrase.", files=files))
    )


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, mode="authenticated", officers=RINA + DEWI) as opened:
        yield opened


@pytest.fixture
def on_file(counter):
    """Siti's certificate is on file, under her own address."""
    table = counter.directory / "staf.csv"
    table.write_text(f"{HEADER}\n{line()}\n", encoding="utf-8")
    import_files(counter.office, [table])
    return counter


# --- a colleague with Siti's name and number, and an address of her own --------------------------------------------------------


def test_a_colleague_who_writes_of_herself_as_siti_is_no_owner_and_the_officer_is_asked(counter):
    asks_for_revocation(counter, BENT)
    assert (counter.case["step"], counter.case["state"]) == ("requester", "waiting_for_officer")
    letter = counter.task_letter()
    assert "Tidak ada pembanding independen" in words(letter)
    assert "PEMILIK" in words(letter)
    assert "e-mail pada surat" not in agrees(letter)


def test_with_sitis_certificate_on_file_she_is_told_at_her_own_address_and_may_object(on_file):
    sent = asks_for_revocation(on_file, BENT)
    assert on_file.case["step"] == "requester"
    assert "PENGIRIM BUKAN ALAMAT YANG TERCATAT" in words(on_file.task_letter())
    (told,) = letters_to(sent, APPLICANT)
    assert told["Subject"].startswith("Ada permohonan atas nama Bapak/Ibu")
    assert COLLEAGUE in words(told)
    on_file.receive(vouched(on_file.mail(APPLICANT, "BUKAN", answers=told)))
    assert "BUKAN" in words(on_file.task_letter()).upper()
    assert on_file.case["step"] == "requester"


def test_a_lost_passphrase_in_sitis_name_waits_for_siti_at_the_address_on_file(on_file):
    sent = has_lost_the_passphrase(on_file, BENT)
    assert on_file.case["state"] == "waiting_for_applicant"
    (asked,) = letters_to(sent, APPLICANT)
    assert COLLEAGUE in words(asked)
    (answered,) = letters_to(sent, COLLEAGUE)
    assert "1985••••" in words(answered), "the number is masked: hers is another address"
    assert "Siti" not in words(answered).partition("Yth.")[2][:40]
    assert APPLICANT not in words(answered)
    sent = on_file.receive(vouched(on_file.mail(APPLICANT, "BUKAN", answers=asked)))
    assert on_file.case["state"] == "closed"
    assert letters_to(sent, OFFICER)


def test_where_nothing_is_on_file_a_lost_passphrase_shows_no_claim_as_proof_of_another(counter):
    has_lost_the_passphrase(counter, BENT)
    letter = counter.task_letter()
    assert "Tidak ada pembanding independen" in words(letter)
    assert "e-mail pada surat" not in agrees(letter)
    assert "e-mail pada CSR" not in agrees(letter)


def test_the_true_owner_on_file_needs_no_question_whose_it_is(on_file):
    sent = asks_for_revocation(on_file)
    assert on_file.case["step"] == "check"
    assert "alamat tercatat (sertifikat" in agrees(on_file.task_letter())
    assert [each["To"] for each in sent if APPLICANT in each["To"]] == [APPLICANT], (
        "she is told once, as the applicant"
    )


def test_the_true_owner_whose_mail_is_refuted_is_asked_about(on_file):
    asks_for_revocation(on_file, prove=refuted)
    assert on_file.case["step"] == "requester"
    assert "TIDAK LOLOS pemeriksaan keaslian" in words(on_file.task_letter())
    assert "alamat tercatat" not in agrees(on_file.task_letter())
    assert "e-mail pada surat" not in agrees(on_file.task_letter())


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        ({"nip": "198504122010012001"}, "PENGIRIM BUKAN ALAMAT YANG TERCATAT"),  # one digit bent
        ({"name": "Budi Santoso"}, "PENGIRIM BUKAN ALAMAT YANG TERCATAT"),  # her number, his name
        ({"nip": "197001012000011001"}, "dengan NIP lain"),  # her name, a number of nobody's
    ],
)
def test_a_bent_name_or_number_hides_nobody(on_file, claimed, seen):
    asks_for_revocation(on_file, replace(BENT, **claimed))
    assert on_file.case["step"] == "requester"
    assert seen in words(on_file.task_letter())


def test_an_address_that_stands_only_in_a_letter_is_not_written_to(counter):
    sent = has_lost_the_passphrase(counter, SITI, sender=COLLEAGUE)
    assert not letters_to(sent, APPLICANT)
    letter = words(counter.task_letter())
    assert f"pengirim {COLLEAGUE}, pada surat {APPLICANT}" in letter
    assert f"Diajukan oleh {COLLEAGUE}" in letter.replace(":", "")


def test_a_letter_in_sitis_name_that_comes_later_is_asked_about_all_the_same(on_file):
    sent = on_file.receive(vouched(on_file.mail(COLLEAGUE, "Mohon bantuan, saya lupa passphrase.")))
    assert not letters_to(sent, APPLICANT)
    asked = on_file.letter_to(COLLEAGUE)
    sent = on_file.receive(
        vouched(on_file.mail(COLLEAGUE, "Ini suratnya.", answers=asked, files=(on_file.letter(BENT),)))
    )
    assert letters_to(sent, APPLICANT)
    assert on_file.case["state"] == "waiting_for_applicant"


def test_a_photographed_letter_beside_a_csr_in_sitis_name_is_asked_about_too(on_file):
    files = (("IMG_1.jpg", photograph(), "image/jpeg"), on_file.csr(BENT))
    sent = on_file.receive(
        vouched(on_file.mail(COLLEAGUE, "Mohon bantuan, saya lupa passphrase.", files=files))
    )
    assert letters_to(sent, APPLICANT)
    assert on_file.case["state"] == "waiting_for_applicant"


def test_a_letter_for_many_says_who_sent_it_and_that_nobody_on_it_was_written_to(on_file):
    files = (("formulir.pdf", revocation_form(), "application/pdf"),)
    sent = on_file.receive(vouched(on_file.mail(COLLEAGUE, files=files, **REVOCATION)))
    assert on_file.case["step"] == "requester"
    assert not letters_to(sent, APPLICANT)
    assert f"pengirim {COLLEAGUE} belum tercatat" in words(on_file.task_letter())


# --- other sources ---------------------------------------------------------------------------------------------------------


def test_the_staff_table_says_who_is_who(tmp_path):
    with Counter(tmp_path, mode="authenticated", staff=PEOPLE) as counter:
        sent = asks_for_revocation(counter, BENT)
        assert letters_to(sent, APPLICANT)
        assert counter.case["step"] == "requester"
        asks_for_revocation(counter)
        assert counter.case["step"] == "check"
        assert "alamat tercatat (daftar pegawai)" in agrees(counter.task_letter())


def test_a_request_that_an_officer_let_be_fulfilled_speaks_for_its_person_later(counter):
    asks_for_revocation(counter)
    for word in ("PEMILIK", "SELESAI"):
        counter.receive(vouched(counter.mail(OFFICER, word, answers=counter.task_letter())))
    first = counter.case
    assert first["state"] == "closed"
    sent = asks_for_revocation(counter, BENT)
    assert letters_to(sent, APPLICANT)
    assert f"permohonan {first['id']}" in words(counter.task_letter())
    asks_for_revocation(counter, replace(SITI, position="Kepala Seksi"))
    assert counter.case["step"] == "requester", "it is shown, and answers no row"
    assert f"alamat tercatat (permohonan {first['id']})" in agrees(counter.task_letter())


@pytest.mark.parametrize("prove", [refuted, lambda raw: raw], ids=["refuted", "unproven"])
def test_a_fulfilled_request_whose_papers_nobody_vouched_for_speaks_for_nobody(counter, prove):
    asks_for_revocation(counter, BENT, prove=prove)
    counter.receive(vouched(counter.mail(OFFICER, "SELESAI", answers=counter.task_letter())))
    assert counter.case["state"] == "closed"
    sent = asks_for_revocation(counter)
    assert not letters_to(sent, COLLEAGUE), "nobody learns of Siti's request by having written in her name"
    assert "Tidak ada pembanding independen" in words(counter.task_letter())


# --- each document has the proof of its own mail ------------------------------------------------------------------------------


def test_a_csr_from_a_refuted_mail_is_not_proven_by_the_true_applicants_letter(counter):
    counter.receive(refuted(counter.mail(text="Saya lupa passphrase.", files=(counter.csr(),))))
    asked = counter.letter_to(APPLICANT)
    counter.receive(vouched(counter.mail(text="Ini suratnya.", answers=asked, files=(counter.letter(),))))
    letter = words(counter.task_letter())
    assert "permintaan.csr: alamat pengirim siti.rahmawati@contohkota.go.id TIDAK LOLOS" in letter
    assert "keaslian pengirim" not in agrees(counter.task_letter())


def test_the_same_file_sent_again_in_a_proven_mail_is_proven(counter):
    counter.receive(refuted(counter.mail(text="Saya lupa passphrase.", files=(counter.csr(),))))
    files = (counter.letter(), counter.csr())
    asked = counter.letter_to(APPLICANT)
    counter.receive(vouched(counter.mail(text="Ini berkasnya.", answers=asked, files=files)))
    assert "TIDAK LOLOS" not in words(counter.task_letter())
    assert "keaslian pengirim" in agrees(counter.task_letter())


def test_a_held_csr_has_the_proof_of_the_answer_that_took_it_for_theirs(counter):
    has_lost_the_passphrase(counter)
    other = counter.csr(key=2)
    ticket = counter.case["id"]
    held = counter.mail(subject=f"CSR pengganti {ticket}", text="Mohon dipakai yang ini.", files=(other,))
    (asked,) = counter.receive(refuted(held))
    assert asked["To"] == APPLICANT
    counter.receive(vouched(counter.mail(APPLICANT, "BENAR", answers=asked)))
    assert "TIDAK LOLOS" not in words(counter.task_letter())
    assert counter.case["timeline"][-1]["event"] == "evidence-changed"


def test_an_unproven_yes_does_not_hide_that_a_mail_was_refuted(counter):
    has_lost_the_passphrase(counter)
    held = counter.mail(
        subject=f"CSR baru {counter.case['id']}", text="Pakai ini.", files=(counter.csr(key=2),)
    )
    (asked,) = counter.receive(refuted(held))
    counter.receive(counter.mail(APPLICANT, "BENAR", answers=asked))
    assert "TIDAK LOLOS" in words(counter.task_letter())


def test_try_tells_the_proof_of_each_document(counter):
    files = (counter.letter(), counter.csr())
    for prove, authenticated, method in (
        (vouched, True, "dmarc"),
        (refuted, False, "dmarc"),
        (broken, False, "dkim"),
        (bytes, None, ""),
    ):
        told = explain.file(
            counter.office, "mail.eml", prove(counter.mail(text="lupa passphrase", files=files))
        )
        proof = {"sender": APPLICANT, "authenticated": authenticated, "method": method}
        assert [each["proof"] for each in told["documents"]] == [proof, proof]
    told = explain.file(counter.office, *files[0][:2])
    assert told["documents"][0]["proof"] == {"sender": None, "authenticated": None, "method": ""}


# --- nobody's proof is another's ------------------------------------------------------------------------------------------------


def forwards(counter: Counter, original: bytes, *, attached: bool) -> list:
    """An officer forwards, proven, with DAFTAR."""
    if attached:
        return counter.receive(vouched(forward(counter, "DAFTAR CABUT", original)))
    text = f"DAFTAR CABUT\n\n-------- Pesan terusan --------\nDari: Siti Rahmawati <{APPLICANT}>\nPerihal: Pencabutan\n\nMohon sertifikat saya dicabut."
    files = (("surat.pdf", revocation_letter(), "application/pdf"),)
    return counter.receive(vouched(counter.mail(OFFICER, text, subject="Fwd: Pencabutan", files=files)))


@pytest.mark.parametrize("attached", [True, False], ids=["attached", "as text"])
def test_what_an_officer_forwards_has_none_of_the_officers_proof(on_file, attached):
    files = (("surat.pdf", revocation_letter(), "application/pdf"),)
    forwards(on_file, on_file.mail(files=files, **REVOCATION), attached=attached)
    assert (on_file.case["sop"], on_file.case["step"]) == ("revocation", "requester")
    letter = on_file.task_letter()
    assert "diteruskan oleh petugas; keaslian pengirim aslinya" in words(letter).lower()
    assert "keaslian pengirim" not in agrees(letter)


# --- our Message-ID is a pointer --------------------------------------------------------------------------------------------------

REFUTED = pytest.mark.parametrize("prove", [refuted, broken])


@REFUTED
def test_a_refuted_answer_cancels_nothing_and_the_applicant_is_asked(counter, prove):
    has_lost_the_passphrase(counter)
    sent = counter.receive(prove(counter.mail(APPLICANT, "BATAL", answers=counter.letter_to(APPLICANT))))
    assert counter.case["state"] == "waiting_for_officer"
    assert [each["To"] for each in sent] == [APPLICANT]
    assert "BATAL" in words(sent[0])
    counter.receive(vouched(counter.mail(APPLICANT, "BENAR", answers=sent[0])))
    assert "cancel" in counter.case["timeline"][-1]["event"]


@REFUTED
def test_a_refuted_benar_takes_no_held_csr_and_a_person_reads_it(counter, prove):
    has_lost_the_passphrase(counter)
    ticket, files = counter.case["id"], (counter.csr(key=2),)
    (asked,) = counter.receive(
        counter.mail(subject=f"CSR pengganti {ticket}", text="Pakai ini.", files=files)
    )
    before = counter.case["timeline"]
    sent = counter.receive(prove(counter.mail(APPLICANT, "BENAR", answers=asked)))
    assert counter.case["timeline"] == before
    assert [each["To"] for each in sent] == [OFFICER]
    assert "TIDAK LOLOS pemeriksaan keaslian" in words(sent[0])
    assert "telepon" in words(sent[0])
    assert counter.status["messages"]["held"] == 1


@REFUTED
def test_refuted_papers_are_not_filed(counter, prove):
    counter.receive(vouched(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),))))
    asked = counter.letter_to(APPLICANT)
    counter.receive(prove(counter.mail(text="Ini CSR-nya.", answers=asked, files=(counter.csr(),))))
    assert counter.case["state"] == "waiting_for_applicant"
    assert counter.status["messages"]["held"] == 1


@REFUTED
def test_a_refuted_answer_to_a_notice_opens_nothing_and_stays_before_a_person(on_file, prove):
    on_file.clock.moment = EXPIRES.replace(hour=9) - timedelta(days=30)
    (notice,) = letters_to(on_file.work(), APPLICANT)
    sent = on_file.receive(prove(on_file.mail(APPLICANT, "BENAR", answers=notice)))
    assert on_file.cases == []
    assert [each["To"] for each in sent] == [OFFICER]
    assert "TIDAK LOLOS" in words(sent[0])
    on_file.receive(vouched(on_file.mail(APPLICANT, "BENAR", answers=notice)))
    assert on_file.case["sop"] == "renewal"


@REFUTED
def test_a_refuted_no_of_the_holder_ends_nothing_and_an_officer_reads_it(on_file, prove):
    asked = letters_to(has_lost_the_passphrase(on_file, BENT), APPLICANT)[0]
    on_file.receive(prove(on_file.mail(APPLICANT, "BUKAN", answers=asked)))
    assert on_file.case["state"] == "waiting_for_applicant"
    assert "Pemegang" in on_file.task_letter()["Subject"]


def test_an_answer_of_which_the_server_says_nothing_is_filed_from_the_very_address_and_shown_as_unproven(
    counter,
):
    counter.receive(vouched(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),))))
    asked = counter.letter_to(APPLICANT)
    counter.receive(counter.mail(text="Ini CSR-nya.", answers=asked, files=(counter.csr(),)))
    letter = words(counter.task_letter())
    assert (
        f"permintaan.csr: pengirim {APPLICANT} membalas surat kami, tetapi server tidak menyatakan" in letter
    )


def test_an_unproven_batal_is_asked_about_and_the_answer_to_that_very_question_counts(counter):
    has_lost_the_passphrase(counter)
    (asked,) = counter.receive(counter.mail(APPLICANT, "BATAL", answers=counter.letter_to(APPLICANT)))
    assert counter.case["state"] == "waiting_for_officer"
    counter.receive(counter.mail(APPLICANT, "BENAR", answers=asked))
    assert "cancel" in counter.case["timeline"][-1]["event"]


def test_where_senders_are_not_authenticated_an_answer_from_the_very_address_is_enough(tmp_path):
    with Counter(tmp_path) as counter:
        counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
        asked = counter.letter_to(APPLICANT)
        counter.receive(counter.mail(text="BATAL", answers=asked))
        assert counter.case["state"] == "closed"
