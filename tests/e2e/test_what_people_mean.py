"""What people write as they always have is heard through the outside door: mail in, mail out."""

import pytest

from tests.support.counter import APPLICANT, DEWI, OFFICER, OFFICIAL, RINA, Counter, text_of

FIRST = {
    "a loss in a hurry": ("tte", "min sy lp passphrase tte, udah 5x salah. gmn ya caranya?", "passphrase-loss"),
    "a loss in Javanese": ("Nyuwun pirsa", "Nuwun sewu, kulo kesupen passphrase TTE kulo. Nyuwun tulung.", "passphrase-loss"),
    "a loss in Sundanese": ("punten", "Punten, abdi hilap passphrase TTE. Kedah kumaha?", "passphrase-loss"),
    "a loss, and no revocation": ("Lupa", "Saya lupa passphrase TTE, sertifikatnya jangan dicabut ya.", "passphrase-loss"),
    "a renewal, and a loss of last year": (
        "TTE", "Tahun lalu saya lupa passphrase dan dibuatkan lagi. Sekarang sertifikat saya mau habis, mohon diperpanjang.", "renewal",
    ),
    "a title": ("gelar", "Gelar saya di sertifikat TTE masih S.Pd., mohon diganti M.Pd.", "data-change"),
    "a complaint in capitals": ("TTE", "SUDAH DUA MINGGU BERKAS TTE SAYA TIDAK ADA KABAR. SAYA KECEWA DENGAN PELAYANANNYA.", "complaint"),
    "other business: a web server": ("SSL", "Mohon perpanjangan sertifikat SSL website kelurahan kami.", None),
    "other business: land": ("sertifikat", "Sertifikat tanah program PTSL saya sudah jadi belum ya?", None),
    "other business: a password": ("password", "Mohon direset, saya lupa password SIMPEG.", None),
    "a question about nobody": ("tanya", "Seandainya ada pegawai yang lupa passphrase TTE, apa yang harus disiapkan?", None),
    "a price": ("biaya", "Apakah perpanjangan sertifikat TTE itu bayar?", None),
    "an offer": ("Penawaran", "Kami menawarkan perpanjangan sertifikat elektronik dengan harga khusus.", None),
    "a request that stands elsewhere": ("TTE", "Menanyakan tindak lanjut permohonan perubahan data TTE kami lewat WA.", None),
}  # fmt: skip
PROMISES = [
    "Baik Pak, CSR-nya besok saya kirim.",
    "Siap, segera saya lengkapi. Trims",
    "njih pak, mangke sonten kulo kirim",
]


def words(letter) -> str:
    return " ".join(word for line in text_of(letter).splitlines() for word in line.lstrip("| ").split())


def to(letters, address):
    return [each for each in letters if each["To"] == address]


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    with Counter(tmp_path_factory.mktemp("counter")) as counter:
        yield counter


@pytest.fixture
def desk(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        yield counter


@pytest.fixture
def incomplete(desk):
    desk.receive(desk.mail(text="Mohon bantuan, saya lupa passphrase.", files=(desk.letter(),)))
    return desk


@pytest.mark.parametrize(("subject", "text", "service"), FIRST.values(), ids=FIRST)
def test_a_first_mail_opens_what_it_asks_for_and_nothing_else(counter, subject, text, service):
    before = {each["id"] for each in counter.cases}
    sender = f"pegawai{len(before)}{len(text)}@contohkota.go.id"
    counter.receive(counter.mail(sender, text, subject=subject))
    assert [each["sop"] for each in counter.cases if each["id"] not in before] == (
        [service] if service else []
    )


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_is_acknowledged_once_with_its_words_and_calls_nobody(incomplete, promise):
    asked = incomplete.letter_to()
    (told,) = incomplete.receive(incomplete.mail(text=promise, answers=asked))
    assert (told["To"], "tunggu" in told["Subject"]) == (APPLICANT, True)
    assert promise.split()[0] in words(told)
    assert "Kami tunggu sampai" in words(told)
    assert incomplete.receive(incomplete.mail(text="Iya pak, nanti saya kirim", answers=asked)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mohon maaf, CSR itu apa ya?",
        "komputer sekolah error terus pak, tidak bisa bikin csr",
        "Nama saya salah tulis, yang benar Siti Rahmawati.",
        "Saya tidak pernah mengajukan permohonan ini. Siapa yang mengirim?",
    ],
)
def test_what_wants_an_answer_reaches_a_person_the_first_time_and_no_list_again(incomplete, text):
    sent = incomplete.receive(incomplete.mail(text=text, answers=incomplete.letter_to()))
    assert any(text in words(each) for each in to(sent, OFFICER))
    (told,) = to(sent, APPLICANT)
    assert "kurang" not in told["Subject"].lower()


@pytest.mark.parametrize(
    "text",
    [
        "Alhamdulillah passphrase saya sudah ketemu, jadi permohonannya dibatalkan saja.",
        "Permohonan tersebut kami tarik kembali, terima kasih.",
    ],
)
def test_calling_off_in_other_words_is_heard(incomplete, text):
    incomplete.receive(incomplete.mail(text=text, answers=incomplete.letter_to()))
    assert (incomplete.case["state"], incomplete.case["step"]) != ("waiting_for_applicant", "apply")


def test_what_is_not_called_off_goes_on(incomplete):
    text = "Kemarin sempat mau dibatalkan, tapi tidak jadi batal ya. Besok CSR saya kirim."
    incomplete.receive(incomplete.mail(text=text, answers=incomplete.letter_to()))
    assert incomplete.case["state"] == "waiting_for_applicant"


@pytest.mark.parametrize(
    "text",
    [
        "Ada yang pakai TTE saya padahal saya tidak pernah menandatangani.",
        "Passphrase saya terkirim ke grup WA.",
    ],
)
def test_a_call_for_protection_outranks_the_thread_it_stands_in(incomplete, text):
    sent = incomplete.receive(incomplete.mail(text=text, answers=incomplete.letter_to()))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER, OFFICIAL}
    assert incomplete.case["sop"] == "revocation"


@pytest.mark.parametrize(
    "text",
    ["Sampun kulo lampahi Pak, pencabutan ing AMS.", "Pengajuan pencabutan telah kami lakukan melalui AMS."],
)
def test_a_step_said_to_be_done_in_everyday_words_is_looked_at(desk, text):
    desk.complete_request()
    desk.receive(desk.mail(OFFICER, "SETUJU", answers=desk.task_letter()))
    sent = desk.receive(desk.mail(text=text, answers=desk.letter_to()))
    assert any("SELESAI" in words(each) for each in to(sent, OFFICER))


def test_a_step_only_read_about_is_not_done(desk):
    desk.complete_request()
    desk.receive(desk.mail(OFFICER, "SETUJU", answers=desk.task_letter()))
    text = "Sudah saya baca emailnya, terima kasih. Besok pagi saya ajukan pencabutannya."
    assert to(desk.receive(desk.mail(text=text, answers=desk.letter_to())), OFFICER) == []
