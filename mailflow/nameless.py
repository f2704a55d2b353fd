"""Mail whose From names nobody, or several: nobody can be answered, so a person looks at it."""

from mailflow.letters import notices
from mailflow.received import asks_something
from mailflow.store.tables import MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts

_NOTE = {
    "id": "Baris From e-mail ini tidak menyebut satu pengirim yang pasti ({named}), sehingga tidak dapat kami jawab.",
    "en": "The From line of this e-mail names no single sender ({named}), so that we cannot answer it.",
}
_NOBODY = {"id": "tidak ada alamat", "en": "no address"}
_MOST = 3


def show(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Put it before the officers at once where it asks for a service or brings files, else into the daily list; return the ledger's reason."""
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    if facts.documents or asks_something(work, facts):
        language = "en" if work.office.config.department.language == "en" else "id"
        named = ", ".join(each.address for each in facts.from_[:_MOST] if "@" in each.address)
        note = _NOTE[language].format(named=named or _NOBODY[language])
        message.listed = notices.to_sort(work, message, facts, note=note)
    shown = "; shown to officers" if message.listed else ""
    return f"no single sender: {facts.from_defect}{shown}"
