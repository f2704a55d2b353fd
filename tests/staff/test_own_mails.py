"""`ANTREAN`, `LAYANAN`, `CARI`, `CATAT`, `BANTUAN`: what officers ask the counter for in mails of their own."""

import re
from dataclasses import replace

import pytest

from tests.staff.writing import only, own, request_of, somebody, to, words
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
from tests.support.letters import PEOPLE, SITI

PASSED = (("Authentication-Results", "mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id"),)


def test_the_queue_shows_ones_own_tasks_and_those_of_colleagues_that_nobody_has_taken(counter):
    other = PEOPLE[1]
    counter.receive(
        counter.mail(
            other.email,
            "lupa passphrase, mohon dibantu",
            files=(counter.letter(other), counter.csr(other, 2)),
        )
    )
    text = text_of(only(own(counter, "Selamat pagi,\nmohon izin. ANTREAN")))
    mine, _, theirs = text.partition("PADA REKAN, BELUM DIAMBIL")
    assert SITI.name in mine
    assert "Rina Kusuma" in mine
    assert other.name in theirs
    assert "Budi Hartono" in theirs
    assert "25/03/2026 16.00" in mine


def test_a_task_that_is_late_says_so_in_the_queue(counter):
    counter.later(days=9)
    assert "TERLAMBAT, seharusnya 25/03/2026 16.00" in words(only(own(counter, "antrian")))


def test_the_quiet_task_of_a_step_in_ams_stands_in_the_queue_apart(counter):
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    text = text_of(only(own(counter, "QUEUE")))
    assert "MENUNGGU PEMOHON DI AMS (1)" in text
    assert "TUGAS BAPAK/IBU" not in text


def test_what_a_task_lacks_leaves_its_other_columns_under_their_headings(counter):
    """An applicant whose name nobody knows: the column of the name is left out, not filled with the next one."""
    nameless = "kurang@contohkota.go.id"
    counter.receive(counter.mail(nameless, "lupa passphrase, mohon dibantu"))
    counter.receive(counter.mail(nameless, "KENDALA tidak bisa", answers=counter.letter_to(nameless)))
    letter = only(own(counter, "ANTREAN", OTHER_OFFICER))
    for part in (text_of(letter), letter.get_body(("html",)).get_content()):
        shown = " ".join(re.sub(r"<[^>]*>", "", part).split())
        for expected in (
            "Layanan: lupa passphrase",
            "Langkah: Kendala pemohon",
            "Batas waktu: 25/03/2026 16.00",
            "Petugas: Budi Hartono",
        ):
            assert expected in shown, expected
        assert "Atas nama: lupa" not in shown


def test_a_long_name_goes_on_further_in_than_the_next_label(counter):
    long = replace(somebody(1), name="Raden Ajeng Siti Nurhaliza Kusumaningtyas Sastrodiningrat, MTI")
    counter.receive(request_of(counter, long, 2))
    lines = text_of(only(own(counter, "ANTREAN", OTHER_OFFICER))).splitlines()
    assert lines[lines.index("     MTI") + 1].startswith("   Layanan: ")


def test_an_english_queue_has_english_times(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI, keys={"department": 'language = "en"'}) as counter:
        counter.complete_request()
        assert "25/03/2026 16:00" in text_of(only(own(counter, "QUEUE")))
        assert "25/03/2026 16:00" in text_of(only(own(counter, "APPROVE")))
        counter.receive(counter.mail("orang@example.org", "undangan rapat", subject="Undangan"))
        listed = counter.later(days=8)
        assert any("17/03/2026 09:12" in text_of(each) for each in listed if each["To"] == OFFICER)


def test_an_empty_queue_says_that_nothing_waits(tmp_path):
    with Counter(tmp_path) as counter:
        assert "tidak ada tugas yang menunggu" in words(only(own(counter, "", subject="ANTREAN")))


def test_a_request_is_shown_with_standing_holder_and_history_to_the_officer_alone(counter):
    shown = only(own(counter, f"LAYANAN {counter.case['id'].lower().replace('-', ' ')}"))
    assert shown["To"] == OFFICER
    text = words(shown)
    for expected in (
        SITI.name,
        "Menunggu petugas: baris 2",
        "Rina Kusuma",
        "25/03/2026 16.00",
        "RIWAYAT",
        "pemohon: permohonan diterima",
        APPLICANT,
    ):
        assert expected in text, expected


def test_the_family_of_a_request_is_shown_with_it(counter):
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    number = counter.cases[-1]["id"]
    text = text_of(only(own(counter, f"KASUS {number}")))
    assert "PERMOHONAN YANG BERKAITAN (1)" in text
    assert "pencabutan" in text.partition("BERKAITAN")[2]
    assert "Rina Kusuma: SETUJU" in text


@pytest.mark.parametrize("number", ["CK-26-0001-X", "CK-26-9999-1", "26-0001"])
def test_a_number_that_is_none_is_asked_back(counter, number):
    assert "nomor layanan itu tidak ada" in words(only(own(counter, f"LAYANAN {number}")))


def test_a_holder_is_found_by_parts_of_the_name_and_by_nip(counter):
    number = counter.case["id"]
    spaced = f"{SITI.nip[:8]} {SITI.nip[8:14]} {SITI.nip[14]} {SITI.nip[15:]}"
    for wanted in ("siti", "Rahmawati Siti", "SITI RAHMA", SITI.nip, spaced, f"NIP {SITI.nip}"):
        assert number in text_of(only(own(counter, f"CARI {wanted}"))), wanted
    for wanted in ("Siti Nurhaliza", "198504122010012008"):
        assert "Tidak ada permohonan" in words(only(own(counter, f"FIND {wanted}"))), wanted


