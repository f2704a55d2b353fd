"""`CARI` name, NIP or number: the requests of a holder, the newest first, or the one of this number with its parts."""

import re

from sqlalchemy import or_
from sqlmodel import col, select

from mailflow.cases import value_of
from mailflow.letters.lists import case_table
from mailflow.letters.staff import OwnMail
from mailflow.staff.help_words import answer_unclear
from mailflow.staff.numbers import ask_number
from mailflow.store.tables import CaseRow
from mailflow.tickets import tickets_like
from rules.case import Case
from rules.keywords import normal, tokens

_LOOKED_AT = 500
"""The newest requests whose sealed names are opened and compared."""
_SHOWN = 20
_DIGITS = 18
_NUMBER = re.compile(r"[\d\s.-]{6,}")


def answer(mail: OwnMail) -> str:
    """Send what was found."""
    wanted = mail.asked.rest or mail.asked.more.partition("\n")[0].strip()
    words = [
        token.group()
        for token in tokens(normal(wanted))
        if normal(token.group()) not in {"nama", "nip", "name"}
    ]
    if not words:
        return answer_unclear(
            mail,
            "nama, NIP, atau nomor layanan belum ditulis setelah kata itu",
            "the name, NIP or number is not written after the word",
        )
    prefix = mail.work.office.config.department.ticket_prefix
    beginnings = tickets_like(wanted, prefix)
    found = _by_ticket(beginnings, mail)
    if not found and beginnings and prefix.casefold() in wanted.casefold():
        return ask_number(mail)
    found = found or _found(words, mail)
    mail.say(
        "officer-requests-found",
        quote=wanted[:100],
        tables=case_table(mail.work, "FOUND" if mail.language == "en" else "DITEMUKAN", found, _SHOWN),
    )
    return f"own mail: a search, {len(found)} found"


def _found(words: list[str], mail: OwnMail) -> list[CaseRow]:
    return _by_number("".join(words), mail) if _NUMBER.fullmatch(" ".join(words)) else _by_name(words, mail)


def _by_ticket(beginnings: tuple[str, ...], mail: OwnMail) -> list[CaseRow]:
    """The request whose number begins so, and its parts."""
    if not beginnings:
        return []
    begins = [col(CaseRow.ticket).startswith(each, autoescape=True) for each in beginnings]
    return list(mail.work.session.exec(select(CaseRow).where(or_(*begins)).order_by(col(CaseRow.id).desc())))


def _by_number(number: str, mail: OwnMail) -> list[CaseRow]:
    """By keyed hash where it is a whole NIP; persons of collective letters have none, so the newest requests are looked through too."""
    key = mail.work.office.keyring.index(f"nip:{number}")
    query = select(CaseRow).where(CaseRow.person_key == key).order_by(col(CaseRow.id).desc())
    known = list(mail.work.session.exec(query)) if len(number) == _DIGITS else []
    ids = {row.id for row in known}
    listed = (row for row in _newest(mail) if row.id not in ids)
    return known + [row for row in listed if any(each.nip == number for each in value_of(row).persons)]


def _by_name(words: list[str], mail: OwnMail) -> list[CaseRow]:
    return [row for row in _newest(mail) if any(_is_named(words, name) for name in _names(value_of(row)))]


def _newest(mail: OwnMail) -> list[CaseRow]:
    return list(mail.work.session.exec(select(CaseRow).order_by(col(CaseRow.id).desc()).limit(_LOOKED_AT)))


def _names(case: Case) -> list[str]:
    read = (each.facts.fields["name"].value for each in case.documents if "name" in each.facts.fields)
    return [case.holder, case.applicant, *read, *(each.name for each in case.persons)]


def _is_named(words: list[str], name: str) -> bool:
    """Whether each word begins one of the name's."""
    spelled = [token.group() for token in tokens(normal(name))]
    return all(any(part.startswith(word) for part in spelled) for word in words)
