"""An officer's reply becomes a decision only if all of it holds: token, sender, authentication, our address, one clear word, an open task.

What does not count is answered with why, to the officer's own address, and changes nothing; the token stays valid. A valid token in
somebody else's message decides nothing: it is logged and told to the administrators, and the message is worked off as theirs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from mailflow import audit, bystanders, cases, confirmation, engine, tasks
from mailflow.addressed import Addressed, has_token
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters import disagreement, notices
from mailflow.letters.answers import Answer, is_immediate
from mailflow.letters.disagreement import Second
from mailflow.letters.keywords import besides_form
from mailflow.letters.lists import names_of
from mailflow.letters.staff import OwnMail
from mailflow.letters.task import is_own, remedies_of
from mailflow.office import log
from mailflow.staff import own_mail, sort
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, TaskRow, TaskState
from mailflow.trust.authentication import counts
from mailflow.trust.recipients import NOT_FOR_US, is_for_us
from mailflow.trust.tokens import without_tokens
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.decide import objection, tells_a_fact
from rules.errands import errand
from rules.events import Word
from rules.words import WHOM, Spoken, declared_words, free_outcomes, officer_word

NO_SUCH_NUMBER = ("nomor itu tidak ada dalam daftar pilihan", "that number is not among those offered")
DECIDED_ELSEWHERE = (
    "e-mail ini tentang pesan pemohon, bukan tugas keputusannya; mohon balas e-mail tugas keputusan itu",
    "this e-mail is about the applicant's message, not the task to decide; please reply to the e-mail of that task",
)
BELOW = (
    "di atas kutipan tidak ada jawaban; yang tertulis di bawahnya tidak dibaca sebagai keputusan. Mohon tulis katanya di baris pertama, di atas kutipan",
    "nothing stands above the quotation; what is written below it is not taken for a decision. Please write the word on the first line, above the quotation",
)
UNREAD = (
    "e-mail itu terenkripsi dan tidak dapat dibaca program; mohon kirim lagi tanpa enkripsi (tanda tangan digital boleh)",
    "that e-mail is encrypted and the program cannot read it; please send it again without encryption (a digital signature may stay)",
)
NOTHING_TO_UNDO = (
    "belum ada jawaban yang dapat ditarik kembali",
    "there is no answer yet that could be taken back",
)
OBJECTIONS = {
    "official-decides": (
        "tugas ini sudah diserahkan kepada pejabat",
        "this task has been handed to the official",
    ),
    "no-such-outcome": ("kata itu bukan pilihan untuk tugas ini", "that word is not offered for this task"),
    "text-wanted": (
        "alasan, kekurangan, atau jawabannya belum ditulis setelah kata itu",
        "the reason, what is missing, or the answer is not written after the word",
    ),
    "no-such-person": (
        "nomor orang yang dikecualikan tidak ada dalam surat, atau semua orang dikecualikan",
        "a number to be left out is not in the letter, or everybody is left out",
    ),
    "own-request": (
        "permohonan ini menyangkut Bapak/Ibu sendiri; petugas lain atau pejabat yang memutuskan",
        "this request is about yourself; another officer or the official decides",
    ),
    "another-must": (
        "persetujuan Bapak/Ibu sudah tercatat; persetujuan kedua harus dari petugas lain",
        "you have approved; the second approval must be another officer's",
    ),
}
"""Why a proven word cannot count, in words (`rules.decide.objection`)."""
NEWS = {
    "cancel-wished": (
        "pemohon menyatakan ingin membatalkan permohonannya",
        "the applicant has said that they wish to cancel the request",
    ),
    "disowned": (
        "pemohon menyatakan tidak mengajukan permohonan ini",
        "the applicant has said that they did not make this request",
    ),
    "holder-wrote": (
        "pemegang sertifikat menulis tentang permohonan ini",
        "the certificate holder has written about this request",
    ),
}
"""What a word that was on its way meanwhile could not know (`rules.effects.TakeBack`)."""
NOT_THEIRS = frozenset({"taken-by-another", "another-must", "own-request"})
"""Objections that another word of the same officer cannot meet: they are told, not asked back."""


@dataclass(frozen=True)
class Reply:
    """An officer's reply to a task, on its way to a decision."""

    matter: Matter
    task: TaskRow
    officer: Officer
    answer: Answer
    message_id: int | None

    @property
    def arrived(self) -> datetime:
        """When it arrived: undo time counts from there, not from when it is read."""
        return self.answer.message.arrived

    @property
    def is_theirs(self) -> bool:
        """Whether the task is put before this officer, or everything may be decided by them."""
        if self.officer.role == "official":
            return True
        given = {email.lower() for email in self.task.officers}
        return bool(self.officer.addresses & given)

    @property
    def is_open(self) -> bool:
        """Whether this officer may still decide the task."""
        return self.task.state in tasks.LIVE and self.is_theirs

    def say(self, template: str, reason: str) -> str:
        """Answer the officer; return the reason for the ledger."""
        self.answer.to_officer(template, self.officer, self.task)
        return reason

    def ask_back(
        self,
        problem: tuple[str, str],
        template: str = "officer-word-not-understood",
        *,
        about_persons: bool = False,
    ) -> str:
        """Tell the officer what was not understood or cannot count (Indonesian, English); the task stays as it is.

        `about_persons`: it is whom an approval leaves out, so the letter lists the persons and shows the right form.
        """
        language = self.matter.office.config.department.language
        numbers = [each.number for each in self.matter.case.persons]
        self.answer.to_officer(
            template,
            self.officer,
            self.task,
            not_understood=problem[1 if language == "en" else 0],
            form=besides_form(language, numbers) if about_persons and len(numbers) > 1 else "",
        )
        return f"not understood: {problem[1]}"