def test_a_request_is_found_by_its_number_whole_or_in_part(counter):
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))  # opens its revocation
    number = counter.case["id"]
    for wanted in (number, number.lower().replace("-", ""), number[:-2], number[3:], f"no. {number}"):
        text = text_of(only(own(counter, f"CARI {wanted}")))
        assert "DITEMUKAN (2)" in text, wanted
        assert "pencabutan" in text
    assert "nomor layanan itu tidak ada" in words(only(own(counter, "CARI CK-26-0099-X")))


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ("CARI", "nama, NIP, atau nomor layanan belum ditulis"),
        ("CATAT halo", "nomor layanan belum ditulis"),
        ("catat sudah ditelepon", "nomor layanan belum ditulis"),
        ("CATAT sudah telepon Bu Siti, besok beliau mengirim surat", "nomor layanan belum ditulis"),
        ("NOTE", "nomor layanan belum ditulis"),
        ("LAYANAN siti", "dapat dicari dengan CARI"),
        ("CATAT CK-26-0099-X halo", "nomor layanan itu tidak ada"),
        ("ANTREAN semua petugas", "TUGAS BAPAK/IBU"),
        ("BANTUAN dong", "dengan salah satu kata"),
    ],
)
def test_a_try_is_answered_with_what_is_missing(counter, tried, told):
    before = counter.case["timeline"]
    assert told in words(only(own(counter, tried)))
    assert counter.case["timeline"] == before


@pytest.mark.parametrize("text", ["LAYANAN INTERNET MATI LAGI", "Layanan mati", "Bantuan sosial bulan ini"])
def test_other_business_that_begins_with_such_a_word_is_left_alone(counter, text):
    assert own(counter, text) == []


def test_a_note_is_put_on_record_and_nobody_but_its_writer_hears_of_it(counter):
    number = counter.case["id"]
    receipt = only(own(counter, f"CATAT {number} sudah ditelepon,\nakan mengirim surat besok"))
    assert receipt["To"] == OFFICER
    last = counter.case["timeline"][-1]
    assert (last["event"], last["actor"], last["note"]) == (
        "note",
        f"officer:{OFFICER}",
        "sudah ditelepon,\nakan mengirim surat besok",
    )
    assert "catatan: sudah ditelepon" in words(only(own(counter, f"LAYANAN {number}", OTHER_OFFICER)))


def test_a_note_without_text_is_asked_back(counter):
    before = counter.case["timeline"]
    assert "catatannya belum ditulis" in words(only(own(counter, f"CATAT {counter.case['id']}")))
    assert counter.case["timeline"] == before


def test_in_a_reply_to_a_task_these_words_mean_its_request(counter):
    task = counter.task_letter()
    assert "RIWAYAT" in text_of(only(counter.receive(counter.mail(OFFICER, "LAYANAN", answers=task))))
    counter.receive(counter.mail(OFFICER, "CATAT sudah ditelepon", answers=task))
    assert counter.case["timeline"][-1]["note"] == "sudah ditelepon"
    assert [each["state"] for each in counter.tasks] == ["open"]


def test_help_lists_the_words(counter):
    text = words(only(own(counter, "Bantuan")))
    for word in ("ANTREAN", "LAYANAN CK-", "CARI", "CATAT", "AMBIL CK-", "DAFTAR", "BANTUAN"):
        assert word in text, word


@pytest.mark.parametrize(
    ("written", "meant"), [("Antren", "ANTREAN"), ("Bantun", "BANTUAN"), ("Dafter lupa", "DAFTAR")]
)
def test_a_word_that_is_nearly_right_is_asked_back(counter, written, meant):
    told = only(own(counter, written))
    assert meant in told["Subject"]


def test_an_officer_who_writes_about_something_else_is_left_alone(counter):
    assert own(counter, "Layanan internet di lantai dua mati sejak pagi.", subject="internet") == []
    assert counter.status["messages"]["unmatched"] == 1


def test_somebody_else_who_writes_these_words_learns_nothing(counter):
    sent = own(counter, f"LAYANAN {counter.case['id']}", "orang.luar@example.go.id")
    assert all(each["To"] != "orang.luar@example.go.id" for each in sent)
    assert own(counter, "ANTREAN", "orang.luar@example.go.id") == []


def test_a_mail_that_claims_to_be_an_officers_is_answered_with_nothing_but_that_it_does_not_count(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, mode="authenticated") as counter:
        counter.receive(
            counter.mail(text="lupa passphrase", files=(counter.letter(), counter.csr()), headers=PASSED)
        )
        number = counter.case["id"]
        told = only(own(counter, f"CATAT {number} palsu"))
        assert told["To"] == OFFICER
        assert SITI.name not in text_of(told)
        assert "tidak dihitung" in words(told)
        assert "note" not in {each["event"] for each in counter.case["timeline"]}
        shown = only(own(counter, f"LAYANAN {number}", headers=PASSED))
        assert SITI.name in text_of(shown)


def test_the_answer_to_an_alias_goes_to_the_configured_address(tmp_path):
    rina = RINA.replace("aliases = []", 'aliases = ["rina.lama@contohkota.go.id"]')
    with Counter(tmp_path, officers=rina + DEWI) as counter:
        assert only(own(counter, "ANTREAN", "rina.lama@contohkota.go.id"))["To"] == OFFICER


def test_the_official_may_ask_too(counter):
    assert to(own(counter, "ANTREAN", OFFICIAL), OFFICIAL)
