"""Answers to one message: receipts, what was not understood, what did not count, and what the applicant must know at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailflow import cases
from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.letters.about import case_letter
from mailflow.letters.keywords import word_of, words_for
from mailflow.letters.post import Post, post, thread_of
from mailflow.letters.standing import note_in_words
from mailflow.letters.task import reply_address
from mailflow.outbox.letter import Letter, Word
from mailflow.store.tables import CaseRow, MessageRow, TaskRow
from mailflow.trust.tokens import task_token
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Case
from rules.sop import Sop

QUOTE = 600


@dataclass(frozen=True)
class Answer:
    """The answering side of one message about one case."""

    work: Work
    row: CaseRow
    message: MessageRow
    facts: MessageFacts

    def to_officer(
        self,
        template: str,
        officer: Officer,
        task: TaskRow,
        *,
        not_understood: str = "",
        decision: str = "",
        decided: bool = False,
    ) -> None:
        """Answer an officer's reply to a task. `decided`: say what was decided before, by whom and when."""
        case, sop, now = self._case()
        language = self.work.office.config.department.language
        offered = words_for(sop, task.step, task.outcomes, language)
        shown = task.decision if decided else decision
        by = self.work.office.config.officer_by_address(task.decided_by or "") if decided else officer
        letter = replace(
            self._letter(sop, case, language, now, to_applicant=False),
            name=officer.name,
            task=_action(sop, task, language),
            note=note_in_words(task.note, language),
            words=tuple(Word(word=word, meaning=meaning) for word, meaning in offered),
            decision=word_of(shown, language, sop, task.step) if shown else "",
            by=by.name if by else (task.decided_by or ""),
            decided=task.decided_at.astimezone(now.tzinfo) if task.decided_at else None,
            undo_minutes=self.work.office.config.tasks.undo_minutes,
            said={"not_understood": (not_understood,)} if not_understood else {},
        )
        token = task_token(self.work.office.keyring, task.id or 0, officer.email, task.evidence)
        self._post(
            template,
            officer.email,
            letter,
            now,
            task_id=task.id,
            reply_to=reply_address(self.work.office, token),
        )

    def to_applicant(self, template: str) -> None:
        """Write to the case's own address, whoever wrote the message."""
        case, sop, now = self._case()
        self._post(
            template, case.address, self._letter(sop, case, case.language, now, to_applicant=True), now
        )

    def to_staff(self, template: str, officers: tuple[Officer, ...]) -> None:
        """Show the message to officers."""
        case, sop, now = self._case()
        letter = self._letter(sop, case, self.work.office.config.department.language, now, to_applicant=False)
        for officer in officers:
            self._post(template, officer.email, replace(letter, name=officer.name), now)

    # --- inside ---------------------------------------------------------------------------------------------------------

    def _case(self) -> tuple[Case, Sop, datetime]:
        sop = cases.sop_of(self.work, self.row.sop_digest, self.row.sop)
        return cases.value_of(self.row), sop, self.work.office.now()

    def _letter(self, sop: Sop, case: Case, language: str, now: datetime, *, to_applicant: bool) -> Letter:
        base = case_letter(self.work.office, sop, case, language=language, now=now, to_applicant=to_applicant)
        sender = self.facts.sender.address if self.facts.sender else ""
        rows = (
            ()
            if to_applicant
            else (
                ("", ""),
                ("Dari" if language == "id" else "From", sender),
                ("Subjek" if language == "id" else "Subject", self.facts.subject),
            )
        )
        return replace(base, quote=self.facts.new_text.strip()[:QUOTE], rows=rows)

    def _post(
        self,
        template: str,
        recipient: str,
        letter: Letter,
        now: datetime,
        *,
        task_id: int | None = None,
        reply_to: str = "",
    ) -> None:
        wrote = self.facts.sender is not None and self.facts.sender.address.lower() == recipient.lower()
        thread = thread_of(self.work.session, self.row.id or 0, address_key(self.work.office, recipient))
        post(
            self.work,
            Post(
                scope=f"message:{self.message.id}",
                effect=template,
                recipient=recipient,
                template=template,
                letter=letter,
                case_id=self.row.id,
                task_id=task_id,
                reply_to=reply_to,
                in_reply_to=self.facts.message_id if wrote else "",
                references=thread,
                reaction=True,
            ),
            now,
        )


def _action(sop: Sop, task: TaskRow, language: str) -> str:
    step = sop.steps.get(task.step)
    return "" if step is None else step.action if language == "id" else step.action_en
