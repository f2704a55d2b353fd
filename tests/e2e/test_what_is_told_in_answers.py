"""What people say in answer to our letters reaches a person: a theft at once, statements and corrections the first time, words to a notice too."""

import pytest

from tests.support.counter import APPLICANT, DEWI, OFFICER, OFFICIAL, RINA, Counter, text_of

STOLEN = "Laptop dan HP saya dicuri tadi malam. Mohon sertifikat elektronik saya segera dicabut!"


def words(letter) -> str:
    return " ".join(word for line in text_of(letter).splitlines() for word in line.lstrip("| ").split())


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        yield counter


def incomplete(counter) -> None:
    counter.receive(counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(),)))


def before_officer(counter) -> None:
    counter.complete_request()


def in_ams(counter) -> None:
    counter.complete_request()
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))


def rejected(counter) -> None:
    counter.complete_request()
    counter.receive(counter.mail(OFFICER, "TOLAK bukan pegawai", answers=counter.task_letter()))


def cancelled(counter) -> None:
    incomplete(counter)
    counter.receive(counter.mail(text="BATAL", answers=counter.letter_to()))


# --- a theft --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stands", [incomplete, before_officer, rejected, cancelled])
@pytest.mark.parametrize("text", [STOLEN, "Laptop saya dicuri tadi malam."])
def test_a_theft_told_in_an_answer_opens_an_urgent_revocation_today(counter, stands, text):
    stands(counter)
    sent = counter.receive(counter.mail(text=text, answers=counter.letter_to()))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER, OFFICIAL}
    assert all("[Mendesak]" in each["Subject"] for each in sent if each["To"] == OFFICER)
    revocation = counter.case
    assert (revocation["sop"], revocation["state"]) == ("revocation", "waiting_for_officer")
    assert revocation["due"].date() == counter.clock.moment.date()


def test_where_the_revocation_is_under_way_it_becomes_urgent(counter):
    in_ams(counter)
    sent = counter.receive(counter.mail(text=STOLEN, answers=counter.letter_to()))
    assert {each["To"] for each in sent} >= {OFFICER, OFFICIAL}
    assert counter.part["due"].date() == counter.clock.moment.date()
    assert len([each for each in counter.cases if "." not in each["id"]]) == 1


def test_a_theft_told_again_goes_to_the_request_that_is_open(counter):
    incomplete(counter)
    first = counter.letter_to()
    counter.receive(counter.mail(text=STOLEN, answers=first))
    counter.receive(counter.mail(text="HP saya juga hilang, tolong cepat!", answers=first))
    assert [each["sop"] for each in counter.cases] == ["revocation", "passphrase-loss"]


def test_papers_that_come_with_it_go_where_they_belong(counter):
    incomplete(counter)
    counter.receive(counter.mail(text=STOLEN, answers=counter.letter_to(), files=(counter.csr(),)))
    assert [(each["sop"], each["state"]) for each in counter.cases] == [
        ("revocation", "waiting_for_officer"),
        ("passphrase-loss", "waiting_for_officer"),
    ]


def test_a_theft_told_by_somebody_else_in_the_conversation_is_as_urgent(counter):
    incomplete(counter)
    mail = counter.mail("kadis@contohkota.go.id", "Laptop staf kami dicuri!", answers=counter.letter_to())
    sent = counter.receive(mail)
    assert {each["To"] for each in sent} == {"kadis@contohkota.go.id", OFFICER, OFFICIAL}
    assert counter.case["sop"] == "revocation"


def test_no_theft_is_none(counter):
    incomplete(counter)
    sent = counter.receive(
        counter.mail(text="Laptop saya tidak hilang, CSR menyusul.", answers=counter.letter_to())
    )
    assert OFFICIAL not in {each["To"] for each in sent}


# --- statements -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Saya tidak bisa membuat CSR karena laptop dinas rusak. Mohon solusinya.",
        "Saya sudah pindah ke Dinas Kesehatan per 1 November, e-mail dinas saya nanti berubah.",
        "Surat pernyataan yang saya kirim salah, itu milik teman saya.",
        "CSR menyusul minggu depan setelah saya kembali dari diklat.",
        "Maaf, NIP di surat salah ketik, yang benar 198001012005012003. Mohon dikoreksi.",
    ],
)
@pytest.mark.parametrize("stands", [incomplete, before_officer, in_ams])
def test_a_person_reads_the_first_statement_that_comes_without_a_document(counter, stands, text):
    stands(counter)
    sent = counter.receive(counter.mail(text=text, answers=counter.letter_to()))
    (shown,) = [each for each in sent if each["To"] == OFFICER]
    assert text in words(shown)
    (told,) = [each for each in sent if each["To"] == APPLICANT]
    assert "kami teruskan kepada petugas" in words(told)


# --- below the quotation ---------------------------------------------------------------------------------------------------


def below(counter, sender: str, text: str, answers) -> bytes:
    """As Roundcube and SOGo write by default: the quotation above, the text below it."""
    raw = counter.mail(sender, "@@", answers=answers)
    head, _, quoted = raw.decode().partition("@@\n\n")
    return f"{head}{quoted}\n{text}\n\n-- \n{sender}\nTelepon 0281 555\n".encode()


def test_a_question_below_the_quotation_is_read_by_a_person_and_said_to_be_found_there(counter):
    incomplete(counter)
    asks = "Mohon maaf, saya belum tahu cara membuat CSR. Apakah ada panduan?"
    sent = counter.receive(below(counter, APPLICANT, asks, counter.letter_to()))
    shown = words(next(each for each in sent if each["To"] == OFFICER))
    assert f"[ditemukan di bawah kutipan; di atasnya tidak ada teks] {asks}" in shown
    assert "Telepon 0281" not in shown, "the signature is no part of it"


def test_an_officers_word_below_the_quotation_decides_nothing_and_is_asked_for_above_it(counter):
    before_officer(counter)
    (letter,) = counter.receive(below(counter, OFFICER, "SETUJU", counter.task_letter()))
    assert "di bawahnya tidak dibaca sebagai keputusan" in words(letter)
    assert counter.case["step"] == "verify"


def test_a_theft_told_below_the_quotation_is_as_urgent(counter):
    incomplete(counter)
    sent = counter.receive(below(counter, APPLICANT, STOLEN, counter.letter_to()))
    assert OFFICIAL in {each["To"] for each in sent}


def test_a_scanners_mail_is_answered_in_the_departments_language(counter):
    scan = counter.mail(
        "scanner.lt2@contohkota.go.id", "", subject="Message from KM_C258", files=(counter.letter(),)
    )
    sent = counter.receive(scan)
    assert all("Yth. Bapak/Ibu" in text_of(each) for each in sent)
