"""`DAFTAR`: an officer makes a request of a mail that fitted nothing; its own writer is the applicant."""

from email import message_from_bytes
from email.policy import default

import pytest

from tests.staff.writing import forward, only, own, to, words
from tests.support.counter import APPLICANT, BUDI, DEWI, OFFICER, OTHER_OFFICER, RINA, Counter, text_of
from tests.support.letters import SITI

VAGUE = "Yth. Bapak/Ibu,\n\nAda masalah dengan sertifikat saya.\n\nSiti Rahmawati"


@pytest.fixture
def counter(tmp_path):
    """A counter at which nothing waits."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        yield counter


def vague(counter: Counter, **more) -> bytes:
    """A mail of Siti's that fits no service."""
    return counter.mail(text=VAGUE, subject="mohon dibantu ya", name=SITI.name, **more)


def inbox(counter: Counter) -> int:
    return sum(1 for part in ("new", "cur") for _ in (counter.directory / "inbox" / part).iterdir())


def test_a_forward_as_attachment_takes_the_message_itself_out_of_the_inbox_and_opens_the_request(counter):
    original = vague(counter)
    assert APPLICANT not in {each["To"] for each in counter.receive(original)}
    assert inbox(counter) == 1
    sent = counter.receive(forward(counter, "DAFTAR LUPA", original))
    receipt, answer = to(sent, OFFICER), to(sent, APPLICANT)
    case = counter.case
    assert (case["sop"], case["applicant"]) == ("passphrase-loss", SITI.name)
    assert case["id"] in receipt["Subject"]
    assert case["id"] in answer["Subject"]
    assert counter.status["messages"] == {"filed": 2}
    assert inbox(counter) == 0
    assert case["timeline"][-1]["event"] == "registered"
    assert case["timeline"][-1]["actor"] == f"officer:{OFFICER}"


def test_the_answer_to_the_applicant_is_threaded_to_their_own_mail(counter):
    original = vague(counter)
    counter.receive(original)
    answer = to(counter.receive(forward(counter, "DAFTAR LUPA", original)), APPLICANT)
    assert answer["In-Reply-To"] in original.decode()


def test_the_documents_of_the_original_are_the_requests(counter):
    original = vague(counter, files=(counter.csr(),))
    counter.receive(original)
    sent = counter.receive(forward(counter, "Register forgotten", original))
    assert "CSR" in text_of(to(sent, APPLICANT)).partition("BELUM ADA")[0]


def test_a_forward_in_the_text_takes_the_writer_it_names_and_the_documents_it_brings(counter):
    text = f"DAFTAR LUPA\n\n---------- Forwarded message ---------\nDari: Siti Rahmawati <{APPLICANT}>\nDate: Sel, 10 Mar 2026\nSubject: mohon bantuan\nTo: rina\n\n{VAGUE}"
    sent = own(counter, text, files=(counter.letter(),), subject="Fwd: mohon bantuan")
    assert counter.case["holder"] == SITI.name
    assert "surat pernyataan" in text_of(to(sent, APPLICANT))
    assert to(sent, OFFICER)


def test_a_forward_in_the_text_finds_the_message_it_repeats_by_writer_and_subject(counter):
    counter.receive(vague(counter))
    text = f"DAFTAR LUPA\n\n---------- Pesan terusan ---------\nDari: Siti <{APPLICANT}>\nTanggal: 10 Mar 2026\nSubjek: Mohon dibantu ya\nKepada: layanan\n\n{VAGUE}"
    own(counter, text, subject="Fwd: mohon dibantu ya")
    assert counter.status["messages"] == {"filed": 2}
    assert inbox(counter) == 0


def test_without_a_word_the_service_is_found_as_for_any_mail(counter):
    text = f"DAFTAR\n\nBegin forwarded message:\n\n> From: Siti <{APPLICANT}>\n> Subject: Saya lupa passphrase, mohon dibantu\n> Date: 10 March 2026\n>\n> Mohon bantuannya."
    own(counter, text)
    assert counter.case["sop"] == "passphrase-loss"


@pytest.mark.parametrize("said", ["DAFTAR", "DAFTAR SERTIFIKAT", "DAFTAR LUPA atau CABUT"])
def test_a_service_that_cannot_be_told_is_asked_back_with_the_choices(counter, said):
    original = vague(counter)
    counter.receive(original)
    told = only(counter.receive(forward(counter, said, original)))
    assert told["To"] == OFFICER
    for choice in ("LUPA", "CABUT", "UBAH"):
        assert choice in text_of(told)
    assert counter.cases == []
    assert counter.status["messages"]["unmatched"] == 1


def test_without_a_forwarded_mail_the_officer_is_told_how(counter):
    assert "teruskan e-mailnya" in words(only(own(counter, "DAFTAR LUPA")))
    assert counter.cases == []


def test_several_forwarded_mails_are_asked_for_one_by_one(counter):
    message = message_from_bytes(forward(counter, "DAFTAR LUPA", vague(counter)), policy=default)
    message.add_attachment(message_from_bytes(vague(counter), policy=default))
    told = only(counter.receive(message.as_bytes()))
    assert "satu per satu" in words(told)
    assert counter.cases == []


def test_daftar_hadir_registers_nobody(counter):
    told = own(counter, "Daftar hadir rapat terlampir, mohon dicek.", subject="rapat")
    assert all("belum dikenali di kotak masuk" in each["Subject"] for each in told)
    assert counter.cases == []


def test_the_same_mail_registered_twice_is_one_request_and_the_second_officer_is_told(counter):
    original = vague(counter)
    counter.receive(original)
    counter.receive(forward(counter, "DAFTAR LUPA", original))
    told = only(counter.receive(forward(counter, "DAFTAR LUPA", original, OTHER_OFFICER)))
    assert told["To"] == OTHER_OFFICER
    assert counter.case["id"] in told["Subject"]
    assert len(counter.cases) == 1


def test_a_second_request_of_the_same_person_is_not_opened_beside_the_first(counter):
    counter.complete_request()
    again = vague(counter)
    counter.receive(again)
    told = only(counter.receive(forward(counter, "DAFTAR LUPA", again)))
    assert "sudah ada permohonan" in words(told)
    assert len(counter.cases) == 1


def test_only_a_proven_officer_registers(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, mode="authenticated") as counter:
        original = vague(counter)
        counter.receive(original)
        told = only(counter.receive(forward(counter, "DAFTAR LUPA", original)))
        assert "tidak dihitung" in words(told)
        assert counter.cases == []
        outsider = counter.receive(forward(counter, "DAFTAR LUPA", original, "orang.luar@example.go.id"))
        assert [each for each in outsider if "luar" in each["To"]] == []
        assert counter.cases == []
