"""The tables of a letter: heads, rows and their words, between ruled lines or, without such, by their place alone.

A table goes on: on the next page, with its head or without, and a row that a page break cut in two is one row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from parsers.identity.numbers import NIP_DIGITS
from parsers.letters.columns import announces, column_of, is_head
from parsers.letters.lines import Grid, Line, Page, Rectangle, Word, rows_of

_HEAD_ROWS = 6  # rows of a grid among which its head is: a title may stand above it
_NUMBER = re.compile(r"\(?\d{1,3}[.)]{0,2}")
_CROSSES = 0.25  # of a word's width: so much outside its cell is no inaccuracy
_INSIDE = 0.1  # of a word's width: where it has begun, whatever a drawn line is wide
_MOST_ROWS = 500
_ANNOUNCED = 40.0  # points: over so much height a head may be spread


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: what it holds (None: unknown), and from where to where it reaches."""

    name: str | None
    x0: float
    x1: float


@dataclass(kw_only=True)
class Row:
    """The words of a row by column, line by line; `doubts` say why a person should look at it."""

    page: Page
    cells: dict[str, list[list[Word]]]
    doubts: list[str] = field(default_factory=list)

    def words(self, name: str) -> list[Word]:
        """Return the words of a cell in reading order."""
        return [word for line in self.cells.get(name, ()) for word in line]

    def text(self, name: str) -> str:
        """Return a cell's words with single blanks."""
        return " ".join(word.text for word in self.words(name))


