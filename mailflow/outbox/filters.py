"""What templates may do to a value beyond Jinja's own filters. Language and time zone come from the letter."""

import re
import textwrap
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context

from mailflow.outbox import dates

WIDTH = 72
"""Columns of the text part (RFC 5322 §2.1.1 asks for less than 78)."""
_NIP = re.compile(r"(\d{8})(\d{6})(\d)(\d{3})")
_SAFE_MAILTO = re.compile(r"mailto:[^\s\"'<>]+", re.IGNORECASE)


def _told(how: Callable[[Any, str, str], str]) -> Callable[[Context, Any], str]:
    @pass_context
    def told(context: Context, value: date | str) -> str:
        return how(_time(value), context["language"], context["office"].timezone)

    return told


def _time(value: date | str) -> date:
    """A time as it is; as ISO 8601 where it is text: a decision's sentences (`said`) hold nothing else."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def earlier(value: date | str, days: int) -> date:
    """So many days before `value`."""
    return _time(value) - timedelta(days=days)


def later(value: datetime, minutes: int) -> datetime:
    """So many minutes after `value`."""
    return value + timedelta(minutes=minutes)


def nip(value: str) -> str:
    """`198504122010012007` as it is printed: `19850412 201001 2 007`; anything else as it is."""
    found = _NIP.fullmatch(value)
    return " ".join(found.groups()) if found else value


def wrap(text: object, first: str = "", rest: str | None = None) -> str:
    """One paragraph at 72 columns; `first` and `rest` begin its lines (`rest`: as many blanks as `first` has signs)."""
    hanging = " " * len(first) if rest is None else rest
    flat = " ".join(str(text).split())
    lines = textwrap.wrap(
        flat,
        WIDTH,
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    # what has no blank for hundreds of signs is no word, and a line may not be longer than 998 octets
    return "\n".join(
        piece for line in lines for piece in textwrap.wrap(line, 240, drop_whitespace=False) or [""]
    )


def wrap_lines(text: object, first: str = "") -> str:
    """Several lines, each wrapped, all begun with `first`."""
    return "\n".join(wrap(line, first, first) or first.rstrip() for line in str(text).splitlines())


def shorten(text: str, width: int) -> str:
    """`text` cut at a word to at most `width` signs, with an ellipsis where something is left out."""
    flat = " ".join(text.split())
    cut = textwrap.shorten(flat, width, placeholder="…")
    return cut if cut != "…" else flat[: width - 1] + "…"


def first_upper(text: str) -> str:
    """The first letter large, the others as they are (`lupa CSR` becomes `Lupa CSR`)."""
    return text[:1].upper() + text[1:]


def ref(ticket: str) -> str:
    """The ticket as it ends a subject."""
    return f" – {ticket}" if ticket else ""  # noqa: RUF001 - the dash of Indonesian typography


def mailto(word: Any) -> str:
    """The `mailto:` link of a keyword, "" if it has none; never any other kind of link (RFC 6068)."""
    target = str(word.mailto)
    if not target:
        return ""
    if not target.lower().startswith("mailto:"):
        target = f"mailto:{quote(target, safe='@+')}?body={quote(word.word)}"
    return target if _SAFE_MAILTO.fullmatch(target) else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "day": _told(dates.day),
    "plain_day": _told(dates.plain_day),
    "short_day": _told(dates.short_day),
    "clock": _told(dates.clock),
    "moment": _told(dates.moment),
    "earlier": earlier,
    "later": later,
    "nip": nip,
    "wrap": wrap,
    "wrap_lines": wrap_lines,
    "shorten": shorten,
    "first_upper": first_upper,
    "ref": ref,
    "mailto": mailto,
}
