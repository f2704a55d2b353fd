"""What a writer added, apart from what a mail program put below it (RFC 3676 for flowed text).

A word of a quotation taken for a decision would be fatal, a line too many in the quotation costs a question: wherever the two
could be confused, the text counts as quoted. So everything below the first sign of a quotation is quoted, also what is
written between or under quoted lines.
"""

import re
from dataclasses import dataclass

from parsers.quotation import (
    ends_above_quotation,
    is_attribution,
    is_divider,
    is_header_block,
    is_signature,
)
from parsers.text import folded, plain_lines

MARKER = {"id": "-- Balas di atas baris ini --", "en": "-- Reply above this line --"}
"""The line above which answers are written, per language; templates print it, and everything from it on is quoted."""

MAX_CHARACTERS = 100_000
_MARKERS = tuple(folded(line).strip("- ") for line in MARKER.values())
_WINDOW = 5
_BROKEN = 60
"""Characters of a quoted line whose rest may stand, without its mark, on the next."""
_MANY_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Split:
    """The two halves of a text."""

    new: str
    quoted: str


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Return `format=flowed` text with its soft breaks joined (RFC 3676); quoted lines keep one `> ` per level."""
    out: list[list[str]] = []
    open_depth: int | None = None
    for raw in plain_lines(text[: 2 * MAX_CHARACTERS]).split("\n"):
        body = raw.lstrip(">")
        depth = len(raw) - len(body)
        body = body.removeprefix(" ")
        flows = body.endswith(" ") and body != "-- "
        shown = body[:-1] if flows and delsp else body
        if open_depth == depth and body != "-- ":
            out[-1].append(shown)
        else:
            out.append([f"{'>' * depth} {shown}" if depth else shown])
        open_depth = depth if flows else None
    return "\n".join(map("".join, out))


def _begins_quotation(lines: list[str], at: int) -> bool:
    line = lines[at]
    if line.startswith(">") or any(marker in line for marker in _MARKERS):
        return True
    window = lines[at : at + _WINDOW]
    return (
        is_divider(line)
        or is_signature(line)
        or is_header_block(lines[at : at + 12], lines[max(0, at - 12) : at])
        or is_attribution(window)
    )


def _above(lines: list[str], cut: int) -> int:
    """Return where the line that names the writer of quoted lines begins, `cut` where there is none: it stands right above them."""
    if cut == len(lines) or not lines[cut].startswith(">"):
        return cut
    last = next((at for at in range(cut - 1, max(cut - 4, -1), -1) if lines[at]), None)
    return last if last is not None and ends_above_quotation(lines[last]) else cut


def split_reply(text: str) -> Split:
    """Return the new text and the quotation of `text` (plain, or HTML made plain by `html.to_text`).

    Both are cut at `MAX_CHARACTERS`, and twice as many are read. Linear in the length of the text; never raises.
    """
    lines = [line.rstrip() for line in plain_lines(text[: 2 * MAX_CHARACTERS]).split("\n")]
    compared = [folded(line[:2000]) for line in lines]
    cut = next(
        (at for at in range(len(lines)) if compared[at] and _begins_quotation(compared, at)), len(lines)
    )
    cut = _above(compared, cut)
    return Split(_tidy(lines[:cut]), _tidy(lines[cut:]))


def below_quotation(quoted: str) -> str:
    """Return what stands unquoted below or between the `>` lines of a quotation, "" where nothing is marked as quoted.

    For a person to read where nothing stands above, never for a word: a quoted line that a program broke may look like it. Such a one, in
    the middle of the quotation and below a long line, is left out, and so is all from a signature on.
    """
    lines = quoted.splitlines()
    compared = [folded(line[:2000]) for line in lines]
    first = next((at for at, line in enumerate(lines) if line.startswith(">")), len(lines))
    kept: list[str] = []
    for at in range(first + 1, len(lines)):
        if is_signature(compared[at]):
            break
        if not lines[at].startswith(">") and not _is_of_quotation(lines, compared, at):
            kept.append(lines[at])
    return _tidy(kept)


def _is_of_quotation(lines: list[str], compared: list[str], at: int) -> bool:
    """Whether an unmarked line is part of a quotation all the same: its beginning, or the rest of a line that was broken."""
    if not compared[at]:
        return False
    window = compared[at : at + _WINDOW]
    if is_divider(compared[at]) or is_attribution(window) or is_header_block(compared[at : at + 12]):
        return True
    before, after = lines[at - 1], lines[at + 1] if at + 1 < len(lines) else ""
    return before.startswith(">") and len(before) >= _BROKEN and after.startswith(">")


def _tidy(lines: list[str]) -> str:
    return _MANY_BLANK.sub("\n\n", "\n".join(lines)).strip("\n")[:MAX_CHARACTERS].strip()
