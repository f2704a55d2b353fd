"""`mailflow demo` tells its story, and every command it proposes works."""

import re
import shlex
import subprocess
import sys

import pytest

STORY = (
    "1. Siti asks for help Tue 17 Mar 2026, 09:12",
    "Files: surat-pernyataan.pdf",
    "kurang 1 berkas (CSR)",
    "2. Siti completes it",
    "Files: siti.csr",
    "Rabu, 25 Maret 2026 pukul 16.00 WIB",
    "libur dan cuti bersama",
    "[Tugas]",
    "3. Rina decides",
    "Selamat pagi, mohon izin. Acc",
    "Tercatat: SETUJU",
    "4. The ten minutes are over",
    "Disetujui, 2 langkah lagi di AMS",
    "5. Siti reports",
    "SUDAH",
    "6. Rina looks in AMS",
    "SELESAI",
    "7. The request is closed",
    "Selesai: sertifikat lama dicabut, yang baru terbit",
    "Timeline of CK-26-0001-S (passphrase-loss)",
    "(closed)",
    "Try next:",
)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The demonstration, played once in a process of its own; where it lies and what it said."""
    place = tmp_path_factory.mktemp("demo") / "play"
    command = [sys.executable, "-m", "mailflow", "demo", "--directory", str(place)]
    return place, subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_story_is_told_in_order_and_nothing_else_is_said(played):
    _, done = played
    assert (done.returncode, done.stderr) == (0, "")
    told = " ".join(done.stdout.replace("│", " ").split())  # mails break their lines where they must
    for words in STORY:
        assert words in told, words
        told = told.partition(words)[2]


def test_mails_are_shown_whole_and_without_what_they_quote(played):
    _, done = played
    assert (
        "From:    Dinas Komunikasi dan Informatika Kota Contohkota <layanan@contohkota.go.id>" in done.stdout
    )
    assert "menulis:" not in done.stdout
    assert not re.search(r"^│ >", done.stdout, re.MULTILINE)


def test_every_command_it_proposes_works(played, tmp_path):
    _, done = played
    commands = [
        shlex.split(line)
        for line in done.stdout.partition("Try next:")[2].splitlines()
        if line.startswith("    ")
    ]
    assert [words[words.index("mailflow") + 1] for words in commands] == ["case", "outbox", "try", "init"]
    for words in commands:
        where = tmp_path if "init" in words else None
        answer = subprocess.run(words, capture_output=True, text=True, check=False, input="\n" * 9, cwd=where)
        assert (answer.returncode, answer.stderr) == (0, ""), words
        assert answer.stdout


def test_a_directory_is_played_into_only_once(played):
    place, _ = played
    command = [sys.executable, "-m", "mailflow", "demo", "--directory", str(place)]
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (1, "")
    assert "holds a demonstration already" in again.stderr
