"""The sandbox changes nothing of what is read; and one guilty document costs the message only that document."""

import io
import json
import os
import subprocess
import sys
from email.message import EmailMessage

import pytest
from reportlab.pdfgen import canvas

from mailflow.errors import WorkerError
from mailflow.sandbox import fallback
from mailflow.sandbox.reader import Reader
from parsers.facts import Box, MessageFacts, Origin
from parsers.read import read_document, read_message
from parsers.reading import Budget, Reading, Unreadable

OWN = ("layanan@contohkota.go.id",)


def mail(*attachments, text="Mohon bantuan.", sender="siti@contohkota.go.id"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, OWN[0], "Lupa passphrase"
    message["Message-ID"] = "<1@contohkota.go.id>"
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.fixture(scope="module")
def reader():
    with Reader(Budget(), 10, OWN) as each:
        yield each


@pytest.fixture(scope="module")
def fragile():
    with Reader(Budget(), 2, OWN, functions={"message": "hostile:read_mail"}) as each:
        yield each


def listed(reading):
    return [(one.name, one.kind, one.outcome) for one in reading.facts.documents]


@pytest.mark.parametrize(
    "raw",
    [
        mail(),
        mail(("a.bin", b"\x00\x01"), ("b.bin", b"other")),
        mail(text="Salam \u2014 \U0001f600 \u0000 \ud7ff"),
        mail(sender=OWN[0]),
        mail().replace(b"Lupa passphrase", b"=?utf-8?b?7aCA?= \xff\xfe"),
        mail(("besar.bin", bytes(9_000_000))),
    ],
)
def test_a_message_reads_the_same_inside_and_outside(reader, raw):
    assert reader.read(raw) == read_message(raw, own_addresses=frozenset(OWN), budget=Budget())


def test_a_bare_document_reads_the_same_inside_and_outside(reader):
    assert reader.read_document(b"%PDF-1.4 broken", "surat.pdf") == read_document(
        b"%PDF-1.4 broken", "surat.pdf", Budget()
    )


def test_what_cannot_be_taken_apart_is_unreadable(reader):
    with pytest.raises(Unreadable, match="no header field"):
        reader.read(b"\x00\x01\x02")


@pytest.mark.parametrize(
    ("behaviour", "outcome"), [("endless", "timeout"), ("segfault", "crashed"), ("greedy", "too-large")]
)
def test_one_guilty_document_is_named_and_the_rest_is_read(fragile, behaviour, outcome):
    bomb = f"BOMB {behaviour}".encode()
    reading = fragile.read(mail(("surat.bin", b"one"), ("bom.bin", bomb), ("lain.bin", b"two")))
    assert reading.facts.subject == "Lupa passphrase"
    assert [name for name, _, result in listed(reading) if result == "ok"] == ["surat.bin", "lain.bin"]
    assert listed(reading)[1] == ("bom.bin", "unreadable", outcome)
    assert set(reading.parts.values()) == {b"one", bomb, b"two"}


def test_each_of_several_guilty_documents_has_its_own_outcome(fragile):
    reading = fragile.read(mail(("a.bin", b"BOMB aborted"), ("b.bin", b"good"), ("c.bin", b"BOMB endless")))
    assert [result for _, _, result in listed(reading)] == ["crashed", "ok", "timeout"]
    assert ["left out" in " ".join(one.problems) for one in reading.facts.documents] == [True, False, True]


def test_a_message_that_kills_without_documents_is_a_death(fragile):
    with pytest.raises(WorkerError) as caught:
        fragile.read(mail(("a.bin", b"good"), text="BOMB in the text"))
    assert caught.value.outcome == "crashed"


def test_all_tries_on_one_message_together_have_an_end(monkeypatch):
    now = 0.0
    monkeypatch.setattr(fallback.time, "monotonic", lambda: now)
    asked = []

    def attempt(skip, seconds):
        nonlocal now
        asked.append(seconds)
        if len(skip) == 8:
            return Reading(facts=MessageFacts(origin=Origin(kind="person", reason="a test")), parts={})
        now += seconds
        raise WorkerError("slow", "timeout")

    fallback.one_by_one(attempt, 8, seconds=10, spent=10)
    assert asked == [10, 10, 10, 10, 10, 10]
    assert now + 10 == fallback.MESSAGE_SECONDS


def test_a_document_may_take_its_time_beside_others_that_took_theirs(monkeypatch):
    now = 0.0
    monkeypatch.setattr(fallback.time, "monotonic", lambda: now)

    def attempt(skip, seconds):
        nonlocal now
        now += (needed := 6.0 * (3 - len(skip)))
        if needed > seconds:
            raise WorkerError("slow", "timeout")
        return Reading(facts=MessageFacts(origin=Origin(kind="person", reason=str(len(skip)))), parts={})

    assert fallback.one_by_one(attempt, 3, seconds=10, spent=10).facts.origin.reason == "0"


def test_the_daemon_loads_no_parser_of_strangers_bytes():
    script = "import json, sys; import mailflow.sandbox.reader; print(json.dumps(sorted(sys.modules)))"
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=environment)
    loaded = json.loads(done.stdout)
    assert not [
        name
        for name in loaded
        if name.startswith(("pypdfium2", "pdfplumber", "PIL", "parsers.documents", "parsers.mime"))
    ]


def test_a_page_is_drawn_for_the_officer_and_a_hostile_one_is_not(reader):
    page = io.BytesIO()
    sheet = canvas.Canvas(page)
    sheet.drawString(100, 700, "NIP : 198501012010011001")
    sheet.save()
    drawn = reader.picture(page.getvalue(), "application/pdf", 1, [Box(x0=100, y0=130, x1=200, y1=150)])
    assert drawn is not None
    assert drawn.startswith(b"\xff\xd8\xff")
    assert reader.picture(b"%PDF-1.4 nothing", "application/pdf", 1, []) is None
    with Reader(Budget(), 2, OWN, functions={"picture": "hostile:draw"}) as hostile:
        assert hostile.picture(b"", "application/pdf", 1, []) is None
