"""`mailflow demo` walks the five services to their closing, shows every mail it sends, and every command it proposes works."""

import io
import os
import re
import shlex
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

STORY = (
    "1. Siti has forgotten her passphrase (passphrase-loss)",
    "Tue 17 Mar, 09:12 Siti asks for help",
    "[surat-pernyataan.pdf]",
    "kurang 1 berkas (CSR)",
    "Siti completes it",
    "[siti.csr]",
    "Rabu, 25 Maret 2026 pukul 16.00 WIB (18\N{EN DASH}24 Maret libur dan cuti bersama)",
    "To Rina: [Tugas]",
    "Rina answers: Selamat pagi, mohon izin. Acc",
    "Tercatat: SETUJU",
    "The ten minutes are over",
    "Langkah 2 dari 3.",
    "Siti answers: SUDAH",
    "Langkah 3 dari 3.",
    "The request is closed",
    "2. Agus has a new position (data-change)",
    "Rina answers: ADA",
    "Langkah 2 dari 2.",
    "3. Maya's passphrase has leaked (revocation)",
    "12.05 WIB",
    "To Dewi: [Mendesak]",
    "4. Ayu's certificate expires in a month (renewal)",
    "To Ayu: Sertifikat elektronik akan berakhir 29 April 2026 (30 hari lagi)",
    "Ayu answers: BENAR",
    "3. Wulan Sari",
    "Rina answers: SETUJU KECUALI 3",
    "To Ayu: Diperiksa tersendiri: Wulan Sari",
    "Rina answers: TOLAK",
    "5. Agus complains (complaint)",
    "Agus answers: PENGADUAN.",
    "Rina answers: PEJABAT",
    "Dewi answers: SELESAI Mulai 6 April",
    "To Rina: Pagi ini:",
    "Agus answers: BENAR",
    "What became of them",
    "Try next:",
)
CLOSINGS = {
    "passphrase-loss": ("issued", "Selesai: sertifikat lama dicabut, yang baru terbit", "Siti Rahmawati"),
    "data-change": ("changed", "Selesai: data pemohon telah diubah", "Agus Prasetyo"),
    "revocation": ("revoked", "Selesai: sertifikat elektronik telah dicabut", "Maya Puspita Ningrum"),
    "renewal": ("issued", "Selesai: sertifikat elektronik telah terbit", "Ni Luh Ayu"),
    "complaint": ("settled", "Selesai: pengaduan telah dijawab", "Agus Prasetyo"),
}
LONGEST = 540
"""Lines of the whole tour: what somebody reads in one go."""


class Played:
    """A demonstration played in a process of its own: where it lies and what it said."""

    def __init__(self, place: Path, *options: str, path: str = "") -> None:
        self.place = place
        command = [sys.executable, "-m", "mailflow", "demo", "--directory", str(place), *options]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}
        )
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def said(self) -> str:
        """What it said, lines joined that break where they must."""
        return flat(self.out)

    @property
    def sent(self) -> list:
        """The mails that left the counter."""
        files = sorted((self.place / "sent" / "new").iterdir())
        return [message_from_bytes(each.read_bytes(), policy=default) for each in files]

    def rows(self) -> list[list[str]]:
        """The table of the requests in the end."""
        return [
            [cell.strip() for cell in line.strip("│").split("│")]
            for line in self.out.partition("What became of them")[2].splitlines()
            if line.startswith("│ CK-")
        ]


def flat(text: str) -> str:
    """Words alone: what sets them on a terminal left out."""
    return " ".join(re.sub(r"[│─═·]", " ", text).split())


def text_of(letter) -> str:
    return flat(letter.get_body(("plain",)).get_content())


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """A directory whose name every process of the tour carries in its environment, its readers too."""
    return tmp_path_factory.mktemp("marked")


@pytest.fixture(scope="module")
def tour(tmp_path_factory, marked):
    """All five services."""
    return Played(tmp_path_factory.mktemp("demo") / "play", path=str(marked))


@pytest.fixture(scope="module")
def complaint(tmp_path_factory):
    """One service alone, the one that goes on from another, with every mail whole."""
    return Played(tmp_path_factory.mktemp("demo") / "play", "--service", "complaint", "--full")


def test_the_story_is_told_in_order_and_nothing_else_is_said(tour):
    assert (tour.code, tour.err) == (0, "")
    told = tour.said
    for words in STORY:
        assert words in told, words
        told = told.partition(words)[2]


def test_it_is_short_enough_to_be_read(tour):
    assert len(tour.out.splitlines()) <= LONGEST


@pytest.mark.parametrize("service", CLOSINGS)
def test_each_service_reaches_its_closing_and_the_closing_mail_is_shown_whole(tour, service):
    ending, subject, name = CLOSINGS[service]
    assert [service, name, ending] in [[row[1], row[2], row[4]] for row in tour.rows()]
    letter = next(each for each in tour.sent if str(each["Subject"]).startswith(subject))
    shown = tour.said.partition(str(letter["Subject"]))[2]
    for paragraph in re.split(r"\r?\n\r?\n", letter.get_body(("plain",)).get_content()):
        if not re.match(
            r"[A-Z ]+\r?\n|Nomor layanan", paragraph
        ):  # lists and quotations are set in another way
            assert flat(paragraph) in shown, paragraph


