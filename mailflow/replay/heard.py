"""From what the ledger keeps back to the event it was: the message that was read, the word that was given, the alarm that rang."""

from datetime import timedelta

from sqlmodel import col, select

from mailflow import notified, returns
from mailflow.applicants import NOTHING_NEW, UNPROVEN, complains, heard
from mailflow.bystanders import ACTOR, overheard
from mailflow.cases import value_of
from mailflow.engine import Opening
from mailflow.invited import confirmation_of
from mailflow.letters.task import remedies_of
from mailflow.openings import documents_of, opening_of
from mailflow.persons import by_person
from mailflow.replay.kept import Kept, Missing
from mailflow.replay.lane import Lane
from mailflow.replay.record import BESIDES, Move, Story
from mailflow.store.tables import (
    CaseRow,
    MessageState,
    OutboxRow,
    OutboxState,
    TaskRow,
    TaskState,
    Transition,
)
from mailflow.trust.tokens import find_tokens, without_tokens
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.beginning import Beginning
from rules.case import State
from rules.checks.on_file import claims_of
from rules.events import Bounced, Confirmed, Event, Opened, Said, Stopped, Supplied, Woke, Word
from rules.match import requests_in
from rules.words import applicant_word, declared_words, free_outcomes, officer_word

AT_ONCE = timedelta(minutes=1)
"""Between the time a thing was decided by and the time it was written down there may lie as much."""
STALE = "stale-alarm"
"""The event of an alarm that had been set anew since it was due."""


