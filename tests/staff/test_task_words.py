"""The words of tasks beside SETUJU and TOLAK: numbered remedies, persons left out, classes of complaints; and what urgent tasks look like."""

from datetime import timedelta

import pytest

from tests.staff.writing import only, own, to, words
from tests.support import forms
from tests.support.counter import APPLICANT, DEWI, OFFICER, OFFICIAL, RINA, Counter, text_of
from tests.support.forms import AGUS, BUDI, MAYA
from tests.support.letters import PEOPLE, SITI

PDF = "application/pdf"


@pytest.fixture
def counter(tmp_path):
    """A counter with one officer and an official, nothing waiting."""
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        yield counter


def say(counter: Counter, text: str, officer: str = OFFICER) -> list:
    return counter.receive(counter.mail(officer, text, answers=counter.task_letter(officer)))


# --- KURANG 1 2 ----------------------------------------------------------------------------------------------------------


def faulty(counter: Counter, text: str) -> None:
    """A request with another person's CSR, so that remedies are offered."""
    counter.receive(counter.mail(text=text, files=(counter.letter(), counter.csr(PEOPLE[1]))))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "said", ["KURANG 1", "KURANG 1, mohon segera ya", "kurang no. 1 mohon segera ya", "Incomplete 1"]
)
def test_numbers_become_courteous_sentences_and_what_follows_is_said_as_it_is(counter, said):
    faulty(counter, "Mohon dibantu, saya lupa passphrase")
    heard = words(to(say(counter, said), APPLICANT))
    assert flat(counter.remedies[0]["request"]["id"]) in heard
    assert ("mohon segera ya" in heard) == ("segera" in said)


def test_several_numbers_become_several_sentences(counter):
    faulty(counter, "Mohon dibantu, saya lupa passphrase")
    offered = counter.remedies
    assert len(offered) > 1
    for said in ("KURANG 1 2 tolong hari ini", "KURANG 1,2", "KURANG 1 dan 2"):
        heard = to(say(counter, said), APPLICANT)
        assert all(flat(each["request"]["id"]) in words(heard) for each in offered[:2]), said
        assert ("tolong hari ini" in words(heard)) == ("tolong" in said)
        counter.receive(
            counter.mail(text="ini lagi", answers=heard, files=(counter.csr(PEOPLE[1], key=len(said)),))
        )


def test_who_wrote_in_english_reads_the_sentences_in_english(counter):
    faulty(
        counter,
        "Dear Sir or Madam, I forgot my passphrase. Please help me with a new certificate. Thank you very much.",
    )
    heard = words(to(say(counter, "KURANG 1"), APPLICANT))
    assert flat(counter.remedies[0]["request"]["en"]) in heard
    assert flat(counter.remedies[0]["request"]["id"]) not in heard


# --- SETUJU KECUALI ------------------------------------------------------------------------------------------------------


def collective(counter: Counter) -> None:
    """One letter of Budi's for three persons, before the official to approve: somebody else asks for them."""
    form = forms.revocation_form((SITI, AGUS, MAYA), reason="mutasi ke instansi lain", writer=BUDI)
    counter.receive(
        counter.mail(
            BUDI.email,
            "Mohon pencabutan sertifikat terlampir.",
            subject="Pencabutan sertifikat",
            files=(("formulir.pdf", form, PDF),),
        )
    )
    say(counter, "LAIN")


def test_the_task_of_a_collective_letter_shows_the_persons_by_number_and_offers_the_word(counter):
    collective(counter)
    text = words(counter.task_letter(OFFICIAL))
    for number, person in enumerate((SITI, AGUS, MAYA), 1):
        assert f"{number}. {person.name}" in text, person.name
    assert "SETUJU KECUALI 3" in text


def test_persons_left_out_become_a_request_of_their_own(counter):
    collective(counter)
    before = len(counter.cases)
    say(counter, "SETUJU KECUALI 3", OFFICIAL)
    split = counter.task_letter(OFFICIAL)
    assert len(counter.cases) == before + 1
    assert MAYA.name in words(split)
    assert AGUS.name not in words(split).partition("YANG TERBACA")[0]


@pytest.mark.parametrize("said", ["SETUJU KECUALI 7", "SETUJU KECUALI 1 2 3"])
def test_a_number_the_letter_does_not_have_or_everybody_is_asked_back(counter, said):
    collective(counter)
    before = len(counter.cases)
    told = only(say(counter, said, OFFICIAL))
    assert told["To"] == OFFICIAL
    assert "dikecualikan" in words(told)
    assert len(counter.cases) == before


