"""Whose data it is: a letter carries its writer's, the person's it speaks for, and those of the superior who signs it.

The NIP of a signing superior must never become the applicant's: three of four false agreements measured were just that.
A block begins at its marker ("Mengetahui", "memberikan rekomendasi kepada") and reaches down to the next one, in the marker's
own half of the page where two signatures stand side by side.
"""

from dataclasses import dataclass
from typing import Literal

from parsers.letters.lines import Cell, Line
from parsers.letters.pairs import Pair
from parsers.letters.tokens import Vocabulary, tokens

Role = Literal["writer", "recommended", "subject", "subject?", "superior", "closing", "signed"]

_STARTS: dict[str, Role] = {
    "mengetahui": "superior",
    "diketahui oleh": "superior",
    "menyetujui": "superior",
    "disetujui oleh": "superior",
    "mengesahkan": "superior",
    "pemberi rekomendasi": "superior",
    "yang memberikan rekomendasi": "superior",
    "yang merekomendasikan": "superior",
    "pejabat": "superior",
    "demikian": "closing",
}
_SHORT: dict[str, Role] = {  # a cell of few words: the heading over a signature
    "hormat saya": "signed",
    "hormat kami": "closing",
    "yang menyatakan": "signed",
    "yang membuat pernyataan": "signed",
    "yang mengajukan": "signed",
    "pembuat pernyataan": "signed",
    "pemohon": "signed",
    "yang memohon": "signed",
    "acknowledged": "superior",
    "supervisor": "superior",
    "applicant": "signed",
}
_INSIDE: dict[str, Role] = {
    "yang bertanda tangan": "writer",
    "yang bertandatangan": "writer",
    "rekomendasi kepada": "recommended",
    "memberikan rekomendasi": "recommended",
    "merekomendasikan": "recommended",
    "menerangkan": "subject",
    "data pemohon": "subject",
    "identitas pemohon": "subject",
    "data pegawai": "subject",
    "identitas pegawai": "subject",
    "menyatakan bahwa": "subject?",
    "atas nama": "subject?",
    "untuk pegawai": "subject?",
    "data atasan": "superior",
    "identitas atasan": "superior",
    "atasan langsung": "superior",
    "atasan saya": "superior",
    "atasan": "superior",
    "undersigned": "writer",
    "recommend": "recommended",
}
_OF_WHOM = frozenset(["dari", "bagi", "kepada", "terhadap", "daripada"])
"""After "atasan" they name the one who has a superior: "selaku atasan langsung dari" speaks of the other person."""
_SHORTEST = 5  # words of a heading over a signature
_VOCABULARY = Vocabulary(
    (word for table in (_STARTS, _SHORT, _INSIDE) for key in table for word in key.split()),
    exact=4,
    cutoff=80,
)


def _by_first(table: dict[str, Role]) -> dict[str, list[tuple[tuple[str, ...], Role]]]:
    index: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for key, role in table.items():
        words = tuple(key.split())
        index.setdefault(words[0], []).append((words, role))
    return index


_AT_START, _AS_HEADING, _ANYWHERE = _by_first(_STARTS), _by_first(_SHORT), _by_first(_INSIDE)


@dataclass(frozen=True, kw_only=True)
class Marker:
    """From here on, between `left` and `right`, data are of `role`."""

    page: int
    y: float
    left: float
    right: float
    role: Role


def role_of(text: str) -> Role | None:
    """Return whose data follow a cell that reads `text`, or None where it says nothing of that."""
    words = tuple(_VOCABULARY.words(tokens(text)))
    if not words:
        return None
    starts = _AT_START.get(words[0], []) + (_AS_HEADING.get(words[0], []) if len(words) <= _SHORTEST else [])
    for key, role in starts:
        if words[: len(key)] == key:
            return role
    inside = [
        role
        for at, word in enumerate(words)
        for key, role in _ANYWHERE.get(word, ())
        if words[at : at + len(key)] == key
    ]
    if "superior" in inside and words[-1] in _OF_WHOM:
        return "recommended"
    return "superior" if "superior" in inside else next(iter(inside), None)


def _reach(line: Line, cell: Cell, width: float) -> tuple[float, float]:
    """Return from where to where on the page a marker's block reaches."""
    at = line.cells.index(cell)
    before = line.cells[at - 1] if at else None
    after = line.cells[at + 1] if at + 1 < len(line.cells) else None
    if before is None and after is None:
        return (0.45 * width, width) if cell.x0 > width / 2 else (0.0, width)
    left = (before.x1 + cell.x0) / 2 if before else 0.0
    right = (cell.x1 + after.x0) / 2 if after else width
    return left, right


def markers(lines: list[Line], found: list[Pair], widths: dict[int, float]) -> list[Marker]:
    """Return the markers of a letter in reading order. Labels and values of `found` are none, save "Nama atasan" and its like."""
    known = [pair for pair in found if pair.field]
    values = {(pair.page.number, word) for pair in known for word in pair.words}
    labels = {(pair.page.number, pair.y0, pair.x0) for pair in known}
    marked = []
    for line in lines:
        for cell in line.cells:
            first = cell.words[0]
            if (line.page, first) in values or (line.page, line.y0, first.x0) in labels:
                continue
            role = role_of(cell.text)
            if role:
                left, right = _reach(line, cell, widths[line.page])
                marked.append(Marker(page=line.page, y=line.y0, left=left, right=right, role=role))
    for pair in found:
        if pair.field == "(superior)":
            width = widths[pair.page.number]
            marked.append(
                Marker(page=pair.page.number, y=pair.y0, left=pair.x0 - 1, right=width, role="superior")
            )
    return sorted(marked, key=lambda marker: (marker.page, marker.y))


def role_at(marked: list[Marker], page: int, x: float, y: float) -> Role:
    """Return whose data stand at a place of a page: the last marker above it (or beside it on its line) decides."""
    role: Role = "writer"
    for marker in marked:
        if (marker.page, marker.y) > (page, y + 1):
            break
        if marker.left <= x <= marker.right:
            role = marker.role
    return role
