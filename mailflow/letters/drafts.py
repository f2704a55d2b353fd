"""The prefilled letters that go with a letter to the applicant: what the applicant has to sign, with what is known filled in."""

from collections.abc import Mapping, Sequence

from mailflow import drafts
from mailflow.dossier import Dossier, Matter
from mailflow.letters.about import read_fields
from mailflow.outbox.compose import Attachment
from mailflow.store import blobs
from parsers.identity import belongs_to, format_nip
from rules.case import Case

_OPEN = ("name", "rank", "position", "unit", "institution")
"""What whoever wrote for somebody may read; identity numbers, telephone and address are the person's own."""
_NUMBERS = ("nip", "nik", "phone")


def draft_names(dossier: Dossier, names: Sequence[str]) -> tuple[str, ...]:
    """Return what the files of these drafts are called in the applicant's language."""
    return tuple(drafts.file_name(name, dossier.case.language) for name in names)


def prefilled(matter: Matter, names: Sequence[str]) -> tuple[Attachment, ...]:
    """Return the drafts of these names as attachments, their bytes stored: the letter stays the same when it is sent again."""
    found = []
    own = matter.office.config.directory / "drafts"
    for name in names:
        made = drafts.make(name, matter.case.language, _known(matter), changes=_changes(matter.case), own=own)
        key = blobs.put(matter.work.session, matter.office.keyring, made.data, matter.now)
        found.append(Attachment(name=made.name, media_type=made.media_type, data=made.data, key=key))
    return tuple(found)


def _known(matter: Matter) -> Mapping[str, str]:
    """What the case knows of its one person, the newest letter first; of several nobody's data is filled in for another."""
    case = matter.case
    read = _read(case)
    domain = matter.office.config.department.domain
    shown = read_fields(case, "id", domain=domain, staff=False)
    theirs = "nip" in read and ("NIP", format_nip(read["nip"])) in shown
    known = {name: read[name] for name in (*_OPEN, *(_NUMBERS if theirs else ())) if name in read}
    if theirs and belongs_to(case.address, domain):
        known["official_email"] = case.address
    if len(case.persons) > 1:
        known = {}
    reason = (
        case.facts.get("reason") or matter.sop.steps[case.step].gives.get("reason") or read.get("reason", "")
    )
    return {**known, "reason": reason}


def _read(case: Case) -> dict[str, str]:
    found: dict[str, str] = {}
    for document in reversed(case.documents):
        for name, field in document.facts.fields.items():
            if field.value:
                found.setdefault(name, field.value)
    return found


def _changes(case: Case) -> tuple[tuple[str, str, str], ...]:
    for document in reversed(case.documents):
        if document.facts.changes:
            return tuple((each.what, each.before, each.after) for each in document.facts.changes)
    return ()
