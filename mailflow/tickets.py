"""The number a person dictates on the phone: `PREFIX-YY-NNNN-C`, with a check character (ISO/IEC 7064 MOD 37,36)."""

import re

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36


def make_ticket(prefix: str, year: int, number: int) -> str:
    """Return the ticket of the `number`-th request of `year`."""
    bare = f"{prefix}{year % 100:02d}{number:04d}"
    return f"{prefix}-{year % 100:02d}-{number:04d}-{mod_37_36.calc_check_digit(bare)}"


def find_tickets(text: str, prefix: str) -> list[str]:
    """Return the valid tickets in `text` in canonical form; case, blanks and dashes do not matter."""
    shape = re.compile(
        rf"(?<![0-9A-Z]){prefix}[\s-]*(\d\d)[\s-]*(\d{{4,6}})[\s-]*([0-9A-Z])(?![0-9A-Z])", re.IGNORECASE
    )
    found: dict[str, None] = {}
    for year, number, check in shape.findall(text):
        try:
            mod_37_36.validate(f"{prefix}{year}{number}{check}".upper())
        except ValidationError:
            continue
        found[f"{prefix}-{year}-{number}-{check.upper()}"] = None
    return list(found)


def tickets_like(text: str, prefix: str) -> tuple[str, ...]:
    """Return how a ticket begins of which `text` is all or a part: its last sign missing or wrong, no prefix, no dashes; () for other text."""
    if whole := find_tickets(text, prefix) or find_tickets(f"{prefix}{text}", prefix):
        return tuple(whole)
    shape = re.compile(
        rf"\W*(?:{prefix})?[\s-]*(\d\d)[\s-]*(\d{{4,6}})(?:[\s-]*[0-9A-Z])?[\s.-]*", re.IGNORECASE
    )
    found = shape.fullmatch(text)
    return (f"{prefix}-{found[1]}-{found[2]}-",) if found else ()
