"""`mailflow try` explains, and changes nothing: not the database, not the mailbox, not the outbox."""

import hashlib
import json

import pytest

from mailflow.demo import cast
from mailflow.explain import looks_like_mail
from tests.support.counter import ADMIN, APPLICANT, OFFICER, Counter, configuration, text_of

KEYS = {"origin", "sender", "case", "sop", "match", "documents", "checks", "effects", "problems"}


@pytest.fixture
def explain(call, tmp_path):
    """Write a file and try it."""

    def run(name, data, *words, counter):
        file = tmp_path / name
        file.write_bytes(data)
        return call("try", str(file), *words, counter=counter)

    return run


def test_a_request_is_explained_with_the_promised_keys(explain, counter):
    mail = counter.mail(text="Saya lupa passphrase.", files=(counter.letter(), counter.csr()))
    data = explain("request.eml", mail, "--json", counter=counter).data
    assert set(data) >= KEYS
    assert data["origin"]["kind"] == "person"
    assert set(data["sender"]) >= {"address", "authenticated", "method"}
    assert (data["sop"], data["case"]) == ("passphrase-loss", None)
    assert data["match"]["score"] > 0
    assert data["match"]["reasons"]
    assert {"id", "verdict", "message", "authority"} <= set(data["checks"][0])
    assert {each["verdict"] for each in data["checks"]} <= {"pass", "warn", "fail", "unknown"}
    assert [(each["type"], each["to"], each["template"]) for each in data["effects"]] == [
        ("mail", APPLICANT, "applicant-request-received"),
        ("task", OFFICER, "officer-task-assigned"),
    ]
    assert all(each["subject"] and each["body"] for each in data["effects"])


def test_every_field_tells_its_place_on_the_page(explain, counter):
    mail = counter.mail(text="Lupa passphrase", files=(counter.letter(),))
    (letter,) = explain("letter.eml", mail, "--json", counter=counter).data["documents"]
    assert {
        "name",
        "media_type",
        "kind",
        "score",
        "pages",
        "method",
        "fields",
        "signatures",
        "problems",
    } <= set(letter)
    assert letter["kind"] == "passphrase-loss-statement"
    nip = letter["fields"]["nip"]
    assert set(nip) >= {"value", "raw", "confidence", "certain", "page", "note"}
    assert (nip["value"], nip["certain"], nip["page"]) == ("198504122010012007", True, 1)
    assert 0 < nip["box"]["x0"] < nip["box"]["x1"] < 600


def test_a_person_reads_it_without_json(explain, counter):
    mail = counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),))
    out = explain("letter.eml", mail, counter=counter).out
    for words in (
        "origin    person",
        "SOP       passphrase-loss",
        "[page 1 at ",
        "checks\n",
        "1 letter would be sent",
        "BELUM ADA",
    ):
        assert words in out


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("surat.pdf", cast.letter(), "passphrase-loss-statement"),
        ("siti.csr", cast.csr(), "csr"),
    ],
)
def test_a_bare_document_is_explained_too_and_nobody_is_written_to(explain, counter, name, data, kind):
    said = explain(name, data, "--json", counter=counter)
    assert said.data["documents"][0]["kind"] == kind
    assert said.data["effects"] == []
    assert "a bare document has no sender" in said.data["problems"][0]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff" * 500, b"%PDF-1.7 broken", b"From: a\n", b"Subject: \xff\xfe\n\n\xff"]
)
def test_what_nobody_can_read_is_explained_as_that(explain, counter, data):
    said = explain("thing", data, "--json", counter=counter)
    assert said.code == 0
    assert set(said.data) >= KEYS


def test_an_officers_word_is_explained_by_what_it_would_bring_about(explain, counter):
    counter.complete_request()
    word = counter.mail(OFFICER, "SETUJU", answers=counter.task_letter())
    data = explain("word.eml", word, "--json", counter=counter).data
    assert (data["case"], data["sop"]) == (counter.case["id"], "passphrase-loss")
    assert [(each["to"], each["template"]) for each in data["effects"]] == [(OFFICER, "officer-word-receipt")]