def handle(work: Work, message: MessageRow, facts: MessageFacts, found: Addressed) -> str | None:
    """Work off a reply to a task; return the reason that goes into the ledger, None when it is not its officer's.

    Somebody else's message with that token is told to the administrators and then worked off as if there were no token: an applicant
    who answers all writes to the officer's reply address too.
    """
    task, officer = found.task, found.officer
    case = work.session.get(CaseRow, task.case_id)
    assert case is not None  # noqa: S101 - a task's case is a foreign key
    matter = Matter.of(work, case)
    reply = Reply(matter, task, officer, Answer(matter, message, facts), message.id)
    if facts.sender is None or facts.sender.address.lower() not in officer.addresses:
        _misused(reply, facts)
        return None if facts.sender else f"not counted: {facts.from_defect}"
    message.case_id = case.id
    meant = confirmation.confirmed(matter, task, officer, facts)
    if meant is not None:
        return _hear(reply, message, meant)
    return _unproven(reply, facts) or _hear(reply, message, facts)


def _unproven(reply: Reply, facts: MessageFacts) -> str:
    """Answer a message of which it is not certain that the officer wrote it, and wrote it to us; "" where it is."""
    config = reply.matter.office.config
    if not counts(facts, config):
        log.warning("unproven-officer", task=reply.task.id)
        reply.answer.to_officer(
            "officer-word-unproven",
            reply.officer,
            reply.task,
            confirms=confirmation.may_be_asked(facts, config) and reply.is_theirs,
        )
        return "not counted: the sender is not authenticated"
    if not is_for_us(facts, config):
        log.warning("word-not-for-us", task=reply.task.id)
        return reply.say("officer-word-not-for-us", NOT_FOR_US)
    return ""


def _hear(reply: Reply, message: MessageRow, facts: MessageFacts) -> str:
    matter, task, officer = reply.matter, reply.task, reply.officer
    spoken = officer_word(
        without_tokens(facts.new_text),  # a reason is read by others
        declared_words(matter.sop, task.step),
        matter.case.persons,
        free=free_outcomes(matter.sop, task.step, own=is_own(matter, task)),
    )
    if facts.unread:
        return reply.ask_back(UNREAD)
    if not facts.new_text.strip() and facts.below_text:
        return reply.ask_back(BELOW)
    if spoken.outcome is None:
        asked = errand(facts.new_text, "", about_one=True)
        if asked is not None and asked.kind not in {"nearly", "register"}:
            return own_mail.do(OwnMail(matter.work, message, facts, officer, asked))
        return reply.ask_back((spoken.problem, spoken.problem_en), about_persons=spoken.problem_en == WHOM.en)
    if spoken.outcome == "undo":
        return _undo(reply)
    return _decide(reply, spoken, spoken.outcome)


