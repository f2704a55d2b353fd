"""The rows of tables as facts: changes of data, and persons. What is doubtful about a row is said with it."""

from collections import Counter
from collections.abc import Iterator

from parsers.facts import Change, FieldValue, PersonFacts
from parsers.identity.numbers import NIK_DIGITS, NIP_DIGITS, bare_digits, disagreements, read_nik, read_nip
from parsers.letters.columns import PERSON, is_changes, is_state
from parsers.letters.fields import Fields, doubted, field_value
from parsers.letters.labels import leading_field
from parsers.letters.lines import Word
from parsers.letters.tables import Row, Table
from parsers.letters.values import is_blank, joined, name_and_nip, normalise, wants_more

_IN_NAME = 15  # digits: a NIP below the name in its cell
_NORMALISED = ("nip", "nik", "official_email", "phone")
_NAMES = ("name", "name+nip")


def is_revocation(table: Table) -> bool:
    """Tell a table that makes persons inactive: Semula "Aktif", Menjadi "Tidak aktif"."""
    states = [text for row in table.rows for name in ("before", "after") if (text := row.text(name))]
    return is_changes(table.names) and bool(states) and all(is_state(text) for text in states)


def names_persons(table: Table) -> bool:
    """Tell whether a table has a column of names."""
    return any(name in table.names for name in _NAMES)


def changes_of(table: Table) -> Iterator[Change]:
    """Yield the changes of a table; rows left open are none."""
    if not is_changes(table.names) or is_revocation(table):
        return
    for row in table.rows:
        what = row.text("what")
        who = next((row.text(name) for name in _NAMES if row.text(name)), "")
        subject = leading_field(what) or ""
        before, plain_before = _datum(row, "before", subject)
        after, plain_after = _datum(row, "after", subject)
        if not before and not after:
            continue
        sure = min(word.confidence for name in ("before", "after") for word in row.words(name))
        yield Change(
            what=f"{what} ({who})" if who and what else what or who,
            before=before,
            after=after,
            certain=bool(what and after) and plain_before and plain_after and sure >= 1 and not row.doubts,
        )


def _datum(row: Row, name: str, subject: str) -> tuple[str, bool]:
    """Return what a cell says of `subject` (a field, "" unknown), and whether nothing about it is doubtful."""
    raw = _raw(row.cells.get(name, []), subject)
    value = normalise(subject if subject in _NORMALISED else "name", raw)
    if value is None:
        return ("" if is_blank(raw) else raw), is_blank(raw)
    return value.value, not value.note


def _raw(lines: list[list[Word]], name: str) -> str:
    """Return the text of a cell, its lines joined as values of a field are."""
    raw = ""
    for line in lines:
        text = " ".join(word.text for word in line)
        raw = (
            joined(name, raw, text)
            if name != "official_email" or wants_more(name, raw, text)
            else f"{raw} {text}"
        )
    return raw


def persons_of(table: Table) -> Iterator[Fields]:
    """Yield the fields of each person of a table; a doubt about the row is a doubt about each of them."""
    if not names_persons(table):
        return
    for row in table.rows:
        fields: Fields = {}
        for name, raw in _cells_of(row):
            where = row.words(name) or row.words("name+nip") or row.words("nip+nik") or row.words("name")
            value = field_value(name, raw, where, row.page) if where else None
            if value is not None and name not in fields:
                fields[name] = value
        if not {"name", "nip", "nik"} & fields.keys():
            continue
        for doubt in dict.fromkeys(row.doubts):
            fields = {name: doubted(value, doubt) for name, value in fields.items()}
        yield fields


def _cells_of(row: Row) -> Iterator[tuple[str, str]]:
    for name, lines in row.cells.items():
        raw = _raw(lines, name)
        if name == "name+nip" or (name == "name" and sum(char.isdigit() for char in raw) >= _IN_NAME):
            yield from zip(("name", "nip"), name_and_nip(raw), strict=True)
        elif name == "nip+nik":
            yield from _two_numbers(raw)
        elif name in PERSON:
            yield name, raw


def _two_numbers(raw: str) -> Iterator[tuple[str, str]]:
    """Yield NIP and NIK of a cell that may hold either or both: their lengths tell them apart."""
    digits = bare_digits(raw)
    if len(digits) == NIK_DIGITS:
        yield "nik", digits
    elif len(digits) == NIP_DIGITS + NIK_DIGITS:
        at = NIP_DIGITS if read_nip(digits[:NIP_DIGITS]) or not read_nip(digits[NIK_DIGITS:]) else NIK_DIGITS
        yield ("nip" if at == NIP_DIGITS else "nik"), digits[:at]
        yield ("nik" if at == NIP_DIGITS else "nip"), digits[at:]
    else:
        yield "nip", raw


def person(fields: Fields, *, twice: bool = False) -> PersonFacts:
    """Return the fields of a person as one fact; `twice`: the NIP stands in another row too."""
    kept = {name: value for name, value in fields.items() if name in PersonFacts.model_fields}
    notes = _notes(kept)
    nip, nik = _value(kept, "nip"), _value(kept, "nik")
    well_formed = (read_nip(nip), read_nik(nik))
    if well_formed[0] is not None and well_formed[1] is not None:
        apart = disagreements(well_formed[0], well_formed[1])
        notes += [f"NIP and NIK disagree: {', '.join(apart)}"] if apart else []
    notes += [] if _value(kept, "name") else ["no name"]
    notes += ["the same NIP in two rows"] if twice else []
    return PersonFacts(
        name=_value(kept, "name"),
        nip=nip,
        nik=nik,
        position=_value(kept, "position"),
        unit=_value(kept, "unit"),
        official_email=_value(kept, "official_email"),
        phone=_value(kept, "phone"),
        certain=not notes and all(value.certain for value in kept.values()),
        note="; ".join(notes),
    )


def _notes(fields: Fields) -> list[str]:
    """Return the notes of fields: what all of them say once, the rest with the field's name."""
    parts = {name: value.note.split("; ") if value.note else [] for name, value in fields.items()}
    common = [
        part for part in next(iter(parts.values()), []) if all(part in every for every in parts.values())
    ]
    apart = [f"{name}: {part}" for name, every in parts.items() for part in every if part not in common]
    return common + apart


def _value(fields: dict[str, FieldValue], name: str) -> str:
    return fields[name].value if name in fields else ""


def persons(rows: list[Fields]) -> tuple[PersonFacts, ...]:
    """Return the persons of all rows."""
    count = Counter(_value(fields, "nip") for fields in rows)
    return tuple(
        person(fields, twice=bool(nip := _value(fields, "nip")) and count[nip] > 1) for fields in rows
    )
