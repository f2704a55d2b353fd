"""Labels and their values on a page: `Nama : Siti`, table rows, two columns, values that go on in the next line."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from parsers.letters.labels import field_of, leading_field, trailing_field
from parsers.letters.lines import Cell, Line, Page, Word
from parsers.letters.values import doubt_about, is_blank, is_hint, joined, wants_more

_VALUE_GAP = 2.5  # of the height: a wider gap ends a value that has begun
_NEXT_LINE = 2.0  # of the height, top to top: what is farther below does not go on
_ALIGNED = 0.7  # of the height: how far a continuation may start from where the value starts
_FARTHEST = 12  # lines of the page, those of other columns counted, that a value is followed for
_TEXTS = ("name", "unit", "institution", "position", "rank", "reason", "(subject)")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A field (None: a label that is not in the table) and the words of its value; `x0` and `y0` are the label's place.

    `doubt` says why the value may end elsewhere.
    """

    field: str | None
    page: Page
    x0: float
    y0: float
    words: tuple[Word, ...]
    raw: str
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class _Label:
    """A label in a line: words `start`..`end` (exclusive), its value from word `value` on."""

    field: str | None
    start: int
    end: int
    value: int


def _labels(line: Line) -> list[_Label]:
    found: list[_Label] = []
    for index, word in enumerate(line.words):
        if word.text == ":":
            first = found[-1].value if found else 0
            label = _before_colon(line, first, index)
            if label:
                found.append(label)
    return found or _labels_of_cells(line)


def _before_colon(line: Line, first: int, colon: int) -> _Label | None:
    start = max((cell.start for cell in line.cells if cell.start < colon), default=0)
    start = max(start, first)
    texts = [word.text for word in line.words[start:colon]]
    if not texts:
        return None
    if (line.starts_cell(start) and start != first) or start == 0:
        field = leading_field(" ".join(texts))
        if field or start == 0:
            return _Label(field=field, start=start, end=colon, value=colon + 1)
    tail = trailing_field(texts)
    if tail is None:
        return None
    return _Label(field=tail[0], start=colon - tail[1], end=colon, value=colon + 1)


def _labels_of_cells(line: Line) -> list[_Label]:
    """Labels without a colon: a cell that is a label as a whole, beside a cell that is none."""
    found = []
    for cell, following in zip(line.cells, line.cells[1:], strict=False):
        field = field_of(cell.text)
        if field and not field_of(following.text):
            end = cell.start + len(cell.words)
            found.append(_Label(field=field, start=cell.start, end=end, value=end))
    return found


def _value(line: Line, label: _Label, stop: int) -> list[Word]:
    words: list[Word] = []
    for word in line.words[label.value : stop]:
        if words and word.x0 - words[-1].x1 > _VALUE_GAP * line.height:
            break
        words.append(word)
    return words


def pairs(page: Page, lines: list[Line]) -> Iterator[Pair]:
    """Yield the pairs of a page from top to bottom, from left to right."""
    labels = [_labels(line) for line in lines]
    right = max((line.words[-1].x1 for line in lines), default=0.0)
    for index, line in enumerate(lines):
        found = labels[index]
        for label, following in zip_longest(found, found[1:]):
            first = line.words[label.start]
            words = _value(line, label, following.start if following else len(line.words))
            start = _Start(
                label=first.x0,
                end=line.words[label.end - 1].x1,
                value=words[0].x0 if words else None,
                text=" ".join(word.text for word in line.words[label.start : label.end]),
            )
            yield _complete(page, label.field, start, words, _Below(lines, labels, index, right))


@dataclass(frozen=True)
class _Start:
    """Where a label begins and ends, where its value begins (None: nothing beside it), and what it says."""

    label: float
    end: float
    value: float | None
    text: str


@dataclass(frozen=True)
class _Below:
    """The lines of a page, their labels, the line of the pair, the right margin of the page's text."""

    lines: list[Line]
    labels: list[list[_Label]]
    index: int
    right: float