@pytest.mark.parametrize(
    "said",
    ["SETUJU kecuali NIP salah", "SETUJU KECUALI Maya", "SETUJU KECUALI 2 dan Maya", "SETUJU KECUALI 3-1"],
)
def test_what_is_not_understood_after_kecuali_is_asked_back_with_the_numbers_and_the_right_form(
    counter, said
):
    collective(counter)
    before = len(counter.cases)
    told = words(only(say(counter, said, OFFICIAL)))
    assert "siapa yang dikecualikan belum jelas" in told
    for number, person in enumerate((SITI, AGUS, MAYA), 1):
        assert f"{number}. {person.name}" in told, person.name
    assert "Contoh: SETUJU KECUALI 2, 3 karena NIP keliru" in told
    assert len(counter.cases) == before
    assert counter.case["step"] == "third-party"


@pytest.mark.parametrize(
    "said",
    ["SETUJU KECUALI Agus Prasetyo dan maya puspita ningrum", "SETUJU KECUALI 2-3", "SETUJU KECUALI 2 dan 3"],
)
def test_persons_are_left_out_by_whole_names_and_ranges_too(counter, said):
    collective(counter)
    say(counter, said, OFFICIAL)
    split = words(counter.task_letter(OFFICIAL))
    assert f"2. {AGUS.name}" in split
    assert f"3. {MAYA.name}" in split
    assert SITI.name not in split


def test_the_receipt_names_who_is_left_out_and_when_their_number_is_known(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI, undo=10) as counter:
        collective(counter)
        counter.later(minutes=11)
        receipt = words(only(say(counter, "SETUJU KECUALI 3", OFFICIAL)))
        assert f"3. {MAYA.name}" in receipt
        assert AGUS.name not in receipt.partition("Dikecualikan")[2]
        assert "baru diberikan saat jawaban ini berlaku, setelah waktu BATAL lewat" in receipt
        number = counter.case["id"]
        assert f"LAYANAN {number}" in receipt
        counter.later(minutes=11)
        shown = words(only(own(counter, f"LAYANAN {number}", OFFICIAL)))
        assert f"{counter.case['id']} Atas nama: {MAYA.name}" in shown.partition("BERKAITAN")[2]


def test_the_task_of_who_was_left_out_names_them_their_writer_and_the_reason(counter):
    collective(counter)
    say(counter, "SETUJU KECUALI 3 karena NIP pada surat keliru", OFFICIAL)
    split = words(counter.task_letter(OFFICIAL))
    assert f"Untuk: {MAYA.name}" in split
    assert f"Diajukan oleh: {BUDI.email}" in split
    assert "ALASAN DIKECUALIKAN | NIP pada surat keliru" in split
    rest = words(counter.task_letter())
    assert f"Untuk: {SITI.name}, {AGUS.name}" in rest
    assert "ALASAN DIKECUALIKAN" not in rest


def test_a_letter_about_one_person_offers_no_exception(counter):
    counter.complete_request()
    assert "KECUALI" not in text_of(counter.task_letter())


# --- a wish to cancel, a word taken back --------------------------------------------------------------------------------


def test_the_letter_about_a_wish_to_cancel_shows_the_whole_message(counter):
    counter.complete_request()
    sent = counter.receive(counter.mail(text="CANCEL please", answers=counter.letter_to()))
    assert "PESAN PEMOHON | CANCEL please" in words(to(sent, OFFICER))


@pytest.mark.parametrize("word", ["BATAL", "UNDO please", "CANCEL please"])
def test_an_officers_word_is_taken_back_in_either_language(tmp_path, word):
    with Counter(tmp_path, officers=RINA + DEWI, undo=10) as counter:
        counter.complete_request()
        say(counter, "SETUJU")
        assert "telah ditarik kembali" in words(only(say(counter, word)))
        counter.later(minutes=11)
        assert counter.case["step"] == "verify"


def test_nobody_is_told_late_while_an_officers_word_waits_for_its_undo_time(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI, undo=10) as counter:
        counter.complete_request()
        due = counter.case["due"]
        counter.clock.moment = due - timedelta(minutes=5)
        counter.work()
        say(counter, "SETUJU")
        counter.clock.moment = due
        assert counter.work() == []
        sent = counter.later(minutes=6)
        assert [each["To"] for each in sent] == [counter.letter_to()["To"]]
        assert counter.letter_to()["Subject"].startswith("Disetujui")


def test_who_takes_the_word_back_after_the_due_time_is_late(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI, undo=10) as counter:
        counter.complete_request()
        due = counter.case["due"]
        counter.clock.moment = due - timedelta(minutes=5)
        counter.work()
        say(counter, "SETUJU")
        counter.clock.moment = due
        sent = say(counter, "BATAL")
        assert "belum selesai kami tangani pada waktu yang kami janjikan" in words(to(sent, APPLICANT))
        assert "Pemohon sudah kami kabari" in words(to(sent, OFFICIAL))


