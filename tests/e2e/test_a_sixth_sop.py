"""A service of another department, by files alone: an SOP in `rules.d/`, its letters in `outbox_templates/`, no line of the program."""

import shutil
from pathlib import Path

import pytest

from mailflow.bootstrap import load_rules_of, soundness
from mailflow.config import load
from tests.support.counter import (
    APPLICANT,
    BUDI,
    DEWI,
    OFFICER,
    OFFICIAL,
    OTHER_OFFICER,
    RINA,
    Counter,
    text_of,
)
from tests.support.letters import SITI, plain_pdf

SIXTH = Path(__file__).parents[1] / "support" / "sixth"
BY_ADDRESS = {OFFICER: "Rina", OTHER_OFFICER: "Budi", OFFICIAL: "Dewi"}


@pytest.fixture
def counter(tmp_path):
    shutil.copytree(SIXTH, tmp_path, dirs_exist_ok=True)
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        yield counter


def application():
    """The letter of the head of an office, of no kind that the program knows."""
    rows = [
        "PEMERINTAH KOTA CONTOHKOTA",
        "Nomor : 800/12/2026",
        "Hal : Pembuatan akun e-mail dinas",
        f"Nama : {SITI.name}",
        "Unit Kerja : Dinas Pendidikan",
        "Contohkota, 16 Maret 2026",
    ]
    return ("surat.pdf", plain_pdf(rows), "application/pdf")


def to(letters, address=APPLICANT):
    """The one letter of these that an address got."""
    (letter,) = [each for each in letters if address in each["To"]]
    return letter


def asked(letters):
    """The one officer these letters put a task before, and that letter."""
    found = [(each["To"], each) for each in letters if "[Tugas]" in each["Subject"]]
    ((whom, letter),) = found
    return next(address for address in BY_ADDRESS if address in whom), letter


def says(counter, word, letter, sender):
    return counter.receive(counter.mail(sender, word, answers=letter))


def approved_twice(counter, request):
    """Two officers approve; return what the second is asked to do next."""
    first, task = asked(request)
    second_asked = says(counter, "SETUJU", task, first)
    second, task = asked(second_asked)
    assert {first, second} == {OFFICER, OTHER_OFFICER}, "the second word is another officer's"
    assert counter.case["step"] == "verify"
    return asked(says(counter, "SETUJU", task, second))


def test_the_files_are_sound_beside_the_five_services(counter):
    config = load(counter.config_file)
    rules = load_rules_of(config)
    assert "email-account" in rules.sops
    assert len(rules.sops) == 6
    assert soundness(config, rules) == []


def test_an_account_is_asked_for_approved_by_two_made_tried_and_in_use(counter):
    missing = to(
        counter.receive(
            counter.mail(text="Mohon dibuatkan akun e-mail dinas.", subject="Permohonan akun e-mail dinas")
        )
    )
    assert "surat permohonan akun e-mail dinas" in text_of(missing)
    assert counter.case["sop"] == "email-account"

    received = counter.receive(
        counter.mail(text="Terlampir suratnya.", answers=missing, files=(application(),))
    )
    assert "lengkap" in text_of(to(received))
    assert counter.case["step"] == "verify"

    maker, task = approved_twice(counter, received)
    assert counter.case["step"] == "create"
    assert "Membuat akun" in text_of(task)

    ready = to(says(counter, "SELESAI", task, maker))
    assert "siap dicoba" in ready["Subject"]
    words = " ".join(text_of(ready).split())
    assert "Apakah Bapak/Ibu sudah dapat masuk ke akun itu?" in words
    assert "BERHASIL" in words
    assert "GAGAL" in words
    assert "akun kami anggap dapat digunakan" in words

    again = says(counter, "GAGAL, kata sandi ditolak", ready, APPLICANT)
    assert to(again)["Subject"]
    maker, task = asked(again)
    assert "kata sandi ditolak" in text_of(task)
    ready = to(says(counter, "SELESAI", task, maker))

    done = to(says(counter, "BERHASIL", ready, APPLICANT))
    assert done["Subject"].startswith("Selesai: akun e-mail dinas sudah digunakan")
    assert (counter.case["state"], counter.case["timeline"][-1]["to"]) == ("closed", "in-use")
    assert [each["event"] for each in counter.case["timeline"]] == [
        "opened",
        "complete",
        "approved-once",
        "approve",
        "done",
        "fails",
        "done",
        "works",
    ]


def test_in_english_and_with_silence(counter):
    request = counter.receive(
        counter.mail(
            text="Dear sir or madam,\n\nplease make an official e-mail account for me, the letter is attached.\n\nThank you",
            subject="Request for an official e-mail account",
            files=(application(),),
        )
    )
    assert "official e-mail account" in text_of(to(request))
    maker, task = approved_twice(counter, request)
    ready = to(says(counter, "DONE", task, maker))
    assert "Your e-mail account is ready" in ready["Subject"]
    words = " ".join(text_of(ready).split())
    assert "Can you log in to the account?" in words
    assert "WORKS" in words
    assert "we shall take it that the account works" in words

    reminded = to(counter.later(days=10))
    assert "Can you log in" in " ".join(text_of(reminded).split())
    done = to(counter.later(days=9))
    assert done["Subject"].startswith("Done: your e-mail account is in use")
    assert counter.case["state"] == "closed"


def test_an_officer_sorts_a_mail_to_it_with_its_word(tmp_path):
    shutil.copytree(SIXTH, tmp_path, dirs_exist_ok=True)
    with Counter(tmp_path, officers=RINA + DEWI, keys={"intake": 'unmatched = "sort"'}) as counter:
        sorting = counter.receive(
            counter.mail(text="Saya pegawai baru, mohon petunjuk.", subject="Pegawai baru")
        )
        letter = to(sorting, OFFICER)
        assert "AKUN" in text_of(letter)
        counter.receive(counter.mail(OFFICER, "AKUN", answers=letter))
        assert counter.case["sop"] == "email-account"
