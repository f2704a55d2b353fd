"""The request an officer's own mail names by its number."""

import re

from mailflow.cases import by_ticket
from mailflow.letters.staff import OwnMail
from mailflow.staff.help_words import answer_unclear
from mailflow.store.tables import CaseRow
from mailflow.tickets import find_tickets


def named_case(mail: OwnMail) -> CaseRow | None:
    """Return the request whose number stands after the word, or, in a reply to a task's letter, that task's."""
    text = f"{mail.asked.rest}\n{mail.asked.more}"
    tickets = find_tickets(text, mail.work.office.config.department.ticket_prefix)
    if tickets:
        return by_ticket(mail.work.session, tickets[0])
    return mail.work.session.get(CaseRow, mail.message.case_id) if mail.message.case_id else None


def ask_number(mail: OwnMail) -> str:
    """Say that there is no request of this number, or that none was written."""
    if not re.search(r"\d", f"{mail.asked.rest}\n{mail.asked.more}"):
        return answer_unclear(
            mail,
            "nomor layanan belum ditulis setelah kata itu; nomornya dapat dicari dengan CARI dan nama atau NIP",
            "the number is not written after the word; FIND with a name or NIP finds it",
        )
    return answer_unclear(
        mail,
        "nomor layanan itu tidak ada; mohon ditulis lengkap, termasuk huruf atau angka terakhirnya",
        "there is no request of that number; please write it whole, with its last letter or digit",
    )
