"""Mail that a person must look at, since the program cannot tell who wrote it, or cannot read what it says."""

from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.answers import Answer
from mailflow.letters.case import holders
from mailflow.received import asks_something
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts

_NAMELESS = {
    "id": "Baris From e-mail ini tidak menyebut satu pengirim yang pasti ({named}), sehingga tidak dapat kami jawab.",
    "en": "The From line of this e-mail names no single sender ({named}), so that we cannot answer it.",
}
_NOBODY = {"id": "tidak ada alamat", "en": "no address"}
_UNREAD = {
    "id": "E-mail ini terenkripsi, sehingga isinya tidak terbaca oleh program. Mohon minta pengirimnya mengirim lagi tanpa enkripsi.",
    "en": "This e-mail is encrypted, so that the program cannot read it. Please ask its sender to send it again without encryption.",
}
_REFUTED = {
    "id": "E-mail ini meminta layanan, tetapi alamat pengirimnya TIDAK LOLOS pemeriksaan keaslian; mungkin dipalsukan, mungkin servernya salah diatur. Pengirimnya tidak kami jawab dan permohonan belum dibuka. Mohon pastikan dengan cara lain, misalnya telepon.",
    "en": "This e-mail asks for a service, but its sender address FAILED authentication: it may be forged, or the server be set up wrongly. We have not answered it, and no request is open. Please ask the person by other means, by telephone for example.",
}
_MOST = 3


def nameless(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Put mail whose From names nobody, or several, before the officers at once where it asks for a service or brings files; return the reason."""
    _leave(message)
    if facts.documents or asks_something(work, facts):
        language = _language(work)
        named = ", ".join(each.address for each in facts.from_[:_MOST] if "@" in each.address)
        note = _NAMELESS[language].format(named=named or _NOBODY[language])
        message.listed = notices.to_sort(work, message, facts, note=note)
    return f"no single sender: {facts.from_defect}; {_shown(message)}"


def unread(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow | None) -> str:
    """Put mail whose words cannot be read before the officers, those of its request where there is one; return the reason."""
    _leave(message)
    note = _UNREAD[_language(work)]
    if case is None:
        message.listed = notices.to_sort(work, message, facts, note=note)
    else:
        matter = Matter.of(work, case)
        answer = Answer(matter, message, facts)
        message.listed = answer.to_staff(holders(matter), note=note)
    return f"{facts.unread}; {_shown(message)}"


def refuted(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Put bare words in the name of an address that fails authentication before the officers at once; return the reason.

    Nothing goes to that address: somebody else's mailbox is not filled by whoever writes its name. Who sent papers is asked about, with them.
    """
    _leave(message)
    message.listed = notices.to_sort(work, message, facts, note=_REFUTED[_language(work)])
    return f"asks for a service, but its sender failed authentication; {_shown(message)}"


def _leave(message: MessageRow) -> None:
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True


def _language(work: Work) -> str:
    return "en" if work.office.config.department.language == "en" else "id"


def _shown(message: MessageRow) -> str:
    return "shown to officers" if message.listed else "in the next daily list"
