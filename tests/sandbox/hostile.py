"""Readers that misbehave: the zygote is pointed at `read_message`, and the first word of the message chooses how."""

import ctypes
import hashlib
import json
import os
import signal
import socket
import time
from pathlib import Path

from parsers import read
from parsers.facts import MessageFacts, Origin
from parsers.message import document_parts
from parsers.mime import decoded
from parsers.reading import Reading, Unreadable


def read_message(raw, *, own_addresses, budget, skip_parts=frozenset()):
    word, _, rest = raw.partition(b" ")
    return globals()[word.decode()](rest.decode())


def read_document(data, name, *, budget):
    return read_message(data, own_addresses=frozenset(), budget=budget)


def draw(data, media_type, boxes, page):
    os.abort()


def read_mail(raw, *, own_addresses, budget, skip_parts=frozenset()):
    """Read as the real reader does, but with one that does what a document of the form `BOMB behaviour` says."""
    for number, part in enumerate(document_parts(read._walk(raw, budget))):
        mark, _, behaviour = decoded(part).decode(errors="replace").strip().partition(" ")
        if mark == "BOMB" and number not in skip_parts:
            globals()[behaviour]("")
    if b"BOMB in the text" in raw:
        os.abort()
    return read.read_message(raw, own_addresses=own_addresses, budget=budget, skip_parts=skip_parts)


def reading(found="", parts=()):
    facts = MessageFacts(origin=Origin(kind="person", reason="a test"), new_text=json.dumps(found))
    return Reading(facts=facts, parts={hashlib.sha256(part).hexdigest(): part for part in parts})


def attempt(action):
    try:
        return f"done: {action()}"
    except OSError as error:
        return type(error).__name__


def polite(rest):
    return reading(rest, [rest.encode()])


def confused(rest):
    raise Unreadable("multipart message without its boundary")


def endless(rest):
    while True:
        pass


def asleep(rest):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    while True:
        time.sleep(1000)


def waiting(rest):
    """End when whoever runs the test says so, through the only thing left: its own time."""
    until = time.monotonic() + float(rest)
    while time.monotonic() < until:
        pass
    return reading("read to the end")


def greedy(rest):
    return reading(len(bytearray(10 * 1024**3)))


def aborted(rest):
    os.abort()


def segfault(rest):
    ctypes.string_at(0)


def exiting(rest):
    raise SystemExit(0)


def vanishing(rest):
    os._exit(0)


def deep(rest):
    return deep(rest)


def loud(rest):
    print("SECRET-OF-A-LETTER", flush=True)  # noqa: T201 - that is the misdeed
    os.write(2, b"SECRET-OF-A-LETTER")
    os.write(1, b"SECRET-OF-A-LETTER")
    return reading("said")


def telling(rest):
    raise ValueError(rest)


def breeding(rest):
    def fork():
        if os.fork() == 0:
            os.setsid()
            while True:
                pass

    return reading([attempt(fork) for _ in range(20)])


def executing(rest):
    return reading(attempt(lambda: os.execv("/bin/true", ["true"])))  # noqa: S606 - that is the misdeed


def writing(path):
    kept = Path(path) / "kept"
    tries = {
        "create": lambda: (Path(path) / "new").write_text("x"),
        "overwrite": lambda: kept.write_text("x"),
        "unlink": kept.unlink,
        "rename": lambda: kept.rename(Path(path) / "moved"),
        "mkdir": (Path(path) / "folder").mkdir,
        "chmod": lambda: kept.chmod(0o777),
        "truncate": lambda: os.truncate(path, 0),
        "utime": lambda: os.utime(kept, (1, 1)),
        "symlink": lambda: (Path(path) / "link").symlink_to("kept"),
    }
    return reading({name: attempt(action) for name, action in tries.items()})


def snooping(path):
    looked = ("/etc/passwd", path, f"/proc/{os.getppid()}/environ", "/proc/self/environ")
    return reading([attempt(Path(each).read_bytes) for each in looked])


def calling(port):
    def connect():
        with socket.create_connection(("127.0.0.1", int(port)), timeout=1) as line:
            line.sendall(b"hello")

    return reading([attempt(connect), attempt(socket.socketpair)])


def killing(pids):
    victims = [os.getppid(), *map(int, pids.split())]
    tried = [
        attempt(lambda pid=pid, kill=kill: kill(pid, signal.SIGKILL))
        for pid in victims
        for kill in (os.kill, os.killpg)
    ]
    return reading(tried)


def killing_all(rest):
    return reading(attempt(lambda: os.kill(-1, signal.SIGKILL)))


def surviving(rest):
    """Ask to outlive the zygote, then wait for its end."""
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    asleep(rest)


def looking(rest):
    descriptors = [
        number for number in range(200) if attempt(lambda number=number: os.fstat(number)).startswith("done")
    ]
    return reading({"environment": dict(os.environ), "descriptors": descriptors})


def loading(rest):
    """What an honest library does late: import a module, use a charset."""
    import wave  # noqa: PLC0415

    return reading([wave.__name__, b'\x1b$B$"\x1b(B'.decode("iso2022_jp")])


def verbose(rest):
    return reading("x" * 5_000_000)


def heavy(rest):
    return reading("", [bytes(100_000_000)])


def lying(rest):
    facts = MessageFacts(origin=Origin(kind="person", reason="a test"))
    return Reading(facts=facts, parts={"0" * 64: b"something else"})


def forging(answer):
    """Speak past the protocol on the child's own socket."""
    os.write(4, bytes.fromhex(answer))
    os._exit(0)


def flooding(rest):
    while True:
        os.write(4, b"\xff" * 65536)
