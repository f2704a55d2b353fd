"""`CATAT` number text: a note on a request, on record with who wrote it."""

import re

from mailflow import tasks
from mailflow.dossier import Matter
from mailflow.letters.about import case_letter
from mailflow.letters.staff import OwnMail
from mailflow.staff.help_words import answer_unclear
from mailflow.staff.numbers import ask_number, named_case

_NUMBER = re.compile(
    r"^[\s.:,;-]*(?:(?:no|nomor|nomer|number)\b[.:\s]*)?[A-Za-z]{2,4}[\s-]*\d\d[\s-]*\d{4,6}[\s-]*[0-9A-Za-z]\b[\s.:,;-]*"
)


def answer(mail: OwnMail) -> str:
    """Write the note."""
    row = named_case(mail)
    if row is None:
        return ask_number(mail)
    written = f"{mail.asked.rest}\n{mail.asked.more}".strip()
    text = _NUMBER.sub("", written, count=1).strip()
    if not text:
        return answer_unclear(
            mail, "catatannya belum ditulis setelah nomor layanan", "the note is not written after the number"
        )
    matter = Matter.of(mail.work, row)
    tasks.record(matter, "note", text, actor=f"officer:{mail.officer.email}", message_id=mail.message.id)
    letter = case_letter(matter, mail.language, to_applicant=False)
    mail.say("officer-note-recorded", letter=letter, owed=True, quote=text[:600])
    return f"own mail: a note on {row.ticket}"