def _misused(reply: Reply, facts: MessageFacts) -> None:
    """A token that is right in a message that is not its officer's: it decides nothing, the administrators are told."""
    why = facts.from_defect or "token of a task in a message that is not from its officer"
    log.warning("token-misused", task=reply.task.id)
    work, ticket = reply.matter.work, reply.matter.row.ticket
    detail = {"why": why, "message": str(reply.message_id)}
    audit.record(work, actor="program", action="token-misused", subject=ticket, detail=detail)
    sender = facts.sender.address if facts.sender else "-"
    subject = without_tokens(facts.subject).strip()
    shown = f"{why}; message {reply.message_id}, from {sender}, subject: {subject or '-'}"
    notices.alert(work, f"token-misused:{reply.message_id}", ticket, shown)


def without_task(work: Work, message: MessageRow, facts: MessageFacts, *, lost: bool = False) -> str | None:
    """Answer an officer whose word belongs to no task: no token, one that is not right, or an answer to another letter of ours.

    None when it is not such a message: an officer may also be an applicant. The answer goes to the officer's own address.
    """
    officer = work.office.config.officer_by_address(facts.sender.address) if facts.sender else None
    if officer is None:
        return None
    tries = has_token(facts)  # a wrong one: no weaker link takes its place
    reason = None if tries else sort.answer(work, message, facts, officer)
    reason = reason or own_mail.answer(work, message, facts, officer)
    if reason is not None:
        return reason
    referred = select(OutboxRow).where(
        col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references}),
        OutboxRow.recipient_key == cases.address_key(work.office, officer.email),
    )
    answers_us = any(not each.template.startswith("applicant-") for each in work.session.exec(referred))
    in_conversation = bystanders.conversation(work, facts) is not None
    if not (answers_us or tries or (officer_word(facts.new_text).outcome and not in_conversation)):
        return None
    message.state, message.place, message.placed = MessageState.FILED, "processed", False
    notices.no_task(work, message, facts, officer, tasks.open_of(work.session, officer), lost=lost)
    return "not counted: an officer's message that belongs to no task"


def _decide(reply: Reply, spoken: Spoken, outcome: str) -> str:
    task, matter = reply.task, reply.matter
    remedies = remedies_of(task, spoken.numbers)
    if task.state == TaskState.DECIDED:
        return _second(reply, spoken, outcome)
    if remedies is None:
        return reply.ask_back(NO_SUCH_NUMBER)
    word = Word(
        task=task.key,
        officer=reply.officer.email,
        official=reply.officer.role == "official",
        outcome=outcome,
        text=spoken.text.strip(),
        remedies=remedies,
        besides=spoken.besides,
        because=spoken.because,
    )
    why = _objection(reply, word) if reply.is_open else "stale-task"
    if why == "stale-task":
        return _too_late(reply, word)
    if why:
        aside = why == "no-such-outcome" and not is_own(matter, task)
        template = "officer-word-not-yours" if why in NOT_THEIRS else "officer-word-not-understood"
        if why == "taken-by-another":
            problem = _taken_by(names_of(matter.office, [matter.case.taken_by or ""]))
        else:
            problem = DECIDED_ELSEWHERE if aside else OBJECTIONS[why]
        return reply.ask_back(problem, template, about_persons=why == "no-such-person")
    if is_immediate(matter.sop, outcome):
        if outcome == "take":
            task.state = TaskState.TAKEN
        return _happen(reply, word)
    return _claim(reply, word)


def _taken_by(who: str) -> tuple[str, str]:
    return (
        f"tugas ini sudah diambil {who}; bila perlu, mohon bicarakan dengan {who} atau pejabat",
        f"{who} has taken this task; where needed, please speak with {who} or the official",
    )


