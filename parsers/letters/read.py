"""A letter, whatever it was read from: pages of placed words to kind, fields and evidence."""

from dataclasses import dataclass

from parsers.facts import Change, DocumentKind, FieldValue, PersonFacts
from parsers.letters.fields import Fields, Reading, read_fields
from parsers.letters.kinds import TableOf, kind_of
from parsers.letters.labels import leading_field
from parsers.letters.lines import Line, Page
from parsers.letters.listed import Listed, in_line, listed_fields, read_listed
from parsers.letters.rows import person
from parsers.letters.tokens import Vocabulary, tokens

_TITLE_LINES = 18
_BODY = Vocabulary(
    [
        "bertanda",
        "bertandatangan",
        "hormat",
        "bersama",
        "sehubungan",
        "menindaklanjuti",
        "berdasarkan",
        "menunjuk",
        "bawah",
        "memberikan",
        "menerangkan",
    ],
    exact=4,
    cutoff=80,
)
_OPENINGS = frozenset(
    [
        "bertanda",
        "bertandatangan",
        "hormat",
        "bersama",
        "sehubungan",
        "menindaklanjuti",
        "berdasarkan",
        "menunjuk",
        "memberikan",
        "menerangkan",
    ]
)
_OPENING_WORDS = 8  # an opening stands among the first words of its line
_ABOUT_OTHERS = frozenset(
    ["revocation-letter", "data-change-form", "recommendation-letter", "renewal-letter"]
)
_PERSONAL = ("name", "nip", "nik", "name+nip")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a letter is and says."""

    kind: DocumentKind
    score: float
    evidence: tuple[str, ...]
    fields: dict[str, FieldValue]
    changes: tuple[Change, ...] = ()
    persons: tuple[PersonFacts, ...] = ()


def _opens_body(line: Line) -> bool:
    words = _BODY.words(tokens(line.text))[:_OPENING_WORDS]
    if any(word in _OPENINGS for word in words) or words[:2] == ["dengan", "ini"] or words[:1] == ["saya"]:
        return True
    if ":" not in {word.text for word in line.words}:
        return False
    return leading_field(line.text.partition(":")[0]) in _PERSONAL


def _split(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the head with the title, and those of the body."""
    for index, line in enumerate(lines[:_TITLE_LINES]):
        if _opens_body(line):
            return lines[:index], lines[index:]
    return lines[:_TITLE_LINES], lines[_TITLE_LINES:]


def _has_changes(lines: list[Line]) -> bool:
    for line in lines:
        words = {token for cell in line.cells for token in tokens(cell.text)}
        if "semula" in words and "menjadi" in words:
            return True
    return False


def read_letter(pages: list[Page]) -> Letter:
    """Return kind, evidence and fields of a letter. Never raises for strange words; an unknown letter is `other`."""
    lines = {page.number: page.lines() for page in pages}
    first = lines[pages[0].number] if pages else []
    title, body = _split(first)
    body = body + [line for page in pages[1:] for line in lines[page.number]]
    listed = read_listed(pages, lines)
    if listed.pages is not pages:
        lines = {page.number: page.lines() for page in listed.pages}
    reading = read_fields(listed.pages, lines)
    heading = "\n".join([*(line.text for line in title), reading.subject])
    table: TableOf | None = "revocation" if listed.revokes else "changes" if listed.changes else None
    if table is None and _has_changes(body):
        table = "changes"
    verdict = kind_of(heading, " ".join(line.text for line in body), table=table)
    personal, named = _whose(reading, listed, verdict.kind)
    return Letter(
        kind=verdict.kind,
        score=verdict.score,
        evidence=verdict.evidence,
        fields={**personal, **reading.letter, **listed_fields(listed.changes, named, listed)},
        changes=listed.changes,
        persons=named,
    )


def _whose(reading: Reading, listed: Listed, kind: DocumentKind) -> tuple[Fields, tuple[PersonFacts, ...]]:
    """Return the fields of the one person a letter is about, and all whom it names.

    Who recommends or asks for others never becomes the applicant: a letter about several persons has no fields of one.
    """
    named = listed.persons
    if kind not in _ABOUT_OTHERS and not (kind == "other" and reading.recommends):
        return reading.applicant, named
    if reading.recommends and reading.others and not named:
        named = (person(reading.others),)
        first = next(iter(reading.others.values()))
        names = first.model_copy(
            update={"value": in_line(named), "raw": in_line(named), "certain": named[0].certain}
        )
        return {**reading.others, "persons": names}, named
    if len(named) == 1:
        return reading.others or listed.rows[0], named
    if named or reading.recommends:
        return reading.others, named
    return reading.applicant, named
