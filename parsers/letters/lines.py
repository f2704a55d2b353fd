"""Geometry: words of any source (PDF characters, form widgets, one day OCR or table cells) to lines of cells.

Coordinates are points in the reading frame: origin at the top left, text upright. A cell is a run of words without a wide gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.facts import Box

Rectangle = tuple[float, float, float, float]
"""x0, y0, x1, y1 in the reading frame."""

Grid = list[list[Rectangle]]
"""The cells between the ruled lines of a table, row by row."""

_SAME_LINE = 0.45  # of the smaller height: how far the middles of two words of one line may be apart
_CELL_GAP = 0.9  # of the height: a wider gap starts a new cell (justified text stays below)
_QUARTERS = 4
_ON_TOP = 0.5  # of the smaller word: more of it on another is no kerning
_NEIGHBOURS = 60  # words below that one is compared with
_UNSURE = 0.5
_TWINS = 200  # earlier words of the same text that a word is compared with


class Word(NamedTuple):
    """A word, its place, how sure its reader is (0..1), and which reader it was."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    confidence: float = 1.0
    method: str = "pdfium-text"

    @property
    def height(self) -> float:
        """Height of the word's box in points."""
        return self.y1 - self.y0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Words that belong together on one line; `start` is the index of the first within its line."""

    words: tuple[Word, ...]
    start: int

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.words[-1].x1

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a page, from left to right; `page` counts from 1."""

    page: int
    y0: float
    y1: float
    words: tuple[Word, ...]
    cells: tuple[Cell, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(word.text for word in self.words)

    def starts_cell(self, index: int) -> bool:
        """Tell whether the word at `index` is the first of its cell."""
        return any(cell.start == index for cell in self.cells)


@dataclass(frozen=True, kw_only=True)
class Page:
    """The words of one page in its reading frame: the displayed page turned back by `turn` quarters, so that text is upright.

    `width` and `height` are those of the displayed page. `grids` are the ruled tables on it, from top to bottom.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    words: list[Word] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def reading_width(self) -> float:
        """Width in the reading frame."""
        return self.height if self.turn % 2 else self.width

    def shown(self, words: Iterable[Word]) -> Box:
        """Return the rectangle around `words` on the page as it is displayed."""
        boxes = list(words)
        x0, y0 = min(word.x0 for word in boxes), min(word.y0 for word in boxes)
        x1, y1 = max(word.x1 for word in boxes), max(word.y1 for word in boxes)
        corners = [self._shown(x0, y0), self._shown(x1, y1)]
        (left, right), (top, bottom) = (sorted(axis) for axis in zip(*corners, strict=True))
        return Box(x0=round(left, 2), y0=round(top, 2), x1=round(right, 2), y1=round(bottom, 2))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        return {
            0: (x, y),
            1: (self.width - y, x),
            2: (self.width - x, self.height - y),
            3: (y, self.height - x),
        }[self.turn % _QUARTERS]

    def upright(self, x0: float, y0: float, x1: float, y1: float) -> Rectangle:
        """Return where a rectangle of the displayed page is in the reading frame: the reverse of `shown`."""
        left, top = self._upright(x0, y0)
        right, bottom = self._upright(x1, y1)
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)

    def _upright(self, x: float, y: float) -> tuple[float, float]:
        return {
            0: (x, y),
            1: (y, self.width - x),
            2: (self.width - x, self.height - y),
            3: (self.height - y, x),
        }[self.turn % _QUARTERS]

    def lines(self) -> list[Line]:
        """Return the lines from top to bottom."""
        return [_line(self.number, row) for row in _rows(_once(self.words))]


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words of a cell line by line, each from left to right."""
    return [sorted(row, key=lambda word: word.x0) for row in _rows(_once(list(words)))]


def doubt_overlaps(words: list[Word]) -> list[Word]:
    """Return the words, those less sure that lie on another word of other letters: one of two readings is not what an eye reads."""
    order = sorted(range(len(words)), key=lambda index: words[index].y0)
    doubtful: set[int] = set()
    for at, index in enumerate(order):
        word = words[index]
        for other in order[at + 1 : at + 1 + _NEIGHBOURS]:
            if words[other].y0 >= word.y1:
                break
            if words[other].text != word.text and _overlap(word, words[other]) > _ON_TOP:
                doubtful |= {index, other}
    return [
        word._replace(confidence=min(word.confidence, _UNSURE)) if index in doubtful else word
        for index, word in enumerate(words)
    ]


def _overlap(one: Word, other: Word) -> float:
    """Return how much of the smaller word lies on the other."""
    width, height = (
        min(one.x1, other.x1) - max(one.x0, other.x0),
        min(one.y1, other.y1) - max(one.y0, other.y0),
    )
    smaller = min((word.x1 - word.x0) * word.height for word in (one, other))
    return width * height / smaller if width > 0 and height > 0 and smaller > 0 else 0.0


def _once(words: list[Word]) -> list[Word]:
    """Drop what is printed twice at nearly the same place (fake bold, shadows)."""
    kept: list[Word] = []
    seen: dict[str, list[Word]] = {}
    for word in words:
        twins = seen.setdefault(word.text, [])
        near = 0.35 * word.height
        if any(abs(word.x0 - twin.x0) < near and abs(word.y0 - twin.y0) < near for twin in twins[-_TWINS:]):
            continue
        twins.append(word)
        kept.append(word)
    return kept


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.y0 + one.y1):
        if rows:
            first = rows[-1][0]
            apart = (word.y0 + word.y1 - first.y0 - first.y1) / 2
            if apart < _SAME_LINE * min(word.height, first.height):
                rows[-1].append(word)
                continue
        rows.append([word])
    return rows


def _line(page: int, row: list[Word]) -> Line:
    words = split_colons(sorted(row, key=lambda word: word.x0))
    starts = [0]
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        if word.x0 - before.x1 > _CELL_GAP * min(word.height, before.height):
            starts.append(index)
    ends = [*starts[1:], len(words)]
    cells = tuple(Cell(words=tuple(words[a:b]), start=a) for a, b in zip(starts, ends, strict=True))
    return Line(
        page=page,
        y0=min(word.y0 for word in words),
        y1=max(word.y1 for word in words),
        words=tuple(words),
        cells=cells,
    )


def split_colons(row: list[Word]) -> list[Word]:
    """Return the words with the colon between a label and its value as a word of its own; `10:30` and `https://` stay whole."""
    words: list[Word] = []
    for word in row:
        at = word.text.find(":")
        if at < 0 or len(word.text) == 1:
            words.append(word)
            continue
        before, after = word.text[:at], word.text[at + 1 :]
        if after.startswith("//") or (before[-1:].isdigit() and after[:1].isdigit()):
            words.append(word)
            continue
        step = (word.x1 - word.x0) / len(word.text)
        here, there = word.x0 + at * step, word.x0 + (at + 1) * step
        if before:
            words.append(word._replace(text=before, x1=here))
        words.append(word._replace(text=":", x0=here, x1=there))
        if after:
            words.append(word._replace(text=after, x0=there))
    return words
