"""What a template may say: one flat value, filled by the engine, the same for every letter.

A template uses what it needs; `StrictUndefined` finds a misspelt name. Nothing in here is trusted markup: HTML escapes all of it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

SAID = {
    "reason": "why: of a rejection, of a request for more, of a void task, of what could not be counted",
    "about": "what a letter of the applicant was taken for (`help`, `wrote`, `complaint`)",
    "requests": "what the applicant is asked to do, one courteous sentence each",
    "answer": "an officer's own words to the applicant, one entry per paragraph",
    "unopened": "names of what was received and could not be opened",
    "unread": "what was received and only a person can tell, each with what it looks like (`foto IMG_1.jpg`)",
    "uncertain": "present where only a person can tell whether a document that is wanted is there",
    "added": "names of what mail programs put into the applicant's messages, which is no document of the request",
    "status": "where a request stands, one sentence",
    "events": "what has happened in AMS, one sentence per event",
    "next": "what happens now, one sentence each",
    "understood": "what of an officer's reply was understood",
    "not_understood": "what of it was not",
    "form": "how a word is written right that was not understood",
    "confirm": "of a word nobody vouches for: the token whose return confirms it",
    "left_out": "why an approval left out these persons, in the officer's words",
    "returned": "of a letter of ours that came back: address, subject, why, the mail server's words; the last two may be empty",
    "others": "of a mail that somebody else wrote in the applicant's conversation: who, subject, when, names of its files",
    "conversation": "present where an officer wrote in the applicant's conversation",
    "asked": "present where an officer asked for a colleague's task",
    "limit": "the size limit in words (`25 MB`)",
    "size": "the size of the message in words",
    "alerts": "what went wrong, where, and the next step, one sentence each",
    "serial": "the last digits of a certificate's serial number, never the whole",
    "days": "whole days until a certificate expires (`30`, `0` today, `-7` a week ago)",
    "expires": "when a certificate expires, ISO 8601 with offset",
    "ticket": "the number under which a person of a collective letter is looked at separately",
    "submitter": "who wrote in the holder's name",
    "holder": "the holder's address, where their confirmation is waited for",
    "reopens": "present where an answer opens the closed request again",
    "drafts": "present where drafts are sent only once the address has answered a letter: it is a stranger's, and unproven",
    "onward": "present where a further row of a request under way asks for something",
    "answered": "present where the letter answers the applicant's answer to a question",
    "again": "present where the same is asked once more",
    "silence": "what no answer means, as the end of a sentence",
    "reminder": "present where the holder is reminded",
    "wrote": "present where the holder wrote in other words than those asked for",
    "objects": "present where the holder objects to what is being looked at",
    "theirs": "`yes` where the holder said that the request is theirs; empty where they denied it",
    "outages": "when the program did not work while the promise ran, one sentence",
    "remind": "when an applicant who has not done the steps in AMS is reminded, ISO 8601 with offset",
    "told": "present where the applicant is told too that the promised time has passed",
    "official": "present where there is an official, who is told too",
    "repeated": "names of files that came again unchanged",
    "repeated_at": "when those files first came, ISO 8601 with offset",
    "began": "from when on a database that was put back knows nothing, ISO 8601 with offset",
    "ended": "until when it knows nothing, ISO 8601 with offset",
    "folder": "the mailbox's folder for mail that was worked off",
    "twice": "present where the mail may have been answered before, and that is not on record",
    "maybe": "present where it is not certain that the database was put back",
    "held": "how many letters wait for an administrator's word, nothing where none does",
}
"""The names `Letter.said` may hold. An administrator's own template may use further names that the SOP gives."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """The department as its letters show it (configuration `[department]`)."""

    name: str
    address: str
    phone: str
    hours: str
    """Office hours in words of the letter's language, e.g. `Senin s.d. Jumat, 08.00-16.00 WIB`."""
    timezone: str
    website: str = ""
    complaints_contact: str = ""
    complaints_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A keyword with what it does, and the `mailto:` address of its one-word button ("" for none)."""

    word: str
    meaning: str
    mailto: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A missing piece: what it is, and how to get it."""

    what: str
    how: str = ""
    short: str = ""
    """Two or three words for the subject (`CSR`), "" when there are none."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything any template may show. Empty means: not said in this letter."""

    language: str
    office: Office
    ticket: str = ""
    service: str = ""
    """The SOP's title in the letter's language, as it reads inside a sentence (`lupa passphrase sertifikat elektronik`)."""
    name: str = ""
    """Whom the letter addresses; "" when unknown (then `Bapak/Ibu` alone)."""
    holder: str = ""
    """The certificate's holder, for officers."""
    received: datetime | None = None
    now: datetime | None = None
    due: datetime | None = None
    due_because: str = ""
    """The holidays that explain the due time, in words, "" when none lies between."""
    promise: str = ""
    """The promise in words (`1 hari kerja`)."""
    fee: str = ""
    """What the service costs, in words; "" means that there is no fee, and the letter says so."""
    have: tuple[str, ...] = ()
    missing: tuple[Asked, ...] = ()
    read: tuple[tuple[str, str], ...] = ()
    """Label and value of what was read, already masked where it must be."""
    look_at: tuple[str, ...] = ()
    """Findings that need a person's eye (fail, warn, unknown), numbered as `KURANG 1` asks for them."""
    agrees: tuple[str, ...] = ()
    """What agrees, in a word or two each."""
    compare: tuple[tuple[str, str], ...] = ()
    """What to compare in AMS: label and value."""
    task: str = ""
    """What the officer is asked to do: the SOP row's action; "" for a task beside the request's own course (then `note` says it)."""
    topic: str = ""
    """What such a task beside is about, in two or three words for the subject."""
    row: str = ""
    """The row's number in the signed SOP, "" for an added row."""
    note: str = ""
    """What has changed or happened since (`evidence has changed`), one sentence."""
    words: tuple[Word, ...] = ()
    undo_minutes: int = 0
    steps: tuple[str, ...] = ()
    """Steps the applicant takes in AMS, in order."""
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences of the decision, by the names in `SAID`; a name that is not given counts as nothing said."""
    quote: str = ""
    """New text of the writer, shortened, for the reader to recognise."""
    attachments: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    """File names of the prefilled letters that are attached for the applicant to complete and sign."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Table of a list letter (queue, digest): cells per row, first row the headings."""
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    """Several such tables, each under its heading."""
    bodies: tuple[tuple[str, str], ...] = ()
    """Whole texts under a heading: the mails `admin-message-observed` shows."""
    closes: datetime | None = None
    """When the request is closed if the applicant stays silent."""
    reopen_until: datetime | None = None
    """Until when an answer opens a closed request again."""
    stage: tuple[int, int] | None = None
    """Which of how many stages of the applicant the request is in (`Langkah 2 dari 3`)."""
    urgent: bool = False
    """The request goes before the others: said first in the subject of officers' and the official's tasks."""
    question: str = ""
    """What the applicant is asked; `words` with a meaning are the answers that are offered."""
    help: str = ""
    """What an applicant may try first and how the pieces are got, as the SOP says it."""
    help_asof: date | None = None
    """The day as of which `help` was true."""
    persons: tuple[tuple[str, ...], ...] = ()
    """Those a collective letter names: number, name, NIP (masked where it must be), note; the last two may be empty."""
    parent: str = ""
    """The number of the request that this one is about, or was split from."""
    sort: str = ""
    """The class an officer sorted the request into, in words."""
    decision: str = ""
    """The word that was decided with (`SETUJU`), as officers know it."""
    by: str = ""
    """Who decided, or who had the task."""
    decided: datetime | None = None
    """When it was decided, undone or made void."""
