"""Who answers all in an applicant's conversation belongs to that request: a superior in Cc, a secretary, an officer; nobody gets one of their own."""

from email import message_from_bytes
from email.policy import default

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support import letters, requests
from tests.support.counter import APPLICANT, BUDI, DEWI, OFFICER, OTHER_OFFICER, RINA, Counter, text_of
from tests.support.letters import PEOPLE

CHIEF, SECRETARY = "kadis@contohkota.go.id", "sekretariat@contohkota.go.id"
REFUSES = "Tidak disetujui, yang bersangkutan sedang pindah tugas. Mohon tidak diproses dulu."


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def name_of(raw: bytes) -> str:
    return message_from_bytes(raw, policy=default)["Message-ID"]


def answers_all(counter, who: str, text: str, first: str, *, files=(), name="", headers=()) -> list:
    """Somebody who got the applicant's mail in Cc answers all, also us."""
    thread = (("In-Reply-To", first), ("References", first), ("Cc", APPLICANT), *headers)
    quoted = f"{text}\n\nPada Sel, 17 Mar 2026 pukul 09.12 Siti <{APPLICANT}> menulis:\n> Mohon bantuan, saya lupa passphrase."
    subject = "Re: Lupa passphrase sertifikat elektronik"
    return counter.receive(counter.mail(who, quoted, subject=subject, headers=thread, files=files, name=name))


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, undo=10) as counter:
        yield counter


@pytest.fixture
def complete(counter):
    """Siti's complete request with her chief in Cc; the Message-ID of her mail."""
    mail = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr()))
    counter.receive(mail)
    return name_of(mail)


@pytest.fixture
def incomplete(counter):
    mail = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(),))
    counter.receive(mail)
    return name_of(mail)


def test_a_chief_who_refuses_is_read_by_the_officer_before_deciding(counter, complete):
    before = counter.case
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    sent = answers_all(counter, CHIEF, REFUSES, complete, name="Bambang Nugroho")
    (letter,) = sent
    assert letter["To"] == OFFICER
    said = words(letter)
    assert "PESAN ORANG LAIN" in said
    assert f"Bambang Nugroho <{CHIEF}> (alamatnya tidak terbukti)" in said
    assert "Tidak disetujui, yang bersangkutan sedang pindah tugas." in said
    assert "ditarik kembali" in said
    counter.later(minutes=20)
    (case,) = counter.cases
    assert (case["step"], case["state"]) == (before["step"], "waiting_for_officer"), "SETUJU was taken back"
    assert [each["event"] for each in counter.case["timeline"]][-1] == "overheard"
    counter.receive(counter.mail(OFFICER, "SELESAI sudah ditelepon", answers=letter))
    told = counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.sent[1]))
    assert told
    assert all(each["To"] != CHIEF for each in counter.sent), "who wrote learns nothing"
    assert not any("sudah ditelepon" in text_of(each) for each in counter.sent if each["To"] == APPLICANT)


def test_a_chief_who_approves_opens_nothing_and_decides_nothing(counter, complete):
    text = "Saya setujui, mohon diproses permohonan staf kami ini. Terima kasih."
    (letter,) = answers_all(counter, CHIEF, text, complete)
    assert (letter["To"], len(counter.cases)) == (OFFICER, 1)
    assert text in words(letter)
    assert counter.case["state"] == "waiting_for_officer"


def test_a_chief_who_answers_our_letter_to_the_applicant_belongs_there_too(counter, incomplete):
    ours = counter.letter_to(APPLICANT)
    sent = counter.receive(counter.mail(CHIEF, "Mohon dibantu, staf kami buru-buru.", answers=ours))
    assert len(counter.cases) == 1
    (letter,) = sent
    assert letter["To"] in {OFFICER, OTHER_OFFICER}
    assert "staf kami buru-buru" in words(letter)


def test_a_secretarys_csr_counts_once_the_applicant_says_so(counter, incomplete):
    sent = answers_all(counter, SECRETARY, "CSR Ibu Siti terlampir.", incomplete, files=(counter.csr(),))
    shown = next(each for each in sent if each["To"] == OFFICER)
    assert [part.get_filename() for part in shown.iter_attachments()] == ["permintaan.csr"]
    asked = next(each for each in sent if each["To"] == APPLICANT)
    assert f"{SECRETARY} mengirim berkas" in words(asked)
    (case,) = counter.cases
    assert (case["state"], counter.status["messages"]["held"]) == ("waiting_for_applicant", 1)
    counter.receive(counter.mail(text="BENAR", answers=asked))
    assert counter.case["state"] == "waiting_for_officer"
    assert len(counter.cases) == 1


