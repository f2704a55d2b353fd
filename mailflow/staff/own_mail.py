"""An officer's mail of their own: `ANTREAN`, `LAYANAN`, `CARI`, `CATAT`, `AMBIL`, `DAFTAR`, `BANTUAN` (design §8), one file per word.

It counts only from the officer's own address, proven like a decision; the answer goes to the address in the configuration, never to where
the mail says it comes from.
"""

from collections.abc import Callable

from mailflow.config import Officer
from mailflow.letters.staff import OwnMail
from mailflow.office import log
from mailflow.staff.find import answer as find
from mailflow.staff.help_words import answer as help_words
from mailflow.staff.help_words import answer_nearly
from mailflow.staff.note import answer as note
from mailflow.staff.queue import answer as queue
from mailflow.staff.register import answer as register
from mailflow.staff.show import answer as show
from mailflow.staff.take import answer as take
from mailflow.store.tables import MessageRow, MessageState
from mailflow.trust.authentication import counts
from mailflow.trust.recipients import NOT_FOR_US, is_for_us
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.errands import Errand, errand

_ANSWERS: dict[str, Callable[[OwnMail], str]] = {
    "queue": queue,
    "case": show,
    "find": find,
    "note": note,
    "register": register,
    "take": take,
    "help": help_words,
    "nearly": answer_nearly,
}


def answer(work: Work, message: MessageRow, facts: MessageFacts, officer: Officer) -> str | None:
    """Answer an officer's own mail; return the reason for the ledger, None for a mail that asks for nothing of this."""
    asked = errand(facts.new_text, facts.subject)
    if asked is None or not _is_meant(asked, facts):
        return None
    return do(OwnMail(work, message, facts, officer, asked))


def do(mail: OwnMail) -> str:
    """Do what an officer asks for, if the sender is proven."""
    mail.message.state, mail.message.place, mail.message.placed = MessageState.FILED, "processed", False
    if not counts(mail.facts, mail.work.office.config):
        log.warning("unproven-officer", message=mail.message.id)
        mail.say("officer-word-unproven")
        return "not counted: the sender is not authenticated"
    if not is_for_us(mail.facts, mail.work.office.config):
        mail.say("officer-word-not-for-us")
        return NOT_FOR_US
    return _ANSWERS[mail.asked.kind](mail)


def _is_meant(asked: Errand, facts: MessageFacts) -> bool:
    """`Daftar hadir terlampir` registers nothing: without a forwarded mail the word stands alone, or with one more."""
    return asked.kind != "register" or bool(facts.forwarded) or len(asked.rest.split()) <= 1
