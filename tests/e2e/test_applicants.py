"""What applicants write, what is believed of it, and what strangers learn: nothing."""

import base64
import io

import pytest
from PIL import Image

from tests.support import letters
from tests.support.counter import APPLICANT, COUNTER, KEY, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE

ANISA = PEOPLE[1]
TRUSTED = ("Authentication-Results", "mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id")


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def to(sent: list, address: str):
    (found,) = [each for each in sent if each["To"] == address]
    return found


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        yield counter


@pytest.fixture
def before_officer(counter):
    counter.complete_request()
    return counter


# --- a forged From ------------------------------------------------------------------------------------------------------


def test_a_forged_csr_is_held_the_applicant_is_asked_and_benar_adopts_it(before_officer):
    counter = before_officer
    before = counter.case
    sent = counter.receive(
        counter.mail(
            text=f"CSR saya ganti, nomor {before['id']}", subject="CSR baru", files=(counter.csr(key=2),)
        )
    )
    assert [each["To"] for each in sent] == [APPLICANT]
    assert "BENAR" in text_of(sent[0])
    assert counter.case["timeline"] == before["timeline"]
    adopted = counter.receive(counter.mail(text="BENAR", answers=sent[0]))
    assert OFFICER in {each["To"] for each in adopted}, "the officer gets a task with the new CSR"
    assert counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    assert counter.case["step"] == "revoke-old"


def test_a_reminder_names_the_mail_that_waits_for_the_applicants_word(counter):
    counter.receive(counter.mail(text="Mohon dibantu, saya lupa passphrase", files=(counter.letter(),)))
    number = counter.case["id"]
    asked = counter.receive(counter.mail(text=f"CSR {number}", subject="CSR", files=(counter.csr(),)))
    (reminder,) = [each for each in counter.later(days=14) if each["To"] == APPLICANT]
    assert reminder["Subject"].startswith("Pengingat")
    said = " ".join(text_of(reminder).split())
    assert "belum kami gunakan karena pengirimnya belum pasti" in said
    assert "berjudul “Mohon konfirmasi” dengan kata BENAR" in said
    assert asked[0]["Subject"].startswith("Mohon konfirmasi")


def test_a_reminder_says_nothing_of_mails_that_wait_where_none_does(counter):
    counter.receive(counter.mail(text="Mohon dibantu, saya lupa passphrase", files=(counter.letter(),)))
    (reminder,) = counter.later(days=14)
    assert "belum pasti" not in text_of(reminder)


def test_benar_adopts_only_the_message_that_was_asked_about(before_officer):
    counter = before_officer
    number = counter.case["id"]
    forged = counter.receive(
        counter.mail(text=f"CSR {number}", subject="ganti", files=(counter.csr(key=666),))
    )
    mine = counter.receive(counter.mail(text=f"CSR {number}", subject="ganti", files=(counter.csr(key=2),)))
    assert [each["To"] for each in (*forged, *mine)] == [APPLICANT, APPLICANT]
    counter.receive(counter.mail(text="BENAR", answers=mine[0]))
    assert counter.status["messages"]["held"] == 1
    offered = [each.get_payload(decode=True) for each in counter.task_letter().iter_attachments()]
    assert counter.csr(key=2)[1] in offered
    assert counter.csr(key=666)[1] not in offered


@pytest.mark.parametrize(
    "text", ["BATAL", "BATAL {number}", "SUDAH {number}", "BENAR {number}", "KENDALA {number}"]
)
def test_a_forged_word_changes_nothing_and_only_the_true_applicant_hears_of_it(before_officer, text):
    counter = before_officer
    before = counter.case
    sent = counter.receive(
        counter.mail(
            text=text.format(number=before["id"]),
            subject="permohonan",
            headers=(("Reply-To", "evil@example.go.id"),),
        )
    )
    assert {each["To"] for each in sent} <= {APPLICANT}
    assert (counter.case["state"], counter.case["timeline"]) == (before["state"], before["timeline"])


def test_a_third_person_who_names_the_ticket_learns_nothing_and_an_officer_sees_it(before_officer):
    counter = before_officer
    sent = counter.receive(
        counter.mail("penasaran@example.go.id", f"STATUS {counter.case['id']}", subject="tanya")
    )
    assert [each["To"] for each in sent] == [OFFICER]
    assert "penasaran@example.go.id" in text_of(sent[0])


def test_a_third_person_with_our_letter_changes_nothing(before_officer):
    counter = before_officer
    before = counter.case
    sent = counter.receive(
        counter.mail("penasaran@example.go.id", "BATAL", answers=counter.letter_to(APPLICANT))
    )
    assert [each["To"] for each in sent] == [OFFICER]
    assert [each["event"] for each in counter.case["timeline"][1:]] == ["overheard"]
    assert (counter.case["step"], counter.case["state"]) == (before["step"], before["state"])


