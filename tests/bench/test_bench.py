"""The measurement measures: every message worked off and answered by both programs, and the figures are there."""

import re
import subprocess
import sys

import pytest

from parsers.identity.numbers import disagreements, read_nik, read_nip
from tests.bench import mails
from tests.support.server import ServerMissingError, binary


def test_every_mail_has_its_own_person_whose_numbers_fit():
    people = [mails.person(number) for number in range(1, 500)]
    assert len({each.nip for each in people}) == len({each.email for each in people}) == len(people)
    for each in people:
        nip, nik = read_nip(each.nip), read_nik(each.nik)
        assert nip is not None
        assert nik is not None
        assert disagreements(nip, nik) == ()


def test_both_programs_work_everything_off_and_are_compared():
    try:
        binary("dovecot")
    except ServerMissingError as missing:
        pytest.skip(str(missing))
    command = [sys.executable, "-m", "tests.bench", "--messages", "8", "--runs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for kind in ("tiny", "letter + CSR"):
        assert f"{kind}: 8 messages, 1 runs" in done.stdout
    for figure in ("messages/s", "CPU ms/message", "peak memory MiB"):
        assert len(re.findall(rf"{figure}( +-?[\d.]+ / -?[\d.]+ / -?[\d.]+){{3}}", done.stdout)) == 2
    for station in (
        "read (in the worker; here: waiting)",
        "checks",
        "render",
        "compose",
        "commit (all)",
        "move on IMAP",
    ):
        assert re.search(rf"{re.escape(station)} +\d+\.\d\d +\d+% +\d+", done.stdout), station
