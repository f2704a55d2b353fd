"""What the tables of a letter say, and what remains of its pages without them."""

from dataclasses import dataclass, field, replace

from parsers.facts import Change, FieldValue, PersonFacts
from parsers.letters.fields import Fields
from parsers.letters.lines import Line, Page, Word
from parsers.letters.rows import changes_of, is_revocation, names_persons, persons, persons_of
from parsers.letters.tables import Table, announces_table, ruled_tables
from parsers.letters.unruled import unruled_tables


@dataclass(kw_only=True)
class Listed:
    """Changes and persons of the tables; `rows` has the fields of each person, `pages` the letter without the tables."""

    pages: list[Page]
    changes: tuple[Change, ...] = ()
    rows: list[Fields] = field(default_factory=list)
    revokes: bool = False
    words: dict[str, list[tuple[Page, Word]]] = field(default_factory=dict)

    @property
    def persons(self) -> tuple[PersonFacts, ...]:
        """The persons of the tables."""
        return persons(self.rows)


def read_listed(pages: list[Page], lines: dict[int, list[Line]]) -> Listed:
    """Return what stands in the tables of a letter."""
    tables: list[Table] = []
    for page in pages:
        before = tables[-1] if tables and tables[-1].areas[-1][0] == page.number - 1 else None
        found = ruled_tables(page, before)
        if not found and not _touched(before, page) and (before or announces_table(page)):
            found = unruled_tables(page, lines[page.number], before)
        tables += found
    listed = Listed(pages=pages)
    for table in tables:
        _take(table, listed)
    if tables:
        listed.pages = [_without(page, tables) for page in pages]
    return listed


def _touched(table: Table | None, page: Page) -> bool:
    return table is not None and table.areas[-1][0] == page.number


def _take(table: Table, listed: Listed) -> None:
    listed.revokes = listed.revokes or is_revocation(table)
    changes = tuple(changes_of(table))
    listed.changes += changes
    if changes:
        listed.words.setdefault("changes", []).extend(_words(table))
    if names_persons(table):
        listed.rows += persons_of(table)
        listed.words.setdefault("persons", []).extend(_words(table))


def _words(table: Table) -> list[tuple[Page, Word]]:
    return [(row.page, word) for row in table.rows for name in row.cells for word in row.words(name)]


def _without(page: Page, tables: list[Table]) -> Page:
    areas = [area for table in tables for number, area in table.areas if number == page.number]
    if not areas:
        return page
    kept = [
        word
        for word in page.words
        if not any(
            x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
            for x0, y0, x1, y1 in areas
        )
    ]
    return replace(page, words=kept)


def listed_fields(changes: tuple[Change, ...], named: tuple[PersonFacts, ...], listed: Listed) -> Fields:
    """Return the fields `changes` and `persons`: in a line of text what the facts say in full."""
    fields: Fields = {}
    if changes:
        text = "; ".join(
            f"{each.what or '?'}: {each.before or '-'} -> {each.after or '-'}" for each in changes
        )
        fields["changes"] = _field(
            text, listed.words["changes"], certain=all(each.certain for each in changes)
        )
    if named and listed.words.get("persons"):
        certain = all(each.certain for each in named)
        fields["persons"] = _field(in_line(named), listed.words["persons"], certain=certain)
    return fields


def in_line(named: tuple[PersonFacts, ...]) -> str:
    """Return the names of persons in a line: `2 orang: Siti Rahmawati; Agus Prasetyo`."""
    return f"{len(named)} orang: " + "; ".join(each.name or each.nip or each.nik for each in named)


def _field(text: str, places: list[tuple[Page, Word]], *, certain: bool) -> FieldValue:
    """Return a field whose place is that of the table on its first page."""
    page = places[0][0]
    words = [word for on, word in places if on.number == page.number]
    confidence = min(word.confidence for word in words)
    return FieldValue(
        value=text,
        raw=text,
        confidence=round(confidence * (1.0 if certain else 0.6), 3),
        certain=certain,
        page=page.number,
        box=page.shown(words),
        method=words[0].method,
        note="" if certain else "rows to be looked at",
    )
