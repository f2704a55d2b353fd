"""What officers write to the counter, and how the answers are found."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.support.counter import OFFICER, Counter, text_of
from tests.support.letters import SITI, Person


def own(
    counter: Counter, text: str, officer: str = OFFICER, subject: str = "(tanpa perihal)", **more
) -> list:
    """Send an officer's own mail."""
    return counter.receive(counter.mail(officer, text, subject=subject, **more))


def only(letters: list) -> EmailMessage:
    """The one letter among these."""
    (letter,) = letters
    return letter


def to(letters: list, address: str) -> EmailMessage:
    """The one letter to somebody among these."""
    return only([each for each in letters if each["To"] == address])


def words(letter: EmailMessage) -> str:
    """The text of a letter with its lines joined."""
    return " ".join(text_of(letter).split())


def somebody(number: int) -> Person:
    """One of many applicants, each with a NIP and an address of their own."""
    return replace(SITI, nip=f"1985041220100120{number:02d}", email=f"pemohon{number}@contohkota.go.id")


def request_of(counter: Counter, person: Person, key: int) -> bytes:
    """A whole request of somebody in one mail."""
    files = (counter.letter(person), counter.csr(person, key))
    return counter.mail(person.email, "lupa passphrase, mohon dibantu", files=files)


def forward(counter: Counter, text: str, original: bytes, officer: str = OFFICER) -> bytes:
    """A forward with the message attached whole, as `Forward as attachment` makes it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = officer, "layanan@contohkota.go.id", "Fwd: surat"
    message["Message-ID"] = f"<fwd.{counter.clock.moment:%d%H%M%S}.{len(counter.sent)}@contohkota.go.id>"
    message.set_content(text)
    message.add_attachment(message_from_bytes(original, policy=default))
    return message.as_bytes()