@dataclass
class _Text:
    """A value as it grows from line to line."""

    field: str | None
    words: list[Word]
    raw: str
    doubt: str = ""

    def add(self, cell: Cell) -> bool:
        """Take the cell of a following line in, unless the value is complete without it."""
        text = " ".join(word.text for word in cell.words)
        if is_hint(self.raw, text) or not wants_more(self.field or "", self.raw, text):
            return False
        self.doubt = self.doubt or doubt_about(self.field or "", self.raw, text)
        self.raw = joined(self.field or "", self.raw, text)
        self.words += cell.words
        return True


def _complete(page: Page, field: str | None, start: _Start, words: list[Word], below: _Below) -> Pair:
    text = _Text(field, list(words), " ".join(word.text for word in words))
    line = below.lines[below.index]
    if field and not (words and is_blank(text.raw)):
        _go_on(text, start, below)
    return Pair(
        field=field,
        page=page,
        x0=start.label,
        y0=line.y0,
        words=tuple(text.words),
        raw=text.raw,
        doubt=text.doubt,
    )


def _go_on(text: _Text, start: _Start, below: _Below) -> None:
    """Follow a value down its column, past lines of other columns, until a label or other text ends it."""
    last = below.lines[below.index]
    first = below.index + 1
    for number in range(first, min(first + _FARTHEST, len(below.lines))):
        line, labels = below.lines[number], below.labels[number]
        if line.y0 - last.y0 > _NEXT_LINE * last.height:
            return
        cell = _continuation(start, line, labels)
        if cell is not None and _is_another_row(start, line, cell):
            text.doubt = text.doubt or "beside an unknown label the column goes on"
            return
        if cell is not None:
            if not text.add(cell):
                return
            last = line
        elif _blocks(start, line, labels):
            if last is below.lines[below.index] and text.words and text.field in _TEXTS:
                margin = _at_margin(start, text.words[-1], line, labels, below.right)
                if margin is not None and text.add(margin):
                    text.doubt = "goes on at the margin of the next line"
            return


def _continuation(start: _Start, line: Line, labels: list[_Label]) -> Cell | None:
    """Return the cell of `line` that stands under the value, unless a label stands before it."""
    near = _ALIGNED * line.height
    for cell in line.cells:
        under = (
            abs(cell.x0 - start.value) <= near
            if start.value is not None
            else start.label - near <= cell.x0 <= start.end
        )
        if not under or any(cell.start <= label.start < cell.start + len(cell.words) for label in labels):
            continue
        beside = [label for label in labels if start.label - near <= line.words[label.start].x0 < cell.x0]
        return None if beside else cell
    return None


def _is_another_row(start: _Start, line: Line, cell: Cell) -> bool:
    """Tell whether something stands under the label beside the cell: the label of another row, unless it is the rest of this one."""
    if start.value is None:
        return False
    near = _ALIGNED * line.height
    under = next(
        (each for each in line.cells if abs(each.x0 - start.label) <= near and each.x1 < cell.x0), None
    )
    if under is None or under is cell:
        return False
    field = leading_field(start.text)
    return field is None or leading_field(f"{start.text} {under.text}") != field


def _at_margin(start: _Start, last: Word, line: Line, labels: list[_Label], right: float) -> Cell | None:
    """Return the line that a full value goes on in at the label's own margin: its first word did not fit above."""
    cell = line.cells[0]
    first = cell.words[0]
    if labels or len(line.cells) > 1 or abs(cell.x0 - start.label) > _ALIGNED * line.height:
        return None
    full = last.x1 + (first.x1 - first.x0) + 0.2 * line.height > right
    return cell if full and cell.x1 < start.label + 0.6 * (right - start.label) else None


def _blocks(start: _Start, line: Line, labels: list[_Label]) -> bool:
    """Tell whether `line` ends the value: a label, or text, in its own column."""
    edge = start.value if start.value is not None else start.end
    near = _ALIGNED * line.height
    if any(start.label - near <= line.words[label.start].x0 <= edge + near for label in labels):
        return True
    return any(
        cell.x0 <= edge + near and cell.x1 >= start.label for cell in line.cells if cell.x0 < edge + near
    )