def test_an_authenticated_applicant_who_names_the_number_is_believed(tmp_path):
    with Counter(tmp_path, mode="authenticated") as counter:
        counter.complete_request()
        number = counter.case["id"].replace("-", " ").lower()
        sent = counter.receive(
            counter.mail(text=f"BATAL. Nomor {number}", subject="batal", headers=(TRUSTED,))
        )
        assert "cancel-wished" in [each["event"] for each in counter.case["timeline"]]
        assert {each["To"] for each in sent} == {APPLICANT, OFFICER}


# --- words ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["STATUS", "Selamat siang, status?", "STATUS {number}"])
def test_status_is_answered_to_the_applicants_own_address_with_or_without_a_number(before_officer, text):
    counter = before_officer
    sent = counter.receive(counter.mail(text=text.format(number=counter.case["id"]), subject="tanya"))
    assert [each["To"] for each in sent] == [APPLICANT]
    assert counter.case["id"] in text_of(sent[0])
    assert "BENAR" not in text_of(sent[0])


def test_kendala_puts_a_person_before_it_and_the_answer_reaches_the_applicant(counter):
    asked = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),)))
    sent = counter.receive(
        counter.mail(text="KENDALA cara membuat CSR bagaimana?", answers=to(asked, APPLICANT))
    )
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    assert "cara membuat CSR" in words(to(sent, OFFICER))
    answered = counter.receive(
        counter.mail(
            OFFICER, "KURANG Silakan hubungi pengelola TI Dinas Pendidikan.", answers=counter.task_letter()
        )
    )
    assert "Silakan hubungi pengelola TI" in words(to(answered, APPLICANT))


def test_sudah_puts_the_look_in_ams_before_the_officer(before_officer):
    counter = before_officer
    approved = to(counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter())), APPLICANT)
    sent = counter.receive(counter.mail(text="Sudah ya Bu.", answers=approved))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    assert "AMS" in text_of(to(sent, OFFICER))


def test_batal_in_the_applicants_turn_ends_the_request_at_once(counter):
    asked = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))
    sent = counter.receive(counter.mail(text="BATAL", answers=asked[0]))
    assert [each["To"] for each in sent] == [APPLICANT]
    assert (counter.case["state"], counter.case["timeline"][-1]["event"]) == ("closed", "cancelled")


def test_thanks_are_filed_without_an_answer_and_reopen_nothing(before_officer):
    counter = before_officer
    rejected = to(
        counter.receive(counter.mail(OFFICER, "TOLAK sertifikat masih aktif", answers=counter.task_letter())),
        APPLICANT,
    )
    assert (
        counter.receive(
            counter.mail(text="Baik, terima kasih banyak atas bantuannya.\n\nSiti", answers=rejected)
        )
        == []
    )
    assert counter.case["state"] == "closed"


def test_after_a_rejection_new_documents_reopen_the_request(before_officer):
    counter = before_officer
    rejected = to(
        counter.receive(counter.mail(OFFICER, "TOLAK CSR lama", answers=counter.task_letter())), APPLICANT
    )
    sent = counter.receive(counter.mail(text="Ini yang baru", answers=rejected, files=(counter.csr(key=2),)))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    assert len(counter.cases) == 1
    assert counter.case["state"] == "waiting_for_officer"


def test_an_english_applicant_is_answered_in_english(counter):
    sent = counter.receive(
        counter.mail(
            text="Good morning, I forgot my passphrase. Please help me with a new certificate.",
            subject="Forgotten passphrase",
        )
    )
    assert "Dear" in text_of(sent[0]) or "missing" in text_of(sent[0])
    assert "permohonan" not in text_of(sent[0])


# --- documents ------------------------------------------------------------------------------------------------------------


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), (230, 228, 220)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [("IMG_2031.jpg", photo(), "image/jpeg"), ("scan.pdf", letters.scan(), "application/pdf")],
)
def test_a_picture_of_the_letter_becomes_an_officers_task_with_the_original_and_blank_fields(
    counter, name, data, media
):
    sent = counter.receive(
        counter.mail(
            text="Saya lupa passphrase, mohon dibantu. Surat terlampir.",
            files=((name, data, media), counter.csr()),
        )
    )
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    task = to(sent, OFFICER)
    assert name in [each.get_filename() for each in task.iter_attachments()]
    assert "NIP: " not in words(task)
    assert counter.case["state"] == "waiting_for_officer"


def test_words_alone_open_a_request_and_the_answer_names_all_that_is_missing(counter):
    sent = counter.receive(counter.mail(text="Pagi, saya lupa passphrase, mohon bantuannya."))
    assert [each["To"] for each in sent] == [APPLICANT]
    assert "surat pernyataan lupa passphrase" in words(sent[0])
    assert "berkas CSR" in words(sent[0])
    assert counter.case["state"] == "waiting_for_applicant"


def test_the_same_request_sent_again_is_told_where_it_stands_and_opens_nothing(before_officer):
    counter = before_officer
    before = counter.tasks
    sent = counter.receive(
        counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr()))
    )
    assert [each["To"] for each in sent] == [APPLICANT]
    assert counter.case["id"] in text_of(sent[0])
    assert len(counter.cases) == 1
    assert counter.tasks == before


