"""Tables without lines: columns by the blank between them, rows by their numbers. What is read so is certain only where it is plain."""

from dataclasses import dataclass
from itertools import pairwise

from parsers.letters.blocks import role_of
from parsers.letters.columns import column_of, is_head
from parsers.letters.dates import placed_date
from parsers.letters.lines import Cell, Line, Page, Word, rows_of
from parsers.letters.tables import Column, Row, Table, is_number, is_number_row

_HEAD_LINES = 3
_NEAR = 2.2  # of the height, top to top: lines of one head
_FAR = 3.5  # of the height: a wider gap ends a table
_KNOWN = 3  # columns that must be known: lines do not vouch for the table
_FEWEST = 3  # cells on a line of a head
_SENTENCE = 5  # words of a cell that runs over columns: text below the table
_DIGITS = 8
_UNPLAIN = "a table without lines"


@dataclass(frozen=True, kw_only=True)
class _Head:
    columns: list[Column]
    first: int
    last: int


def unruled_tables(page: Page, lines: list[Line], before: Table | None) -> list[Table]:
    """Return the tables of a page that has no ruled ones; what goes on from the page before is added to `before`."""
    found: list[Table] = []
    index = 0
    if before is not None and before.rows and "no" in before.names:
        index = _go_on(page, lines, before)
    while index < len(lines):
        head = _head(lines, index)
        if head is None:
            index += 1
            continue
        end = _end(lines, head)
        table = Table(columns=_bounded(head, lines[head.first : end]))
        table.add(_rows(page, table.columns, lines[head.last + 1 : end]))
        table.areas.append((page.number, (0.0, lines[head.first].y0, page.reading_width, lines[end - 1].y1)))
        if table.rows:
            found.append(table)
        index = max(end, head.last + 1)
    return found


def _go_on(page: Page, lines: list[Line], before: Table) -> int:
    """Add the rows at the top of a page that count on from the last row of the page before; return the next line's index."""
    last = before.rows[-1].text("no").strip("().")
    columns = before.columns
    for index, line in enumerate(lines[:_HEAD_LINES]):
        first = line.words[0]
        column = next((each for each in columns if each.x0 <= (first.x0 + first.x1) / 2 < each.x1), None)
        number = first.text.strip("().")
        if column is None or column.name != "no" or not (number.isdecimal() and last.isdecimal()):
            continue
        if int(number) == int(last) + 1:
            end = _end(lines, _Head(columns=columns, first=index, last=index - 1))
            before.add(_rows(page, columns, lines[index:end]))
            before.areas.append((page.number, (0.0, line.y0, page.reading_width, lines[end - 1].y1)))
            return end
    return 0


def _head(lines: list[Line], index: int) -> _Head | None:
    """Return the head that begins at a line: of the one to three lines the number that makes most columns known."""
    best: _Head | None = None
    most = _KNOWN - 1
    if len(lines[index].cells) > 1 or (index + 1 < len(lines) and len(lines[index + 1].cells) >= _FEWEST):
        for count in range(1, _HEAD_LINES + 1):
            part = lines[index : index + count]
            if len(part) < count or any(word.text == ":" for word in part[-1].words):
                break
            if count > 1 and part[-1].y0 - part[-2].y0 > _NEAR * part[-2].height:
                break
            if max(len(line.cells) for line in part) < _FEWEST:
                continue
            columns = _columns([cell for line in part for cell in line.cells])
            names = [column.name for column in columns]
            known = sum(name is not None and name != "(other)" for name in names)
            if known > most and len(set(names)) == len(names) and is_head(names):
                most, best = known, _Head(columns=columns, first=index, last=index + count - 1)
    return best


def _columns(cells: list[Cell]) -> list[Column]:
    """Return the columns of a head's cells: those one below the other are one."""
    groups: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda each: each.x0):
        if groups and cell.x0 < max(each.x1 for each in groups[-1]):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return [
        Column(
            name=column_of(" ".join(each.text for each in sorted(group, key=lambda one: one.words[0].y0))),
            x0=min(each.x0 for each in group),
            x1=max(each.x1 for each in group),
        )
        for group in groups
    ]


def _end(lines: list[Line], head: _Head) -> int:
    """Return the index of the first line below a table."""
    spread = head.columns[-1].x1 - head.columns[0].x0
    for index in range(head.last + 1, len(lines)):
        line, above = lines[index], lines[max(index - 1, 0)]
        if index > head.first and line.y0 - above.y0 > _FAR * above.height:
            return index
        for cell in line.cells:
            wide = len(cell.words) > _SENTENCE and cell.x1 - cell.x0 > 0.6 * spread
            if wide or placed_date(cell.text) or role_of(cell.text) in ("closing", "superior", "signed"):
                return index
    return len(lines)


def _bounded(head: _Head, lines: list[Line]) -> list[Column]:
    """Return the columns with their bounds: the middle of the widest blank between two heads, in all lines of the table."""
    words = sorted((word for line in lines for word in line.words), key=lambda word: word.x0)
    columns = head.columns
    edges = [0.0]
    for left, right in pairwise(columns):
        edges.append(_gutter(words, (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2))
    edges.append(float("inf"))
    return [
        Column(name=column.name, x0=x0, x1=x1)
        for column, (x0, x1) in zip(columns, pairwise(edges), strict=True)
    ]


def _gutter(words: list[Word], left: float, right: float) -> float:
    reached, widest, at = left, 0.0, (left + right) / 2
    for word in words:
        if word.x1 <= left or word.x0 >= right:
            continue
        if word.x0 - reached > widest:
            widest, at = word.x0 - reached, (word.x0 + reached) / 2
        reached = max(reached, word.x1)
    return (right + reached) / 2 if right - reached > widest else at


def _rows(page: Page, columns: list[Column], lines: list[Line]) -> list[Row]:
    names = {column.name for column in columns}
    numbered = "no" in names
    rows: list[Row] = []
    early: list[str] = []
    for line in lines:
        cells = _cells(columns, line)
        text = {name: " ".join(word.text for word in words) for name, words in cells.items()}
        starts = is_number(text.get("no", "")) if numbered else _starts(text, names)
        if starts:
            rows.append(Row(page=page, cells={}, doubts=early if numbered else [_UNPLAIN]))
            early = []
        elif not rows:
            early = ["words above the first row"]
            continue
        else:
            rows[-1].doubts = [_UNPLAIN]
        for name, words in cells.items():
            rows[-1].cells.setdefault(name, []).extend(rows_of(words))
    return [row for row in rows if not is_number_row(row)]


def _starts(text: dict[str, str], names: set[str | None]) -> bool:
    """Tell whether a line of a table without numbers begins a row: it has a name and the better part of an identity number."""
    first = text.get("name") or text.get("name+nip") or text.get("what")
    numbers = [name for name in ("nip", "nik", "nip+nik", "name+nip") if name in names]
    digits = sum(char.isdigit() for name in numbers for char in text.get(name, ""))
    beside = digits >= _DIGITS if numbers else any(text.get(name) for name in ("unit", "position", "after"))
    return bool(first) and beside


def _cells(columns: list[Column], line: Line) -> dict[str, list[Word]]:
    cells: dict[str, list[Word]] = {}
    for word in line.words:
        middle = (word.x0 + word.x1) / 2
        column = next((each for each in columns if each.x0 <= middle < each.x1), None)
        if column is not None and column.name:
            cells.setdefault(column.name, []).append(word)
    return cells