class Heard:
    """Rebuilds the events of one story for one lane; `today`: by what is read of the messages today."""

    def __init__(self, work: Work, story: Story, kept: Kept, *, today: bool) -> None:
        self.work, self.story, self.kept, self.today = work, story, kept, today

    def facts(self, number: int) -> MessageFacts:
        """Return what is read of a message; raise Missing."""
        return self.kept.today(number) if self.today else self.kept.then(number)

    # --- a case begins ------------------------------------------------------------------------------------------------

    def beginning(self, move: Move, lane: Lane) -> tuple[Beginning, Opened]:
        """Return what a message opened a case with; raise Missing."""
        if move.message is None:
            raise Missing(f"{move.case}: nothing tells what opened it")
        row, facts = self.kept.row(move.message), self._opening_facts(move, lane)
        by_notice = row.reason == f"opened {move.case} by an answer to a notice"
        word = _noticed_word(facts, lane, move.case, self.story.cases[move.case].sop) if by_notice else ""
        tied = row.reason == notified.OPENED.format(move.case)
        holder = notified.holder_of(self.work, facts) if tied else None
        at = "notice" if by_notice else "letter"
        opening = opening_of(self.work, row, facts, at=at, word=word, of=holder)
        beginning = Beginning(
            ticket=move.case,
            address=opening.address,
            received=opening.received,
            applicant=opening.applicant,
            holder=opening.holder,
            language=opening.language,
            at=opening.at,
            persons=opening.persons,
            holder_address=_holder_then(self.story.cases[move.case], opening),
        )
        return beginning, opening.event

    def _opening_facts(self, move: Move, lane: Lane) -> MessageFacts:
        """The message, or the part of it that is this request; what an officer forwarded, as its writer wrote it."""
        number = move.message or 0
        facts, row = self.facts(number), self.kept.row(number)
        if row.sender_key != self.story.cases[move.case].address_key:
            return self._forwarded(facts, number)
        return self._part(move, lane, facts)

    def _part(self, move: Move, lane: Lane, facts: MessageFacts) -> MessageFacts:
        """Of a mail that holds two requests, or the papers of two persons, the documents of this one."""
        if len(self._together(move.message or 0)) < 2:  # noqa: PLR2004 - two requests in one mail
            return facts
        row = self.story.cases[move.case]
        documents = requests_in(facts, lane.rules.sops).get(row.sop)
        part = facts if documents is None else facts.model_copy(update={"documents": documents})
        sop = lane.rules.sops.get(row.sop)
        persons = by_person(part, sop) if sop else [part]
        return next((each for each in persons if row.person_key in self._keys(each)), persons[0])

    def _keys(self, facts: MessageFacts) -> set[str]:
        """The persons (`person_key`) whose letters a mail holds."""
        numbers = (each.fields["nip"].value for each in facts.documents if "nip" in each.fields)
        return {self.work.office.keyring.index(f"nip:{number}") for number in numbers}

    def _together(self, message: int) -> set[int]:
        """The cases one message was for, in whatever story."""
        query = (
            select(Transition.case_id)
            .join(CaseRow, col(CaseRow.id) == col(Transition.case_id))
            .where(
                Transition.message_id == message,
                col(Transition.event).not_in([*BESIDES, "new-case"]),
                (col(Transition.from_step) != "") | col(CaseRow.parent_id).is_(None),
            )
        )
        row = self.kept.row(message)
        held = {row.case_id} if row.state == MessageState.HELD and row.case_id else set()
        return {*self.work.session.exec(query), *held}

    def _forwarded(self, facts: MessageFacts, number: int) -> MessageFacts:
        """What an officer forwarded with DAFTAR, as its writer wrote it (as `mailflow.staff.register`)."""
        ours = self.work.office.config.department.address.lower()
        senders = [each.sender for each in facts.forwarded if each.sender]
        writer = next((each for each in senders if each.address.lower() != ours), None)
        if writer is None:
            raise Missing(f"message {number}: the mail that was forwarded with it is no longer found in it")
        return facts.model_copy(update={"sender": writer, "new_text": facts.quoted_text})

    # --- a case goes on -------------------------------------------------------------------------------------------------

    def event(self, move: Move, lane: Lane) -> tuple[str, Event] | None:
        """Return the case an event is for and the event; None where in this lane nothing happens then. Raises Missing."""
        kind = move.actor.partition(":")[0]
        if kind == "applicant":
            return self._applicants(move, lane)
        if kind == "clock":
            return self._alarm(move, lane)
        found: Event | None = None  # what another case caused comes with that one
        if kind == "officer":
            found = self._word(move, lane)
        elif kind == "holder":
            found = self._holders(move)
        elif kind == ACTOR and move.message is not None:
            found = overheard(self.facts(move.message))
        elif kind == "admin":
            found = Stopped(reason=move.note)
        elif move.event == "bounced":
            found = self._bounced(move)
        return (move.case, found) if found is not None else None

    def _applicants(self, move: Move, lane: Lane) -> tuple[str, Event]:
        if move.message is None:
            raise Missing(f"{move.case}: the message that brought {move.event!r} is not named")
        row, facts = self.kept.row(move.message), self.facts(move.message)
        if row.reason.startswith(f"{move.case}: {NOTHING_NEW}"):
            return move.case, Said(word="status", documents=documents_of(row, facts))
        facts = self._part(move, lane, facts)
        ticket = lane.whose_turn(move.case)
        case, sop = lane.cases[ticket], lane.sops[ticket]
        event = heard(self.work, facts, documents_of(row, facts), sop.steps.get(case.step))
        complaint = row.reason.startswith(f"{move.case}: {UNPROVEN}") or complains(
            lane.rules, facts, case.sop
        )
        if isinstance(event, Supplied) and not event.documents and complaint:
            event = Said(word="complaint", text=event.text)
        root = lane.root_of(ticket)
        about_all = isinstance(event, Said) and event.word in {"cancel", "complaint"}
        if about_all and root in lane.cases and lane.cases[root].state is not State.CLOSED:
            ticket = root
        return ticket, event

    def _alarm(self, move: Move, lane: Lane) -> tuple[str, Event] | None:
        alarm = lane.cases[move.case].alarm
        if move.event == STALE:
            return move.case, Woke(alarm=STALE)
        if alarm is None or alarm.at > move.at + AT_ONCE:
            return None
        return move.case, Woke(alarm=alarm.name, round=alarm.round)

    def _holders(self, move: Move) -> Confirmed:
        if move.message is None:
            raise Missing(f"{move.case}: the message of the holder is not named")
        facts = self.facts(move.message)
        return confirmation_of(self.work, facts)

    def _bounced(self, move: Move) -> Bounced:
        letter = None
        if move.message is not None:
            facts = self.facts(move.message)  # what it proved was judged when it came
            named = returns.pointed_at(self.work.session, facts, facts.bounce) if facts.bounce else None
            letter = returns.by_path(self.work.session, facts) or named
        if letter is None:
            query = select(OutboxRow).where(
                OutboxRow.case_id == self.story.cases[move.case].id, OutboxRow.state == OutboxState.BOUNCED
            )
            letter = self.work.session.exec(query.order_by(col(OutboxRow.id).desc())).first()
        if letter is None:
            raise Missing(f"{move.case}: the letter that came back is not kept")
        return Bounced(recipient=letter.recipient)

    # --- an officer's word ----------------------------------------------------------------------------------------------

    def _word(self, move: Move, lane: Lane) -> Word:
        task = self.story.words.get(move.number)
        if task is not None and task.said is not None:
            word = Word.model_validate_json(task.said)
        else:
            task, word = self._word_at_once(move, lane)
        return word.model_copy(update={"task": _task_now(task, lane, move)})

    def _word_at_once(self, move: Move, lane: Lane) -> tuple[TaskRow, Word]:
        """A word that took effect without undo time is kept in its message only."""
        if move.message is None:
            raise Missing(f"{move.case}: the officer's word {move.event!r} is not kept")
        facts = self.facts(move.message)
        task = self._task_of(facts, move)
        sop, officer = lane.sops[move.case], self.work.office.config.officer_by_address(move.officer)
        spoken = officer_word(
            without_tokens(facts.new_text),
            declared_words(sop, task.step),
            lane.cases[move.case].persons,
            free=free_outcomes(sop, task.step, own="@" not in task.key),
        )
        if spoken.outcome is None:
            raise Missing(f"message {move.message}: no word of an officer is read in it")
        role = officer.role if officer else task.performer
        word = Word(
            task=task.key,
            officer=move.officer,
            official=role == "official",
            outcome=spoken.outcome,
            text=spoken.text.strip(),
            remedies=remedies_of(task, spoken.numbers) or (),
            besides=spoken.besides,
            because=spoken.because,
        )
        return task, word

    def _task_of(self, facts: MessageFacts, move: Move) -> TaskRow:
        """The task a reply was about; its token was proven then."""
        number = self.story.cases[move.case].id
        addresses = (*facts.delivered_to, *(each.address for each in (*facts.to, *facts.cc)))
        named = [token.number for token in find_tokens([*addresses, facts.subject]) if token.kind == "a"]
        referred = select(OutboxRow.task_id).where(
            col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references[-1:]}),
            col(OutboxRow.task_id).is_not(None),
        )
        for each in (*named, *self.work.session.exec(referred)):
            task = self.work.session.get(TaskRow, each)
            if task is not None and task.case_id == number:
                return task
        raise Missing(f"message {move.message}: the task it answers is not kept")


def _holder_then(row: CaseRow, opening: Opening) -> str:
    """The holder's address as it was on file then, where a paper of the opening named them; a later letter is heard of later."""
    named = claims_of(each.facts for each in opening.event.documents)
    return value_of(row).holder_address if named or opening.holder_address else ""


def _task_now(task: TaskRow, lane: Lane, move: Move) -> str:
    """The open task of the lane's case that a recorded one corresponds to; its own key where there is none (a stale word)."""
    case, kind = lane.cases[move.case], task.key.partition("@")[0] if "@" in task.key else ""
    if task.key == case.task or task.key in case.side_tasks:
        return task.key
    if move.event == "refused" and "stale-task" in move.note:
        return task.key
    if kind:
        alike = [key for key in case.side_tasks if key.partition("@")[0] == kind]
        return alike[-1] if alike else task.key
    is_current = case.task is not None and case.step == task.step and task.state != TaskState.VOID
    return (case.task or task.key) if is_current else task.key


def _noticed_word(facts: MessageFacts, lane: Lane, ticket: str, name: str) -> str:
    sop = lane.sop_for(ticket, name)
    row = next((step for step in sop.steps.values() if step.asks), None)
    return applicant_word(facts.new_text, dict(row.words) if row else {}).outcome or ""