def _second(reply: Reply, spoken: Spoken, outcome: str) -> str:
    """Tell the second officer who decided and what; where the two words disagree, tell the first and the official too."""
    second = Second(
        officer=reply.officer,
        outcome=outcome,
        besides=spoken.besides,
        text=spoken.because or spoken.text.strip(),
        message_id=reply.message_id,
    )
    if (
        reply.is_theirs
        and reply.officer.email != reply.task.decided_by
        and disagreement.differs(reply.task, second)
    ):
        disagreement.tell(reply.matter, reply.task, second)
    return reply.say(disagreement.ALREADY_DECIDED, "not counted: already decided")


def _objection(reply: Reply, word: Word) -> str:
    """Why a proven word on an open task cannot count, "" if it can."""
    matter, step = reply.matter, reply.matter.sop.steps.get(reply.task.step)
    if tasks.is_own_request(matter, reply.officer) and tasks.somebody_else(matter, reply.task):
        return "own-request"
    why = objection(matter.sop, matter.case, word, matter.now, matter.office.calendar)
    wants_text = word.outcome == "incomplete" and not (step and step.kind == "ams")
    return "text-wanted" if not why and wants_text and not (word.text or word.remedies) else why


def _too_late(reply: Reply, word: Word) -> str:
    """The task is void: nothing counts any more, but SELESAI on a row of the request tells a fact of the world, and is passed on."""
    if reply.is_theirs and tells_a_fact(reply.matter.case, word):
        return _happen(reply, word)
    return reply.say("officer-word-void", "not counted: the task is no longer open")


def _happen(reply: Reply, word: Word) -> str:
    """Let a word happen at once, without undo time."""
    actor = f"officer:{word.officer}"
    reply.matter.work.session.add(reply.task)
    engine.happen(reply.matter.work, reply.matter.row, word, actor=actor, message_id=reply.message_id)
    reply.answer.to_officer(
        "officer-word-receipt", reply.officer, reply.task, decision=word.outcome, besides=word.besides
    )
    return f"{word.outcome} by the officer"


def _claim(reply: Reply, word: Word) -> str:
    """Decide the task, unless somebody has; the word happens when its undo time has passed (`timers.apply_one_word`)."""
    work, task, now = reply.matter.work, reply.task, reply.matter.now
    if not tasks.knew_the_news(task, reply.answer.message):
        return reply.ask_back(NEWS[task.news or ""], "officer-word-overtaken")
    effective = reply.arrived + timedelta(minutes=work.office.config.tasks.undo_minutes)
    if not tasks.claim(work.session, task, word, now=now, effective_at=effective):
        return reply.say(disagreement.ALREADY_DECIDED, "not counted: already decided")
    audit.record(
        work,
        actor=f"officer:{word.officer}",
        action=f"word:{word.outcome}",
        subject=reply.matter.row.ticket,
    )
    reply.answer.to_officer(
        "officer-word-receipt", reply.officer, task, decision=word.outcome, besides=word.besides
    )
    return f"{word.outcome} by the officer"


def apply_word(work: Work, task: TaskRow) -> None:
    """Let a decided word happen: its undo time has passed."""
    case = work.session.get(CaseRow, task.case_id)
    assert case is not None and task.said is not None  # noqa: S101, PT018 - written together by `tasks.claim`
    task.effective_at = None
    work.session.add(task)
    work.session.flush()
    word = Word.model_validate_json(task.said)
    engine.happen(work, case, word, actor=f"officer:{word.officer}")


def _undo(reply: Reply) -> str:
    task, matter = reply.task, reply.matter
    if task.state in tasks.LIVE:
        return reply.ask_back(NOTHING_TO_UNDO)
    since = task.decided_at or matter.now
    if tasks.unclaim(matter.work.session, task, officer=reply.officer, arrived=reply.arrived):
        disagreement.tell_open_again(matter, task, reply.officer, since, reply.message_id)
        return reply.say("officer-word-undone", "word taken back")
    return reply.say("officer-word-undo-too-late", "not counted: too late to take the word back")