# --- a letter that came back ---------------------------------------------------------------------------------------------


def returned(counter: Counter, status: str, answer: str) -> list:
    """The mail server says that our latest letter to the applicant did not arrive (RFC 3464)."""
    letter = counter.letter_to()
    return counter.receive(
        f"""From: MAILER-DAEMON@mx.contohkota.go.id
To: layanan@contohkota.go.id
Subject: Undelivered Mail Returned to Sender
Message-ID: <returned@mx.contohkota.go.id>
Content-Type: multipart/report; report-type=delivery-status; boundary="B"
MIME-Version: 1.0

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contohkota.go.id

Final-Recipient: rfc822; {APPLICANT}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {answer}

--B
Content-Type: message/rfc822

{letter.as_string()}
--B--
""".encode()
    )


def test_the_task_about_a_letter_that_came_back_names_the_address_the_letter_and_the_reason(counter):
    counter.complete_request()
    subject = counter.letter_to()["Subject"]
    task = words(only(returned(counter, "5.1.1", "550 5.1.1 <siti>: User unknown")))
    for expected in (
        f"Alamat: {APPLICANT}",
        f"E-mail kami: {subject}",
        "Sebab: alamat itu tidak dikenal server penerima",
        "Jawaban server: 550 5.1.1 <siti>: User unknown",
    ):
        assert expected in task, expected


def test_a_reason_that_is_no_known_code_is_told_in_the_servers_words_alone(counter):
    counter.complete_request()
    task = words(only(returned(counter, "5.9.9", "599 the cat sits on the line")))
    assert "Jawaban server: 599 the cat sits on the line" in task
    assert "Sebab" not in task


# --- urgent --------------------------------------------------------------------------------------------------------------


def test_an_urgent_request_says_so_first_in_the_subject_of_its_task(counter):
    letter = forms.revocation_letter(SITI, "kunci bocor")
    counter.receive(
        counter.mail(
            text="Mohon pencabutan sertifikat, kunci saya bocor.",
            subject="Pencabutan sertifikat",
            files=(("surat.pdf", letter, PDF),),
        )
    )
    assert counter.task_letter()["Subject"].startswith("[Mendesak] [Tugas] ")
    assert len(counter.task_letter()["Subject"]) <= 78


# --- classes -------------------------------------------------------------------------------------------------------------


def complaint(counter: Counter) -> None:
    counter.receive(
        counter.mail(
            text="Saya menyampaikan pengaduan: petugas tidak menjawab telepon selama seminggu.",
            subject="Pengaduan layanan",
        )
    )


def test_the_task_of_a_complaint_offers_its_classes_with_what_they_promise(counter):
    complaint(counter)
    text = words(counter.task_letter())
    assert "LAPANGAN" in text
    assert "digolongkan: perlu pemeriksaan lapangan, 14 hari kerja" in text


def test_a_class_takes_effect_at_once_and_the_task_still_waits(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI, undo=10) as counter:
        complaint(counter)
        before = counter.case["due"]
        receipt = to(say(counter, "LAPANGAN"), OFFICER)
        assert "LAPANGAN" in text_of(receipt)
        assert "BATAL" not in text_of(receipt)
        assert counter.case["due"] > before
        assert counter.case["state"] == "waiting_for_officer"
        assert [each["state"] for each in counter.tasks if each["state"] == "open"] == ["open"]
        say(counter, "SELESAI Telepon sudah diperbaiki.")
        assert APPLICANT in {each["To"] for each in counter.later(minutes=11)}


def test_the_class_that_was_given_is_shown_and_offered_no_more(counter):
    complaint(counter)
    say(counter, "LAPANGAN")
    shown = words(
        only(counter.receive(counter.mail(OFFICER, f"LAYANAN {counter.case['id']}", subject="tanya")))
    )
    assert "Golongan: perlu pemeriksaan lapangan" in shown


def test_a_complaint_about_a_request_names_the_request(counter):
    counter.complete_request()
    number = counter.case["id"]
    counter.receive(
        counter.mail(text="PENGADUAN sudah seminggu tidak ada kabar", answers=counter.letter_to())
    )
    letter = next(
        each
        for each in reversed(counter.sent)
        if each["To"] in {OFFICER, OFFICIAL} and "engaduan" in each["Subject"]
    )
    assert number in words(letter)
    assert counter.cases[0]["id"] != number
