"""Whatever a hostile letter makes of its reader, it harms nothing and the next letter is read."""

import json
import os
import socket

import pytest

from mailflow.errors import WorkerError
from mailflow.sandbox.reader import Reader
from parsers.reading import Budget, Unreadable

HOSTILE = {"message": "hostile:read_message", "document": "hostile:read_document"}


@pytest.fixture(scope="module")
def reader():
    with Reader(Budget(), 2, (), functions=HOSTILE) as each:
        yield each


@pytest.fixture(autouse=True)
def _reads_the_next_letter(reader):
    yield
    assert found(reader, b"polite still here") == "still here"


def found(reader, message):
    return json.loads(reader.read_document(message, "x").facts.new_text)


def outcome(reader, message):
    with pytest.raises(WorkerError) as caught:
        reader.read_document(message, "x")
    return caught.value.outcome


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ("endless", "timeout"),
        ("asleep", "timeout"),
        ("greedy", "too-large"),
        ("aborted", "crashed"),
        ("segfault", "crashed"),
        ("exiting", "crashed"),
        ("vanishing", "crashed"),
        ("deep", "crashed"),
        ("verbose", "too-large"),
        ("heavy", "too-large"),
        ("lying", "crashed"),
        ("flooding", "too-large"),
    ],
)
def test_what_kills_a_reader_has_a_name(reader, behaviour, expected):
    assert outcome(reader, behaviour.encode()) == expected


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00",
        b"\x00\x00\x00\x05",
        b"\x00\x00\x00\x02{}",
        b"\x00\x00\x00\x04\xff\xff\xff\xff",
        b'\x00\x00\x00\x1f{"outcome":"ok","sizes":[-1,5]}',
        b'\x00\x00\x00\x1b{"outcome":"ok","sizes":[]}',
        b'\x00\x00\x00\x1c{"outcome":"ok","sizes":[2]}{}',
        b'\x00\x00\x00\x1e{"outcome":"ok","sizes":[900]}{}',
    ],
)
def test_an_answer_that_breaks_the_protocol_is_a_crash(reader, answer):
    assert outcome(reader, b"forging " + answer.hex().encode()) == "crashed"


def test_a_message_that_cannot_be_taken_apart_says_so(reader):
    with pytest.raises(Unreadable, match="without its boundary"):
        reader.read_document(b"confused", "x")


def test_the_text_of_an_exception_stays_inside(reader):
    with pytest.raises(WorkerError) as caught:
        reader.read_document(b"telling 198501012010011001", "x")
    assert "1985" not in str(caught.value)
    assert "ValueError in hostile" in str(caught.value)


def test_what_a_reader_prints_reaches_no_log(reader, capfd):
    assert found(reader, b"loud") == "said"
    assert capfd.readouterr() == ("", "")


def test_a_reader_starts_no_process(reader):
    assert set(found(reader, b"breeding")) == {"PermissionError"}
    assert found(reader, b"executing") == "PermissionError"


def test_a_reader_changes_no_file(reader, tmp_path):
    kept = tmp_path / "kept"
    kept.write_text("as it was")
    before = kept.stat()
    tried = found(reader, b"writing " + bytes(tmp_path))
    assert not [name for name, result in tried.items() if result.startswith("done")]
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text() == "as it was"
    assert (kept.stat().st_mode, kept.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


def test_a_reader_reads_no_file_of_the_machine(reader, tmp_path):
    if not reader.capabilities().landlock:
        pytest.skip("this kernel has no Landlock: reading is limited by the service's own sandbox")
    secret = tmp_path / "secret"
    secret.write_text("key")
    assert set(found(reader, b"snooping " + bytes(secret))) == {"PermissionError"}


def test_a_reader_reaches_no_network(reader):
    with socket.create_server(("127.0.0.1", 0)) as server:
        tried = found(reader, b"calling %d" % server.getsockname()[1])
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert set(tried) == {"PermissionError"}


def test_a_reader_kills_neither_zygote_nor_daemon(reader):
    zygote = reader.zygote_pid
    tried = found(reader, b"killing %d" % os.getpid())
    assert not [result for result in tried if result.startswith("done")]
    assert found(reader, b"killing_all") in ("PermissionError", "ProcessLookupError")
    assert reader.zygote_pid == zygote


def test_a_reader_inherits_no_secret_and_no_descriptor(monkeypatch):
    monkeypatch.setenv("MAILFLOW_STORE__KEY", "very secret")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", "/run/credentials/mailflow.service")
    with socket.socket() as open_socket, Reader(Budget(), 2, (), functions=HOSTILE) as each:
        os.set_inheritable(open_socket.fileno(), True)
        seen = found(each, b"looking")
    assert not [name for name in seen["environment"] if name.startswith(("MAILFLOW", "CREDENTIALS"))]
    assert seen["descriptors"] == [0, 1, 2, 3, 4]


def test_an_honest_library_still_finds_its_modules(reader):
    assert found(reader, b"loading") == ["wave", "あ"]
