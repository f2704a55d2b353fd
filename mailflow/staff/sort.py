"""One word in answer to a letter that shows a mail nobody could match: the service it asks for, or that it is other business.

The first answer counts; who answers later is told who sorted it, and how.
"""

import json
from dataclasses import dataclass, replace

from sqlmodel import col, select

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.letters.notices import bare
from mailflow.letters.post import Post, post
from mailflow.letters.sorting import SHOWN
from mailflow.office import log
from mailflow.staff import choices
from mailflow.staff.adopt import ADOPTABLE, adopt
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, Setting
from mailflow.trust.authentication import counts
from mailflow.trust.recipients import NOT_FOR_US, is_for_us
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.keywords import IGNORE_WORDS


@dataclass(frozen=True)
class Sorting:
    """An officer's answer about an unsorted message."""

    work: Work
    message: MessageRow
    facts: MessageFacts
    officer: Officer
    unsorted: MessageRow


def answer(work: Work, message: MessageRow, facts: MessageFacts, officer: Officer) -> str | None:
    """Sort what the answered letter showed; None where the mail answers no such letter."""
    query = select(OutboxRow.scope).where(
        col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references[-1:]}),
        OutboxRow.template == SHOWN,
        OutboxRow.recipient_key == address_key(work.office, officer.email),
    )
    scope = work.session.exec(query).first()
    unsorted = work.session.get(MessageRow, int(scope.partition(":")[2])) if scope else None
    if unsorted is None:
        return None
    message.state, message.place, message.placed = MessageState.FILED, "processed", False
    return _answer(Sorting(work, message, facts, officer, unsorted))


def _answer(sorting: Sorting) -> str:
    config = sorting.work.office.config
    if not counts(sorting.facts, config):
        log.warning("unproven-officer", message=sorting.message.id)
        _say(sorting, "officer-word-unproven")
        return "not counted: the sender is not authenticated"
    if not is_for_us(sorting.facts, config):
        _say(sorting, "officer-word-not-for-us")
        return NOT_FOR_US
    chosen = choices.choose(sorting.work.office, _after_register(sorting.facts.new_text))
    if not chosen.what or (not sorting.unsorted.sender and chosen.what != choices.IGNORE):
        words = choices.offered(sorting.work.office, config.department.language, ignore=True)
        said = {"not_understood": (chosen.nearly,) if chosen.nearly else ()}
        _say(sorting, "officer-registration-unclear", words=words, rows=_shown(sorting), said=said)
        return "not understood: no service named"
    if before := _sorted_before(sorting):
        return _told_who(sorting, before)
    if chosen.what == choices.IGNORE:
        return _ignore(sorting)
    return _register(sorting, chosen.what)


def _after_register(text: str) -> str:
    """`DAFTAR LUPA` says the same as `LUPA`."""
    first, _, rest = text.strip().partition(" ")
    return rest if first.strip(",.:").upper() in {"DAFTAR", "REGISTER"} and rest else text


def _ignore(sorting: Sorting) -> str:
    sorting.unsorted.listed = True
    sorting.unsorted.reason = f"other business: {sorting.officer.name} said so"
    sorting.work.session.add(sorting.unsorted)
    _remember(sorting, choices.IGNORE, "")
    _say(
        sorting,
        "officer-message-sorted",
        owed=True,
        rows=_shown(sorting),
        decision=_word(sorting, choices.IGNORE),
    )
    return f"message {sorting.unsorted.id}: other business"


def _register(sorting: Sorting, sop: str) -> str:
    facts = MessageFacts.model_validate_json(sorting.unsorted.facts or "{}")
    done = adopt(sorting.work, sorting.unsorted, facts, sorting.work.office.rules.sops[sop], sorting.officer)
    ticket = done.row.ticket
    if not done.known:
        sorting.unsorted.reason = f"opened {ticket}: {sorting.officer.name} sorted it"
        _remember(sorting, sop, ticket)
    status = ("known",) if done.known else ()
    _say(
        sorting, "officer-message-sorted", owed=True, rows=_shown(sorting), ticket=ticket, decision=_word(sorting, sop),
        said={"status": status},
    )  # fmt: skip
    return f"message {sorting.unsorted.id}: {'belongs to' if done.known else 'registered as'} {ticket}"


# --- who was first -------------------------------------------------------------------------------------------------------


def _remember(sorting: Sorting, what: str, ticket: str) -> None:
    value = json.dumps({"by": sorting.officer.email, "what": what, "ticket": ticket})
    sorting.work.session.add(Setting(name=_name(sorting), value=value))


def _sorted_before(sorting: Sorting) -> dict[str, str]:
    known = sorting.work.session.get(Setting, _name(sorting))
    if known is not None:
        return dict(json.loads(known.value))
    if sorting.unsorted.state in ADOPTABLE:
        return {}
    row = sorting.work.session.get(CaseRow, sorting.unsorted.case_id) if sorting.unsorted.case_id else None
    return {"by": "", "what": row.sop if row else "", "ticket": row.ticket if row else ""}


def _told_who(sorting: Sorting, before: dict[str, str]) -> str:
    by = sorting.work.office.config.officer_by_address(before["by"])
    _say(
        sorting,
        "officer-message-sorted",
        rows=_shown(sorting),
        ticket=before["ticket"],
        decision=_word(sorting, before["what"]),
        by=by.name if by else before["by"],
        said={"status": ("before",)},
    )
    return "not counted: sorted already"


def _name(sorting: Sorting) -> str:
    return f"sorted:{sorting.unsorted.id}"


# --- words ---------------------------------------------------------------------------------------------------------------


def _word(sorting: Sorting, what: str) -> str:
    english = sorting.work.office.config.department.language == "en"
    if what == choices.IGNORE:
        return IGNORE_WORDS[english]
    sop = sorting.work.office.rules.sops.get(what)
    return sop.word[-1 if english else 0] if sop else ""


def _shown(sorting: Sorting) -> tuple[tuple[str, str], ...]:
    labels = (
        ("From", "Subject") if sorting.work.office.config.department.language == "en" else ("Dari", "Subjek")
    )
    return ("", ""), (labels[0], sorting.unsorted.sender or "-"), (labels[1], sorting.unsorted.subject or "-")


def _say(sorting: Sorting, template: str, *, owed: bool = False, **fields: object) -> None:
    work = sorting.work
    letter = bare(work.office, work.office.config.department.language)
    what = Post(
        scope=f"message:{sorting.message.id}",
        effect=template,
        recipient=sorting.officer.email,
        template=template,
        letter=replace(letter, name=sorting.officer.name, **fields),  # type: ignore[arg-type]
        in_reply_to=sorting.facts.message_id,
        reaction=True,
        owed=owed,
    )
    post(work, what)