def test_what_it_tells_is_what_then_happens(explain, counter, monkeypatch):
    clock = counter.clock
    monkeypatch.setattr("mailflow.bootstrap.system_clock", clock)
    for mail in (
        counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)),
        counter.mail("lain@contohkota.go.id", "Lupa passphrase", files=(counter.letter(), counter.csr())),
        counter.mail("tamu@example.go.id", "Kapan rapatnya?", subject="Rapat"),
    ):
        told = explain("mail.eml", mail, "--json", counter=counter).data["effects"]
        sent = counter.receive(mail)
        assert [(each["to"], each["subject"]) for each in told] == [
            (each["To"], each["Subject"]) for each in sent
        ]
        assert [each["body"] for each in told if each["type"] == "mail"] == [
            text_of(each).replace("\r\n", "\n") for each in sent if "[Tugas]" not in each["Subject"]
        ]


def test_observing_tells_the_same_to_the_administrators_alone(tmp_path):
    with Counter(tmp_path, intake="observe") as counter:
        (told,) = counter.receive(
            counter.mail(text="Lupa passphrase.", files=(counter.letter(), counter.csr()))
        )
        assert told["To"] == ADMIN
        assert f"{APPLICANT}: " in text_of(told)
        assert f"{OFFICER}: [Tugas]" in text_of(told)
        assert (counter.cases, counter.tasks) == ([], [])
        assert len(counter.outbox) == 1


def test_nothing_is_changed(explain, counter):
    counter.complete_request()
    word = counter.mail(OFFICER, "SETUJU", answers=counter.task_letter())
    before = _everything(counter)
    for name, mail in (
        ("word.eml", word),
        ("new.eml", counter.mail("ani@contohkota.go.id", "Lupa passphrase", files=(counter.letter(),))),
    ):
        assert explain(name, mail, counter=counter).code == 0
    assert _everything(counter) == before
    assert counter.work() == []


def test_it_works_beside_a_running_daemon(explain, counter):
    mail = counter.mail(text="Lupa passphrase", files=(counter.letter(),))
    with counter.office.database.sole_instance():
        assert explain("letter.eml", mail, counter=counter).code == 0


def test_it_works_without_a_database_and_makes_none(call, tmp_path):
    place = tmp_path / "fresh"
    place.mkdir()
    (place / "mailflow.toml").write_text(configuration(place))
    (tmp_path / "surat.pdf").write_bytes(cast.letter())
    said = call("try", str(tmp_path / "surat.pdf"), "--json", "--config", str(place / "mailflow.toml"))
    assert said.data["sop"] == "passphrase-loss"
    assert [file.name for file in place.iterdir()] == ["mailflow.toml"]


@pytest.mark.parametrize(
    ("data", "mail"),
    [
        (b"Received: by mx\nFrom: a@x.go.id\n\ntext", True),
        (b"From a@x.go.id Tue Mar 17 2026\nFrom: a@x.go.id\n\ntext", True),
        (b"X-Odd: 1\r\nSubject: y\r\n\r\ntext", True),
        (b"%PDF-1.4\n", False),
        (b"-----BEGIN CERTIFICATE REQUEST-----\n", False),
        (b"Dear all,\nFrom: me\n", False),
    ],
)
def test_messages_are_told_from_documents(data, mail):
    assert looks_like_mail(data) is mail


def _everything(counter):
    """A digest of every row, and the files of mailbox and outbox."""
    digest = hashlib.sha256()
    with counter.office.database.engine.connect() as connection:
        for line in connection.connection.driver_connection.iterdump():
            digest.update(line.encode())
    files = sorted(
        str(file) for folder in ("inbox", "sent") for file in (counter.directory / folder).rglob("*")
    )
    return digest.hexdigest(), json.dumps(files)


def test_what_a_gateway_wrote_is_shown_as_passed_over(explain, counter):
    counter.complete_request()
    raw = counter.mail(
        OFFICER,
        "CAUTION: This email originated from outside of the organization. Do not click links.\n\nSETUJU",
        answers=counter.task_letter(),
    )
    data = explain("banner.eml", raw, "--json", counter=counter).data
    assert data["passed_over"] == [
        "CAUTION: This email originated from outside of the organization. Do not click links."
    ]
    assert "passed over, a gateway's words: CAUTION" in explain("banner.eml", raw, counter=counter).out