def test_an_officer_who_answers_the_applicant_is_told_that_it_is_no_decision(counter, complete):
    text = "Bu, tolong kirim ulang surat pernyataan dengan tanda tangan basah ya."
    (letter,) = answers_all(counter, OFFICER, text, complete)
    assert (letter["To"], len(counter.cases)) == (OFFICER, 1)
    assert "bukan keputusan" in words(letter)
    assert "KURANG" in words(letter)
    assert counter.case["timeline"][-1]["note"] == text
    sent = answers_all(counter, OTHER_OFFICER, "Setuju, nanti kami proses.", complete)
    assert {each["To"] for each in sent} == {OFFICER, OTHER_OFFICER}, (
        "the colleague who has the task reads it too"
    )
    assert counter.case["state"] == "waiting_for_officer"


def test_thanks_of_somebody_else_are_filed(counter, complete):
    assert answers_all(counter, CHIEF, "Terima kasih atas bantuannya.", complete) == []
    assert len(counter.cases) == 1


def test_a_colleague_who_answers_with_a_letter_of_their_own_asks_for_themselves(counter, complete):
    anisa = PEOPLE[1]
    statement = ("surat.pdf", letters.letter(anisa), "application/pdf")
    answers_all(counter, anisa.email, "Saya juga lupa, mohon dibantu.", complete, files=(statement,))
    assert len(counter.cases) == 2
    assert counter.case["applicant"] == anisa.name


def test_the_applicant_who_goes_on_with_their_own_mail_is_asked_or_believed_with_proof(counter, incomplete):
    sent = answers_all(counter, APPLICANT, "CSR saya menyusul ini.", incomplete, files=(counter.csr(),))
    assert [each["To"] for each in sent] == [APPLICANT]
    assert "BENAR" in text_of(sent[0])
    assert len(counter.cases) == 1


def test_a_bystander_who_writes_and_writes_does_not_keep_a_request_from_being_decided(counter, complete):
    for number in range(5):
        answers_all(counter, CHIEF, f"Jangan diproses dulu ({number}).", complete)
    task = next(
        each for each in counter.sent if each["To"] == OFFICER and "PESAN ORANG LAIN" not in text_of(each)
    )
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=task))
    answers_all(counter, CHIEF, "Jangan!", complete)
    counter.later(minutes=20)
    assert counter.case["step"] == "revoke-old"


def test_the_subject_of_somebody_elses_mail_asks_for_nothing(tmp_path):
    with Counter(tmp_path, keys={"limits": "message_bytes = 1048576"}) as counter:
        large = ("foto.jpg", bytes(1_600_000), "image/jpeg")
        mail = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(large,))
        counter.receive(mail)
        answers_all(counter, CHIEF, "Saya setujui.", name_of(mail))
        assert counter.cases == []


def test_a_key_that_somebody_else_sent_is_cut_out_and_the_applicant_told(counter, incomplete):
    key = requests.rsa_key(number=3).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    sent = answers_all(
        counter, SECRETARY, "Ini kuncinya.", incomplete, files=(("kunci.pem", key, "text/plain"),)
    )
    assert "kunci privat" in words(next(each for each in sent if each["To"] == APPLICANT))


def test_who_asks_for_themselves_in_passing_is_registered_by_the_officer(counter, complete):
    anisa = PEOPLE[1]
    answers_all(counter, anisa.email, "Saya juga lupa passphrase, mohon dibantu.", complete, name=anisa.name)
    assert len(counter.cases) == 1
    forward = message_from_bytes(
        counter.mail(OFFICER, "DAFTAR LUPA", subject="Fwd: Lupa passphrase"), policy=default
    )
    forward.add_attachment(message_from_bytes(counter.kept[-1], policy=default))
    counter.receive(forward.as_bytes())
    assert (len(counter.cases), counter.case["applicant"]) == (2, anisa.name)
