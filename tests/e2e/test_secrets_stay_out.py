"""A private key that was sent to us is nowhere afterwards; personal data stands in no file and no log in clear."""

import base64
import os
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from sqlmodel import select

from mailflow.config import load
from mailflow.store import tables
from tests.support import requests
from tests.support.bounces import bounce
from tests.support.counter import APPLICANT, BEGIN, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE, SITI

ANISA = PEOPLE[1]


def private_key(number: int = 77) -> bytes:
    key = requests.rsa_key(number=number)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def marks_of(pem: bytes) -> list[bytes]:
    """Pieces by which the key would be found again: base64 lines, the same shifted, and the raw bytes."""
    body = b"".join(pem.splitlines()[1:-1])
    raw = base64.b64decode(body)
    inner = [base64.b64encode(raw[shift : shift + 300])[4:60] for shift in range(3)]
    return [pem.splitlines()[4], body[200:260], raw[100:130], raw[100:130].hex().encode(), *inner]


def everything(directory) -> bytes:
    """All bytes the counter has written, sealed or not."""
    return b"\n".join(file.read_bytes() for file in sorted(directory.rglob("*")) if file.is_file())


def opened(counter) -> bytes:
    """All the database holds, unsealed."""
    found = []
    with counter.office.database.reading() as session:
        for model in (*tables.SQLModel.__subclasses__(),):
            for row in session.exec(select(model)):
                found += [
                    value if isinstance(value, bytes) else str(value).encode()
                    for value in row.model_dump().values()
                ]
    return b"\n".join(found)


def pkcs8_der() -> bytes:
    return requests.rsa_key(number=77).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


WAYS = {
    "an attached file": lambda pem: (("kunci.key", pem, "application/octet-stream"),),
    "a file with another name": lambda pem: (("permintaan.txt", pem, "text/plain"),),
    "a picture's name": lambda pem: (("foto.jpg", pem, "image/jpeg"),),
    "one file with the CSR": lambda pem: (
        (
            "semua.pem",
            requests.pem(requests.request(requests.rsa_key(number=77))).encode() + pem,
            "application/x-pem-file",
        ),
    ),
    "binary": lambda _: (("kunci.der", pkcs8_der(), "application/octet-stream"),),
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS.keys())
def test_a_private_key_sent_to_us_is_nowhere_afterwards_and_the_applicant_is_told(tmp_path, files):
    pem = private_key()
    with Counter(tmp_path) as counter:
        sent = counter.receive(
            counter.mail(
                text="lupa passphrase, mohon dibantu", files=(counter.letter(), counter.csr(), *files(pem))
            )
        )
        assert "kunci privat" in " ".join(text_of(each) for each in sent if each["To"] == APPLICANT).lower()
        counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        assert counter.case["step"] == "revoke-old"
        counter.work()
        clear = opened(counter)
    written = everything(tmp_path)
    for mark in marks_of(pem):
        assert mark not in written
        assert mark not in clear
    left = [
        file
        for file in (tmp_path / "inbox").rglob("*")
        if b"From:" in (file.read_bytes() if file.is_file() else b"")
    ]
    assert len(left) == 1, "the server keeps the officer's mail only"


def test_a_private_key_in_the_text_is_cut_out(tmp_path):
    pem = private_key()
    with Counter(tmp_path) as counter:
        sent = counter.receive(
            counter.mail(text=f"lupa passphrase, mohon dibantu\n\n{pem.decode()}\nterima kasih")
        )
        assert APPLICANT in {each["To"] for each in sent}
        clear = opened(counter)
    written = everything(tmp_path)
    assert not [mark for mark in marks_of(pem) if mark in written or mark in clear]


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "html"])
def test_a_passphrase_in_the_text_is_cut_out_and_the_applicant_is_told(tmp_path, plain):
    text = "Mohon dibantu, saya lupa passphrase. Passphrase lama saya: Rahasia123, sudah ditolak."
    with Counter(tmp_path) as counter:
        raw = counter.mail(text=text)
        if not plain:
            marked = f"<p>{text.replace('Rahasia', '<b>Rahasia</b>')}</p>".encode()
            raw = raw.replace(b"text/plain", b"text/html").replace(text.encode(), marked)
        sent = counter.receive(raw)
        assert "passphrase" in " ".join(str(each["Subject"]) for each in sent)
        assert [each["template"] for each in counter.outbox].count("applicant-passphrase-removed") == 1
        clear = opened(counter)
    kept = clear + everything(tmp_path)
    assert b"Rahasia123" not in kept
    assert b"Rahasia</b>123" not in kept


