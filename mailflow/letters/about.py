"""What every letter of a case begins with: department, ticket, service, times, and what was read, masked where it must be."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mailflow.config import WEEKDAYS, Department
from mailflow.dossier import Dossier
from mailflow.family import stage
from mailflow.outbox import letter as words
from mailflow.outbox.letter import Asked, Letter
from parsers.facts import FieldValue
from parsers.identity import belongs_to, format_nip, same_address
from rules.beginning import named
from rules.case import Case, CaseDocument, State
from rules.needs import HOLDER, judge, to_be_seen
from rules.sop import Sop
from rules.span import parse_span
from rules.turns.promise import promised

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
FIELDS = {
    "name": ("Nama", "Name"),
    "nip": ("NIP", "NIP"),
    "unit": ("Unit kerja", "Unit"),
    "institution": ("Instansi", "Institution"),
    "official_email": ("E-mail dinas", "Official e-mail"),
    "phone": ("Telepon", "Telephone"),
    "reason": ("Alasan", "Reason"),
    "changes": ("Perubahan", "Changes"),
}
_ABBREVIATION = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


@lru_cache(maxsize=8)
def _hours(hours: tuple[tuple[str, str], ...], timezone: str, language: str) -> str:
    """Return office hours in words: days of equal hours are drawn together (`Senin-Kamis 08.00-16.00, Jumat 08.00-11.00 WIB`)."""
    known = dict(hours)
    runs: list[tuple[int, int, str]] = []
    for index, day in enumerate(WEEKDAYS):
        span = known.get(day)
        if span and runs and runs[-1][1] == index - 1 and runs[-1][2] == span:
            runs[-1] = (runs[-1][0], index, span)
        elif span:
            runs.append((index, index, span))
    names = _DAYS[language]
    parts = [(names[a] if a == b else f"{names[a]}\N{EN DASH}{names[b]}") + " " + span for a, b, span in runs]
    text = ", ".join(parts).replace("-", "\N{EN DASH}")
    return f"{text.replace(':', '.') if language == 'id' else text} {_ABBREVIATION.get(timezone, timezone)}"


def office_card(department: Department, language: str) -> words.Office:
    """Return the department as its letters show it."""
    return words.Office(
        name=department.name,
        address=department.address,
        phone=department.phone,
        hours=_hours(tuple(department.office_hours.items()), department.timezone, language),
        timezone=department.timezone,
        website=department.website,
        complaints_contact=department.complaints_contact,
        complaints_phone=department.complaints_phone,
    )


def current(documents: Sequence[CaseDocument]) -> list[CaseDocument]:
    """Return the documents that count, in their order: of those for the same need, what came with the newest message.

    A letter that was read stays beside a later photo, which may be the letter corrected or something else.
    """
    newest = {(each.need, each.unread): each.message for each in documents if each.need is not None}
    read = {each.need: each.message for each in documents if each.need is not None and not each.unread}
    return [
        each
        for each in documents
        if each.need is None
        or (
            each.message == newest[each.need, each.unread]
            and (not each.unread or each.message >= read.get(each.need, 0))
        )
    ]


def read_fields(case: Case, language: str, *, domain: str, staff: bool) -> tuple[tuple[str, str], ...]:
    """Return label and value of what was read; numbers in full only for readers who may see them (UU 27/2022).

    Beside officers that is the person of the letter alone, at the official address that the letter itself gives, in the
    department's `domain`, unless another address is on file: a colleague's address, or one outside the domain, gets them masked.
    """
    found: dict[str, str] = {}
    theirs = {
        document.facts.fields["nip"].value
        for document in case.documents
        if "nip" in document.facts.fields and _is_theirs(case.address, document.facts.fields, domain)
    }
    for document in reversed(case.documents):  # what was corrected stands in the newest
        for name, value in document.facts.fields.items():
            if name in FIELDS and value.value and name not in found and (staff or name != "phone"):
                found[name] = value.value
    full = staff or (found.get("nip") in theirs and not case.holder_address)
    if "nip" in found:
        found["nip"] = format_nip(found["nip"]) if full else mask(found["nip"])
    rows = [(FIELDS[name][0 if language == "id" else 1], found[name]) for name in FIELDS if name in found]
    if staff and (writer := submitter(case)):
        rows.insert(0, ("Diajukan oleh" if language == "id" else "Sent by", writer))
    return tuple(rows)


def submitter(case: Case) -> str:
    """Return who wrote for somebody else, name and address, "" where holders write for themselves."""
    if not (case.holder_address or case.applicant != case.holder or _is_of_list(case)):
        return ""
    return f"{case.applicant} <{case.address}>" if case.applicant else case.address


def whose(case: Case) -> str:
    """Return whom a request is about, for officers: those a letter lists, for its writer may be none of them, else the holder."""
    return (named(case.persons) if _is_of_list(case) else "") or case.holder or case.applicant


def _is_of_list(case: Case) -> bool:
    """Tell whether a letter for many stands behind a request."""
    return len(case.persons) > 1 or case.relation == "sibling"


def _is_theirs(address: str, fields: Mapping[str, FieldValue], domain: str) -> bool:
    """Tell whether an address is the official one of the letter with these fields."""
    official = fields.get("official_email")
    return official is not None and belongs_to(address, domain) and same_address(address, official.value)


def mask(number: str) -> str:
    """Return a number with only its first and last digits: enough to recognise one's own."""
    keep = 4
    return (
        number
        if len(number) <= 2 * keep
        else f"{number[:keep]}{'•' * (len(number) - 2 * keep)}{number[-keep:]}"
    )