def test_parts_of_a_request_are_closed_with_it(tour):
    parts = [row for row in tour.rows() if "." in row[0]]
    assert [row[1] for row in parts] == ["revocation", "revocation"]
    assert all(row[4] == "revoked" for row in parts)


def test_nothing_is_left_open(tour):
    rows = tour.rows()
    assert len(rows) == 8
    assert all(row[3] and row[4] != "open" for row in rows)


def test_every_mail_that_is_sent_is_shown_and_counted(tour):
    for each in tour.sent:
        assert flat(str(each["Subject"])) in tour.said, each["Subject"]
    counts = re.findall(r"│ (\d+) +│$", tour.out.partition("What became of them")[2], re.MULTILINE)
    assert sum(map(int, counts)) == len(tour.sent)


def test_answers_are_shown_without_what_they_quote(tour, complaint):
    for each in (tour, complaint):
        assert "menulis:" not in each.out
        assert not re.search(r"^(│| )+>", each.out, re.MULTILINE)


def test_where_stdout_is_no_terminal_it_is_plain_text(tour, complaint):
    for each in (tour, complaint):
        assert "\x1b" not in each.out
        assert max(map(len, each.out.partition("Try next:")[0].splitlines())) <= 100


def test_no_date_is_shown_but_those_of_its_own_clock(tour):
    months = re.findall(
        r"\d (Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember) (\d{4})",
        tour.said.partition("What became")[0].replace("per 1 November 2026", ""),
    )
    assert set(months) <= {(month, "2026") for month in ("Maret", "April", "Juni")}


def test_no_process_is_left_behind(tour, marked):
    assert tour.code == 0
    environments = []
    for each in Path("/proc").glob("[0-9]*/environ"):
        try:
            environments.append(each.read_bytes())
        except OSError:  # it has ended, or is somebody else's
            continue
    assert not [each for each in environments if str(marked).encode() in each]


def test_every_command_it_proposes_works(tour, call, tmp_path, monkeypatch):
    """The first as a process, as it is written there; the others in this one."""
    commands = [
        shlex.split(line)
        for line in tour.out.partition("Try next:")[2].splitlines()
        if line.startswith("    ")
    ]
    said = [words[words.index("mailflow") + 1] for words in commands]
    assert said == ["cases", "case", "outbox", "try", "rules", "templates", "init"]
    first, *others = commands
    assert all(words[: words.index("mailflow")] == first[: first.index("mailflow")] for words in others)
    answer = subprocess.run(first, capture_output=True, text=True, check=False)
    assert (answer.returncode, bool(answer.stdout), answer.stderr) == (0, True, "")
    for words in others:
        if "init" in words:
            monkeypatch.chdir(tmp_path)
            monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 9))
        answer = call(*words[words.index("mailflow") + 1 :])
        assert answer.code == 0, words
        if "--output" in words:
            assert Path(words[-1]).stat().st_size > 0
        elif "init" not in words:
            assert (bool(answer.out), answer.err) == (True, ""), words


def test_a_directory_is_played_into_only_once(tour):
    again = Played(tour.place)
    assert (again.code, again.out) == (1, "")
    assert "holds a demonstration already" in again.err


@pytest.mark.parametrize("service", sorted(CLOSINGS.keys() - {"complaint"}))
def test_a_service_can_be_played_alone(call, tmp_path, service):
    said = call("demo", "--service", service, "--directory", str(tmp_path / "play"))
    assert (said.code, said.err) == (0, "")
    _, subject, _ = CLOSINGS[service]
    assert subject in flat(said.out)
    acts = [each for each in CLOSINGS if f"({each})" in said.out]
    assert acts == [service]


def test_what_a_service_goes_on_from_is_played_unseen(complaint):
    assert (complaint.code, complaint.err) == (0, "")
    assert "goes on from a request that is played unseen: --service data-change" in complaint.said
    _, subject, _ = CLOSINGS["data-change"]
    assert [row[1] for row in complaint.rows()] == ["data-change", "revocation", "complaint"]
    assert f"Subject: {subject}" not in complaint.said.replace("Subject: Re:", "")


def test_full_shows_every_mail_as_it_is_sent(complaint):
    ours = [each for each in complaint.sent if "engaduan" in text_of(each)]
    assert len(ours) > 5
    for letter in ours:
        assert text_of(letter) in complaint.said, letter["Subject"]
    assert (
        "From: Dinas Komunikasi dan Informatika Kota Contohkota <layanan@contohkota.go.id>" in complaint.said
    )


def test_an_unknown_service_is_refused_with_those_there_are(call):
    said = call("demo", "--service", "sertifikat")
    assert (said.code, said.out) == (1, "")
    assert all(each in said.err for each in CLOSINGS)
