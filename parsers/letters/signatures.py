"""The printed signature: a name over "NIP. 19850412 201001 2 007", where letters without labels keep the applicant's data."""

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.identity.numbers import bare_digits
from parsers.letters.lines import Line, Page, Word
from parsers.letters.tokens import tokens

_DIGITS = 15  # a NIP of which some digits went astray is still meant as one
_ABOVE = 2.5  # of the height: how far the name may stand over the number


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A number printed under a name; either may be missing words."""

    page: Page
    nip: tuple[Word, ...]
    name: tuple[Word, ...]


def signatures(page: Page, lines: list[Line]) -> Iterator[Signature]:
    """Yield the printed signatures of a page."""
    for index, line in enumerate(lines):
        for cell in line.cells:
            words = [word for word in cell.words if word.text != ":"]
            if tokens(words[0].text)[:1] == ["nip"] if words else False:
                rest = words[1:] or words
                if (
                    sum(char.isdigit() for char in bare_digits(" ".join(word.text for word in rest)))
                    >= _DIGITS
                ):
                    name = _name_above(lines[:index], line, cell.x0, cell.x1)
                    yield Signature(page=page, nip=tuple(rest), name=name)


def _name_above(above: list[Line], line: Line, left: float, right: float) -> tuple[Word, ...]:
    for candidate in reversed(above):
        if line.y0 - candidate.y0 > _ABOVE * line.height:
            break
        for cell in candidate.cells:
            if cell.x0 < right and cell.x1 > left and any(char.isalpha() for char in cell.text):
                return cell.words
    return ()
