"""Answers to one message: receipts, what was not understood, what did not count, and what the applicant must know at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters import sorting
from mailflow.letters.about import case_letter
from mailflow.letters.disagreement import ALREADY_DECIDED, minutes_left
from mailflow.letters.keywords import answered, word_of
from mailflow.letters.post import Post, post, thread_of
from mailflow.letters.quoted import written
from mailflow.letters.standing import next_in_words, note_in_words
from mailflow.letters.task import persons_of, reply_address, task_keywords
from mailflow.outbox.letter import Letter
from mailflow.staff import choices
from mailflow.store.tables import MessageRow, OutboxRow, OutboxState, TaskRow
from mailflow.trust.tokens import confirmation_token, task_token, without_tokens
from parsers.facts import MessageFacts
from rules.sop import Sop
from rules.words import applicant_word

QUOTE = 600
IMMEDIATE = frozenset({"take", "escalate"})
"""Officers' words that decide nothing: they take effect at once, without undo time; so do an SOP's classes."""


def is_immediate(sop: Sop, outcome: str) -> bool:
    """Whether a word takes effect at once."""
    return outcome in IMMEDIATE or outcome in sop.classes


@dataclass(frozen=True)
class Answer:
    """The answering side of one message about one case."""

    matter: Matter
    message: MessageRow
    facts: MessageFacts

    def to_officer(  # noqa: PLR0913 - one letter, with what of the word is told
        self,
        template: str,
        officer: Officer,
        task: TaskRow,
        *,
        not_understood: str = "",
        form: str = "",
        decision: str = "",
        besides: Sequence[int] = (),
        confirms: bool = False,
    ) -> None:
        """Answer an officer's reply to a task; without `decision` the letter says what was decided before, if anything.

        A receipt names the persons that the decision leaves out, `besides`; `form` is how a word is written right. `confirms`: the letter
        asks whether the word is theirs, and carries the token that only its receiver can send back.
        """
        config = self.matter.office.config
        language = config.department.language
        keyring = self.matter.office.keyring
        token = task_token(keyring, task, officer.email)
        if confirms:
            token = confirmation_token(keyring, self.message.id or 0, task, officer.email)
        shown, by = decision or task.decision or "", config.officer_by_address(task.decided_by or "")
        step = self.matter.sop.steps.get(task.step)
        letter = replace(
            self._letter(language, to_applicant=False),
            name=officer.name,
            task=step.says(language) if step else "",
            note=note_in_words(task.note, language),
            words=task_keywords(self.matter, task, token),
            decision=answered(word_of(shown, language, self.matter.sop, task.step), besides, language)
            if shown
            else "",
            by=officer.name if decision else by.name if by else (task.decided_by or ""),
            decided=task.decided_at.astimezone(config.department.zone) if task.decided_at else None,
            undo_minutes=self._minutes(template, task, decision),
            persons=persons_of(
                [each for each in self.matter.case.persons if not decision or each.number in besides]
            ),
            said={
                "not_understood": (not_understood,) if not_understood else (),
                "form": (form,) if form else (),
                "next": next_in_words(self._happens(decision), language),
                "confirm": (token,) if confirms else (),
            },
        )
        self._post(template, officer.email, letter, task=task, token=token)

    def _happens(self, decision: str) -> str:
        if decision == "escalate" and not self.matter.office.has_official(self.matter.sop.id):
            return "escalate:alone"
        return "sorted" if decision in self.matter.sop.classes else decision

    def to_applicant(
        self, template: str, *, shows_message: bool = False, names_writer: bool = False, effect: str = ""
    ) -> bool:
        """Write to the case's own address, whoever wrote the message; return whether it goes out, or `[limits]` keep it back.

        `shows_message`: by subject and files, to be recognised.
        `names_writer`: it is somebody else's. `effect` names a further letter about the same message.
        """
        case = self.matter.case
        letter = self._letter(case.language, to_applicant=True)
        if shows_message:
            letter = replace(letter, rows=self._seen(case.language))
        if names_writer and self.facts.sender is not None:
            letter = replace(letter, by=self.facts.sender.address)
        row = self._post(template, case.address, letter, effect=effect)
        return row.state != OutboxState.CANCELLED

    def to_staff(self, officers: tuple[Officer, ...], *, note: str = "") -> bool:
        """Show the message to officers, with a `note` of what is known of it; whether it was: nobody's letters fill their mailboxes (`sorting.is_too_much`)."""
        if not officers or sorting.is_too_much(self.matter.work, self.message, officers, self.matter.number):
            return False
        language = self.matter.office.config.department.language
        words = choices.offered(self.matter.office, language, ignore=True)
        letter = replace(self._letter(language, to_applicant=False), words=words, note=note)
        for officer in officers:
            self._post(sorting.SHOWN, officer.email, replace(letter, name=officer.name))
        return True

    def to_writer(self, officer: Officer) -> None:
        """Tell an officer who wrote to the applicant, with us in Cc, that it is noted and decides nothing."""
        letter = self._letter(self.matter.office.config.department.language, to_applicant=False)
        said = {**letter.said, "conversation": ("yes",)}
        self._post("officer-note-recorded", officer.email, replace(letter, name=officer.name, said=said))

    # --- inside ---------------------------------------------------------------------------------------------------------

    def _minutes(self, template: str, task: TaskRow, decision: str) -> int:
        """For how long a word can be taken back: one that is given now, or the one that came first."""
        if template == ALREADY_DECIDED or decision:
            return minutes_left(task, self.matter.now)
        return self.matter.office.config.tasks.undo_minutes

    def _letter(self, language: str, *, to_applicant: bool) -> Letter:
        sender = self.facts.sender.address if self.facts.sender else ""
        labels = ("Dari", "Subjek") if language == "id" else ("From", "Subject")
        rows = (
            ()
            if to_applicant
            else (("", ""), (labels[0], sender), (labels[1], without_tokens(self.facts.subject)))
        )
        base = case_letter(self.matter, language, to_applicant=to_applicant)
        received = self.message.received_at.astimezone(self.matter.office.config.department.zone)
        return replace(
            base, received=received, quote=without_tokens(written(self.facts, language))[:QUOTE], rows=rows
        )

    def _seen(self, language: str) -> tuple[tuple[str, str], ...]:
        """The message as its writer would recognise it: subject, files, and BATAL; no other words of somebody unknown go out in our name."""
        labels = ("Subjek", "Lampiran") if language == "id" else ("Subject", "Attachments")
        files = ", ".join(each.name for each in self.facts.documents if each.name) or "-"
        rows = ("", ""), (labels[0], without_tokens(self.facts.subject).strip() or "-"), (labels[1], files)
        if applicant_word(self.facts.new_text).outcome != "cancel":
            return rows
        return (*rows, ("Isi", "BATAL") if language == "id" else ("Says", "CANCEL"))

    def _post(  # noqa: PLR0913 - one letter, with what it is about
        self,
        template: str,
        recipient: str,
        letter: Letter,
        *,
        task: TaskRow | None = None,
        token: str = "",
        effect: str = "",
    ) -> OutboxRow:
        work, matter = self.matter.work, self.matter
        wrote = self.facts.sender is not None and self.facts.sender.address.lower() == recipient.lower()
        return post(
            work,
            Post(
                scope=f"message:{self.message.id}",
                effect=effect or template,
                recipient=recipient,
                template=template,
                letter=letter,
                case_id=matter.row.id,
                task_id=task.id if task else None,
                reply_to=reply_address(matter.office, token) if token else "",
                in_reply_to=self.facts.message_id if wrote else "",
                references=thread_of(work.session, matter.number, address_key(matter.office, recipient)),
                reaction=template != sorting.SHOWN,
            ),
        )