_UNITS = {
    "working day": "hari kerja",
    "working hour": "jam kerja",
    "day": "hari",
    "hour": "jam",
    "minute": "menit",
}


def span_in_words(span: str, language: str) -> str:
    """Return a span as a letter says it: `1 hari kerja`."""
    parsed = parse_span(span)
    return span if language == "en" else f"{parsed.amount} {_UNITS[parsed.unit]}"


def case_letter(dossier: Dossier, language: str, *, to_applicant: bool) -> Letter:
    """Return the letter that every letter of this case starts from."""
    office, sop, case = dossier.office, dossier.sop, dossier.case
    department = office.config.department
    has = judge(sop, case)
    began = case.promise_since or dossier.now
    due = (
        None if case.closed or case.state in {State.APPLICANT, State.CHILD} else case.due
    )  # a promise that rests promises nothing
    row = sop.steps[case.step]
    alarm = case.row_alarm or case.alarm
    lapses = alarm is not None and alarm.name == "close" and row.kind != "ams"
    sort = sop.classes.get(case.sort)
    read = read_fields(case, language, domain=department.domain, staff=not to_applicant)
    known = case.applicant or (
        "" if submitter(case) else dict(read).get(FIELDS["name"][0 if language == "id" else 1], "")
    )
    return Letter(
        language=language,
        office=office_card(department, language),
        ticket=case.number,
        stage=None if case.closed or case.relation == "sibling" else stage(dossier),
        urgent=bool(case.urgent),
        sort=sort.label.in_(language) if sort else "",
        parent=case.parent or "" if case.relation in {"linked", "sibling"} else "",
        persons=_persons(case, staff=not to_applicant),
        service=sop.service.in_(language),
        name=known if to_applicant else "",
        holder=(case.holder if to_applicant else whose(case)) or known,
        received=case.opened,
        now=dossier.now,
        due=due,
        due_because=office.calendar.between_holidays(began, due, language) if due else "",
        promise=span_in_words(promised(sop, case), language),
        have=tuple(sop.needs[need].label.in_(language) for need in sop.needs if need in has.have),
        missing=tuple(asked(sop, need, language) for need in has.missing if need != HOLDER),
        said={
            "holder": (case.holder_address,) if HOLDER in has.missing else (),
            "reopens": ("yes",) if case.closed and row.reopens else (),
            **seen_by_person(sop, case, language),
        },
        read=read,
        reopen_until=office.calendar.add(case.closed, sop.waiting.reopen) if case.closed else None,
        closes=alarm.at if alarm and lapses else None,
    )


_LOOKS_LIKE = {
    "id": ("foto", "hasil pindai", "berkas"),
    "en": ("photo", "scan", "file"),
}


def seen_by_person(sop: Sop, case: Case, language: str) -> dict[str, tuple[str, ...]]:
    """Return what was received and only a person can tell, and whether a document that is wanted may be among it."""
    photo, scan, other = _LOOKS_LIKE[language]
    by_type = {"image": photo, "application/pdf": scan}
    unread = dict.fromkeys(
        f"{by_type.get(each.media_type, by_type.get(each.media_type.partition('/')[0], other))} {each.name}"
        for each in to_be_seen(sop, case.documents)
    )
    read = {each.need for each in case.documents if not each.unread}
    uncertain = any(each.need is not None and each.need not in read for each in case.documents if each.unread)
    return {"unread": tuple(unread), "uncertain": ("yes",) if uncertain else ()}


def _persons(case: Case, *, staff: bool) -> tuple[tuple[str, ...], ...]:
    """Return number, name, NIP (in full for officers only) and what to look at, of each person of a collective letter."""
    if not _is_of_list(case):
        return ()  # it is the person the letter is about anyway
    return tuple(
        (
            str(each.number),
            each.name,
            (format_nip(each.nip) if staff else mask(each.nip)) if each.nip else "",
            each.note if staff else "",
        )
        for each in case.persons
    )


def asked(sop: Sop, need: str, language: str) -> Asked:
    """Return a missing piece as a letter asks for it."""
    wanted = sop.needs[need]
    return Asked(what=wanted.label.in_(language), how=wanted.how.in_(language), short=_short(sop, need))


def _short(sop: Sop, need: str) -> str:
    """Two or three words for a subject: what everybody calls the piece."""
    return "CSR" if "csr" in sop.needs[need].document else ""
