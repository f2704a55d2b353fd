"""Lengths of time as an SOP writes them: `1 working day`, `2 working hours`, `30 days`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator

Unit = Literal["working day", "working hour", "day", "hour", "minute"]

_UNITS: dict[str, Unit] = {
    "working day": "working day",
    "working hour": "working hour",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
}
_FORM = re.compile(r"([1-9]\d{0,3}) (working day|working hour|day|hour|minute)s?")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A whole number of units; working units follow the office's calendar, the others the clock."""

    amount: int
    unit: Unit


@lru_cache(maxsize=256)
def parse_span(text: str) -> Span:
    """Return the span a text names.

    Raises ValueError, saying the accepted form, for anything else.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(
            f'{text!r} is not a span; write for example "1 working day", "2 working hours", "30 days"'
        )
    return Span(amount=int(match[1]), unit=_UNITS[match[2]])


def _spells_a_span(text: str) -> str:
    parse_span(text)
    return text


SpanText = Annotated[str, AfterValidator(_spells_a_span)]
"""A span kept as its author wrote it, known to parse."""
