"""A database and letters of the first release, kept as they were made: what was open there goes on.

`first_release/` was written by that release itself: a complaint, the officer's letter about it, and the database as it was then.
"""

import gzip
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.support.counter import ADMIN, OFFICER, Counter

KEPT = Path(__file__).parent / "first_release"


@pytest.fixture
def counter(tmp_path):
    (tmp_path / "mailflow.db").write_bytes(gzip.decompress((KEPT / "mailflow.db.gz").read_bytes()))
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as counter:
        counter.later(minutes=5)
        yield counter


@pytest.mark.parametrize("by_token", [True, False], ids=["its token", "its Message-ID"])
def test_a_letter_that_is_open_goes_on_counting(counter, by_token):
    letter = message_from_bytes((KEPT / "task.eml").read_bytes(), policy=default)
    if not by_token:
        del letter["Reply-To"]
    word = counter.mail(OFFICER, "SELESAI sudah kami tanggapi hari ini.", answers=letter)
    if by_token:
        word = word.replace(b"In-Reply-To:", b"X-Dropped:").replace(b"References:", b"X-Dropped-Too:")
    counter.receive(word)
    assert [each["decision"] for each in counter.tasks] == ["done"]
    assert ADMIN not in [each["To"] for each in counter.sent], "an upgrade is no restore"


def test_its_mail_is_known_again_whatever_a_server_stamps_on_it(counter):
    assert counter.receive(b"X-Cyrus-Session-Id: cyrus-1-2\r\n" + (KEPT / "mail.eml").read_bytes()) == []
    assert len(counter.cases) == 1


def test_the_next_request_has_the_next_number(counter):
    counter.receive(
        counter.mail("joko@contohkota.go.id", "PENGADUAN\n\nSaya menunggu lama.", subject="Pengaduan layanan")
    )
    assert {each["id"][:10] for each in counter.cases} == {"CK-26-0001", "CK-26-0002"}