def test_a_pkcs12_with_a_key_is_purged(tmp_path):
    key = requests.rsa_key(number=77)
    store = pkcs12.serialize_key_and_certificates(
        b"siti", key, None, None, BestAvailableEncryption(b"rahasia")
    )
    with Counter(tmp_path) as counter:
        counter.receive(
            counter.mail(
                text="lupa passphrase, mohon dibantu", files=(("siti.p12", store, "application/x-pkcs12"),)
            )
        )
        clear = opened(counter)
    assert store[100:140] not in everything(tmp_path)
    assert store[100:140] not in clear


def run(directory, *words: str, **environment: str) -> subprocess.CompletedProcess:
    """The command line as people run it."""
    command = [sys.executable, "-m", "mailflow", *words]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=directory,
        env={**os.environ, **environment},
    )


def test_names_numbers_and_addresses_stand_in_no_file_and_no_log_in_clear(tmp_path):
    pem = private_key()
    with Counter(tmp_path) as counter:
        counter.deliver(
            counter.mail(
                text=f"Mohon dibantu, {SITI.name} lupa passphrase",
                name=SITI.name,
                files=(counter.letter(), counter.csr(), ("kunci.pem", pem, "text/plain")),
            )
        )
        counter.deliver(
            counter.mail(
                ANISA.email,
                "Kapan ada pelatihan?",
                name=ANISA.name,
                files=((f"foto {ANISA.name}.csr", b"x", "application/pkcs10"),),
            )
        )
        counter.deliver(
            counter.mail(
                ANISA.email,
                "lupa passphrase, mohon dibantu",
                name=ANISA.name,
                files=(counter.letter(ANISA), counter.csr(ANISA, 2)),
            )
        )
        counter.deliver(
            f"From: {SITI.email}\r\nFrom: {ANISA.email}\r\nSubject: {SITI.name}\r\n\r\nhalo {SITI.nip}\r\n".encode()
        )
        moment = counter.clock.moment
    done = run(tmp_path, "run", "--once", "--at", moment.isoformat(), "--config", str(counter.config_file))
    assert done.returncode == 0, done.stderr
    with Counter(tmp_path) as counter:
        counter._files.clear()
        counter.sent += counter.letters_sent()
        letter = counter.letter_to(ANISA.email)
        counter.deliver(bounce(letter, ANISA.email))
        counter.deliver(
            counter.mail(
                OFFICER,
                f"TOLAK data {SITI.name} tidak sama",
                answers=next(
                    each for each in counter.sent if SITI.name in each["Subject"] and each["To"] == OFFICER
                ),
            )
        )
    again = run(
        tmp_path,
        "run",
        "--once",
        "--at",
        BEGIN.replace(hour=11).isoformat(),
        "--config",
        str(counter.config_file),
    )
    assert again.returncode == 0, again.stderr
    database = b"".join(file.read_bytes() for file in tmp_path.glob("mailflow.db*"))
    log = done.stderr + done.stdout + again.stderr + again.stdout
    for person in (SITI, ANISA):
        for personal in (person.name, person.nip, person.printed_nip, person.nik, person.email, person.phone):
            assert personal.encode() not in database, personal
            assert personal not in log, personal
    for mark in marks_of(pem):
        assert mark not in database + log.encode()
    assert "bounced" in done.stderr + again.stderr


OTHER_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("key", "said"),
    [("", "store.key"), ("zu-kurz", "store.key"), (OTHER_KEY, "store.key")],
    ids=["missing", "malformed", "another"],
)
def test_a_store_key_that_cannot_be_right_is_said_in_one_line_with_the_remedy(tmp_path, key, said):
    with Counter(tmp_path) as counter:
        counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))
        right = load(counter.config_file).store.key.get_secret_value()
    counter.config_file.write_text(counter.config_file.read_text().replace(right, key))
    before = (tmp_path / "mailflow.db").read_bytes()
    for command in (("cases",), ("run", "--once")):
        done = run(tmp_path, *command, "--config", str(counter.config_file))
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert (tmp_path / "mailflow.db").read_bytes() == before