@dataclass(kw_only=True)
class Table:
    """A table; `areas` are the places it takes on the pages, by page number."""

    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    areas: list[tuple[int, Rectangle]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """What its columns hold."""
        return {column.name for column in self.columns if column.name}

    def add(self, rows: Iterable[Row], *, on_new_page: bool = False) -> None:
        """Append rows; the first on a new page without number and name continues the last one."""
        for row in rows:
            last = self.rows[-1] if self.rows else None
            if last is not None and _continues(row, self.names, on_new_page=on_new_page):
                for name, lines in row.cells.items():
                    last.cells.setdefault(name, []).extend(lines)
                last.doubts += row.doubts
            elif any(row.cells.values()) and len(self.rows) < _MOST_ROWS:
                self.rows.append(row)
            elif last is not None and len(self.rows) == _MOST_ROWS:
                last.doubts.append("rows after this one were left out")
            on_new_page = False


def _continues(row: Row, names: set[str], *, on_new_page: bool) -> bool:
    """Tell whether a row is the rest of the one before it: without its number, and without name or whole number of a person."""
    if "no" not in names or row.text("no"):
        return False
    if on_new_page:
        return not row.text("name") or sum(map(str.isdigit, row.text("nip"))) < NIP_DIGITS
    return not any(row.text(name) for name in ("name", "name+nip", "nip", "nik", "what", "before"))


def announces_table(page: Page) -> bool:
    """Tell whether words of a page may be the head of a table that is read here."""
    return any(announces(words) for words in _windows(page.lines()))


def _windows(lines: Sequence[Line]) -> Iterator[list[Word]]:
    """Yield the words of each line with those right below it, where no colon makes them labels."""
    for index, line in enumerate(lines):
        near = [each for each in lines[index : index + 3] if each.y0 - line.y0 < _ANNOUNCED]
        yield [word for each in near if all(one.text != ":" for one in each.words) for word in each.words]


def ruled_tables(page: Page, before: Table | None) -> list[Table]:
    """Return the tables between the ruled lines of a page; what goes on from the page before is added to `before`."""
    found: list[Table] = []
    words = sorted(page.words, key=_middle)
    for grid in page.grids:
        rows = [_row_cells(row, words) for row in grid]
        head = _head(grid, rows)
        area = (page.number, _around(grid))
        if head is not None:
            columns, first = head
            table = Table(columns=columns, areas=[area])
            table.add(_read(page, table, grid[first:], rows[first:]))
            if before is not None and before.names == table.names and _same_columns(before.columns, grid):
                before.add(table.rows, on_new_page=True)
                before.areas.append(area)
            else:
                found.append(table)
        elif before is not None and _same_columns(before.columns, grid):
            before.add(_read(page, before, grid, rows), on_new_page=True)
            before.areas.append(area)
        before = found[-1] if found else before
    return found


_Cells = list[tuple[Rectangle, list[Word]]]


def _middle(word: Word) -> float:
    return (word.y0 + word.y1) / 2


def _beginning(word: Word) -> float:
    return word.x0 + _INSIDE * (word.x1 - word.x0)


def _row_cells(row: list[Rectangle], words: list[Word]) -> _Cells:
    """Return the cells of a row of a grid with the words that begin inside: what is too long for a cell runs into the next one."""
    top, bottom = min(cell[1] for cell in row), max(cell[3] for cell in row)
    near = [word for word in words if top <= _middle(word) <= bottom]
    return [
        (
            cell,
            [
                word
                for word in near
                if cell[0] <= _beginning(word) < cell[2] and cell[1] <= _middle(word) < cell[3]
            ],
        )
        for cell in row
    ]


def _text(words: list[Word]) -> str:
    return " ".join(word.text for line in rows_of(words) for word in line)


def _head(grid: Grid, rows: list[_Cells]) -> tuple[list[Column], int] | None:
    """Return the columns by the head of a grid, and the index of the first row below it."""
    for index in range(min(_HEAD_ROWS, len(grid))):
        columns = _columns(rows[index])
        below = _columns(rows[index + 1]) if index + 1 < len(rows) else []
        deeper = [column for column in below if column.name]
        if deeper and len(deeper) == len(below):
            kept = [column for column in columns if not any(_overlap(column, each) > 1 for each in deeper)]
            if is_head(column.name for column in [*kept, *deeper]):
                return sorted([*kept, *deeper], key=lambda column: column.x0), index + 2
        if is_head(column.name for column in columns):
            return columns, index + 1
    return None


def _columns(cells: _Cells) -> list[Column]:
    return [Column(name=column_of(_text(words)), x0=cell[0], x1=cell[2]) for cell, words in cells if words]


def _overlap(one: Column, other: Column) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _same_columns(columns: list[Column], grid: Grid) -> bool:
    """Tell whether a grid has the columns of a table: most of its cells lie in one of them each."""
    row = max(grid, key=len)
    inside = sum(
        any(abs(cell[0] - column.x0) < 4 and abs(cell[2] - column.x1) < 4 for column in columns)  # noqa: PLR2004 - points
        for cell in row
    )
    return len(row) > 1 and inside >= 0.7 * max(len(row), len(columns))


def _read(page: Page, table: Table, grid: Grid, rows: list[_Cells]) -> Iterator[Row]:
    """Yield the rows of a grid under the columns of a table."""
    for cells in rows[: len(grid)]:
        row = Row(page=page, cells={})
        for cell, words in cells:
            place = Column(name=None, x0=cell[0], x1=cell[2])
            column = max(table.columns, key=lambda each: _overlap(each, place))
            if words and column.name and _overlap(column, place) > 0:
                row.cells.setdefault(column.name, []).extend(rows_of(words))
                if any(_sticks_out(word, cell) for word in words):
                    row.doubts.append("text crosses a line of the table")
        if not is_number_row(row):
            yield from split_by_numbers(row)


def _sticks_out(word: Word, cell: Rectangle) -> bool:
    return max(cell[0] - word.x0, word.x1 - cell[2]) > _CROSSES * (word.x1 - word.x0)


def _around(grid: Grid) -> Rectangle:
    cells = [cell for row in grid for cell in row]
    return (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )


def is_number_row(row: Row) -> bool:
    """Tell the row below a head that numbers the columns: (1) (2) (3)."""
    texts = [row.text(name) for name in row.cells]
    return len(texts) > 1 and all(_NUMBER.fullmatch(text) for text in texts)


def is_number(text: str) -> bool:
    """Tell whether `text` is the number of a row."""
    return _NUMBER.fullmatch(text) is not None


def split_by_numbers(row: Row) -> Iterator[Row]:
    """Yield the rows of what has no line between its rows: several numbers one below the other, each beginning one."""
    starts = [line[0].y0 for line in row.cells.get("no", ()) if is_number(line[0].text)]
    if len(starts) < 2:  # noqa: PLR2004 - one number is one row
        yield row
        return
    edges = [start - 0.5 * row.cells["no"][0][0].height for start in starts]
    for index, edge in enumerate(edges):
        first, last = edge if index else float("-inf"), [*edges[1:], float("inf")][index]
        cells = {
            name: [line for line in lines if first <= line[0].y0 < last] for name, lines in row.cells.items()
        }
        yield Row(page=row.page, cells=cells, doubts=[*row.doubts, "rows without a line between them"])