def test_who_writes_anew_instead_of_replying_completes_the_request_when_authenticated(tmp_path):
    with Counter(tmp_path, mode="authenticated") as counter:
        counter.receive(
            counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),), headers=(TRUSTED,))
        )
        sent = counter.receive(
            counter.mail(
                text="lupa passphrase, mohon dibantu",
                files=(counter.letter(), counter.csr()),
                headers=(TRUSTED,),
            )
        )
        assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
        assert [each["state"] for each in counter.cases] == ["waiting_for_officer"]


def test_an_aide_who_writes_for_two_people_opens_two_requests(counter):
    for number, person in enumerate((letters.SITI, ANISA), 1):
        counter.receive(
            counter.mail(
                "staf@contohkota.go.id",
                f"Mohon dibantu, {person.name} lupa passphrase",
                files=(counter.letter(person), counter.csr(person, number)),
            )
        )
    assert {each["holder"] for each in counter.cases} == {"Siti Rahmawati", ANISA.name}


def test_numbers_are_masked_to_an_address_outside_the_department(counter):
    sent = counter.receive(
        counter.mail(
            "siti.pribadi@example.go.id", "lupa passphrase, mohon dibantu", files=(counter.letter(),)
        )
    )
    text = words(to(sent, "siti.pribadi@example.go.id"))
    assert "198504122010012007" not in text.replace(" ", "")


# --- threads and loops ------------------------------------------------------------------------------------------------------


def test_letters_keep_to_their_thread_and_say_that_they_are_automatic(counter):
    first = counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),))
    asked = counter.receive(first)[0]
    opened = first.decode().partition("Message-ID: ")[2].split()[0]
    assert asked["In-Reply-To"] == opened
    assert opened in asked["References"].split()
    received = to(counter.receive(counter.mail(text="CSR", answers=asked, files=(counter.csr(),))), APPLICANT)
    assert asked["Message-ID"] in received["References"].split()
    assert received["References"].split()[0] == opened
    for letter in counter.sent:
        assert letter["Auto-Submitted"] in {"auto-replied", "auto-generated"}
        assert letter["From"].addresses[0].addr_spec == COUNTER
    assert counter.task_letter()["Auto-Submitted"] == "auto-generated"


def test_a_sender_that_answers_each_answer_is_answered_only_so_often(tmp_path):
    with Counter(tmp_path, keys={"limits": "replies_per_sender = 5"}) as counter:
        letter = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))[0]
        for number in range(12):
            answers = counter.receive(counter.mail(text=f"STATUS {number}", answers=letter))
            letter = answers[-1] if answers else letter
        assert len([each for each in counter.sent if each["To"] == APPLICANT]) == 5
        assert "cancelled" in {each["state"] for each in counter.outbox}
        assert counter.later(hours=25) == []
        assert counter.receive(counter.mail(text="STATUS", answers=letter))


def test_two_counters_that_write_to_each_other_never_loop(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    there = "layanan@kabcontoh.example.go.id"
    elsewhere = Counter(tmp_path / "theirs")  # another department seals with a key of its own
    other_key = base64.urlsafe_b64encode(b"sandi" * 6 + b"CK").decode()
    elsewhere.config_file.write_text(elsewhere.config_file.read_text().replace(KEY, other_key))
    with Counter(tmp_path / "ours") as ours, elsewhere as theirs:
        written = ours.receive(ours.mail(there, "lupa passphrase, mohon dibantu"))
        assert [each["To"] for each in written] == [there]
        arrived = written[0].as_bytes().replace(COUNTER.encode(), b"layanan@kotacontoh.example.go.id")
        told = theirs.receive(arrived)
        assert {each["To"] for each in told} <= {OFFICER}, (
            "nobody but its own officer hears of it, in the daily list"
        )
        assert theirs.cases == []


def test_after_a_cancellation_the_same_documents_open_the_request_again(tmp_path):
    with Counter(tmp_path) as counter:
        letter = counter.letter()
        asked = counter.receive(counter.mail(text="Saya lupa passphrase.", files=(letter,)))
        cancelled = counter.receive(counter.mail(text="BATAL", answers=asked[0]))
        assert counter.case["state"] == "closed"
        again = counter.receive(
            counter.mail(text="Maaf, tetap saya ajukan.", answers=cancelled[0], files=(letter,))
        )
        assert counter.case["state"] == "waiting_for_applicant"
        assert "CSR" in again[0]["Subject"]


def test_a_question_in_plain_words_is_put_before_a_person(tmp_path):
    with Counter(tmp_path) as counter:
        asked = counter.receive(counter.mail(text="Saya lupa passphrase, mohon dibantu."))
        told = counter.receive(counter.mail(text="Apakah CSR boleh dibuatkan orang lain?", answers=asked[0]))
        assert {each["To"] for each in told} == {APPLICANT, OFFICER}
        assert "dibuatkan orang lain?" in text_of(counter.task_letter())
