"""Which rows share a sheet of A4 landscape: reckoned from their words, so that connectors stand where a sheet ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.sop import Sop

PAGE_WIDTH, PAGE_HEIGHT = 1030, 718
"""What the margins leave of the sheet, in CSS pixels (96 to the inch)."""
_HEADING, _BREAK = 64, 34
"""Height of title and column heads; of the connectors at either end of a broken table."""
_LINE, _PADDING = 13, 11
"""Height of a line, room around a cell's text."""
_SIZE = 10.5
_NARROW, _SLIM, _WIDE = frozenset("ijl'|"), frozenset("tfr.,;:()/-I “”"), frozenset("mwMW")
"""Signs of a proportional face that are not as wide as the others."""
_NUMBER, _BESIDE = 46, 178
_STANDARD, _BLANK = (124, 52, 96), (90, 46, 76)
"""Widths of completeness, time and output, and where the source gives none: room to write by hand."""
_PERFORMER, _ALL_PERFORMERS = 140, 378
"""Width of a performer's column, and of all together at most."""


@dataclass(frozen=True, kw_only=True)
class Widths:
    """Widths of the columns in pixels; `drawn` is that of all performers together."""

    action: int
    drawn: int
    completeness: int
    time: int
    output: int
    beside: int = _BESIDE

    @classmethod
    def of(cls, sop: Sop, performers: int) -> "Widths":
        """Return the widths that suit an SOP: what it does not give leaves its room to what it does."""
        given = any(step.completeness or step.time or step.output for step in sop.steps.values())
        completeness, time, output = _STANDARD if given else _BLANK
        drawn = min(_ALL_PERFORMERS, _PERFORMER * performers) // performers * performers
        action = PAGE_WIDTH - _NUMBER - drawn - completeness - time - output - _BESIDE
        return cls(action=action, drawn=drawn, completeness=completeness, time=time, output=output)

    def of_columns(self, performers: int) -> tuple[int, ...]:
        """Return the width of each column of the table."""
        each = [self.drawn // performers] * performers
        return (_NUMBER, self.action, *each, self.completeness, self.time, self.output, self.beside)


def height(cells: Iterable[tuple[Sequence[str], int]], drawn: int) -> int:
    """Return the height of a row; each cell is its paragraphs and its width, `drawn` what its picture needs."""
    lines = max((sum(_lines(text, width) for text in paragraphs) for paragraphs, width in cells), default=0)
    return max(drawn, lines * _LINE + _PADDING)


def sheets(heights: Sequence[int]) -> list[list[int]]:
    """Return the rows of each sheet; a table that fits on one is not broken."""
    if sum(heights) <= PAGE_HEIGHT - _HEADING:
        return [list(range(len(heights)))]
    room = PAGE_HEIGHT - _HEADING - 2 * _BREAK
    pages: list[list[int]] = [[]]
    used = 0
    for row, each in enumerate(heights):
        if pages[-1] and used + each > room:
            pages.append([])
            used = 0
        pages[-1].append(row)
        used += each
    return pages


def _lines(text: str, width: int) -> int:
    """Lines of a paragraph, words unbroken."""
    lines, used = 1, 0.0
    for word in text.split():
        wide = _width(f" {word}" if used else word)
        if used and used + wide > width - _PADDING:
            lines, used, wide = lines + 1, 0.0, _width(word)
        used += wide
    return lines


def _width(text: str) -> float:
    return sum(_em(sign) for sign in text) * _SIZE


def _em(sign: str) -> float:
    """The width of a sign of Arial in parts of its size."""
    if sign in _NARROW:
        return 0.23
    if sign in _SLIM:
        return 0.3
    if sign in _WIDE:
        return 0.83
    return 0.69 if sign.isupper() else 0.54
