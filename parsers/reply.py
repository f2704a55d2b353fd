"""What a writer added, apart from what a mail program put below it (RFC 3676 for flowed text).

In an answer, a word of a quotation taken for a decision would be fatal, a line too many in the quotation costs a question: wherever the
two could be confused, the text counts as quoted. So everything below the first sign of a quotation is quoted, also what is written
between or under quoted lines. A mail that answers and forwards nothing is the other way round: it quotes only where that is proven, and
what people tell of letters, dates and notes in it is theirs.
"""

import re
from dataclasses import dataclass

from parsers.quotation import (
    ends_above_quotation,
    is_attribution,
    is_divider,
    is_header_block,
    is_proven_divider,
    is_proven_signature,
    is_signature,
)
from parsers.text import folded, plain_lines

MARKER = {"id": "-- Balas di atas baris ini --", "en": "-- Reply above this line --"}
"""The line above which answers are written, per language; templates print it, and everything from it on is quoted."""

MAX_CHARACTERS = 100_000
_MARKERS = tuple(folded(line).strip("- ") for line in MARKER.values())
_MARKED = re.compile(
    rf"[-\u2010-\u2015]\s*(?:{'|'.join(_MARKERS)})|(?:{'|'.join(_MARKERS)})\s*[-\u2010-\u2015]|^[\W_]*(?:{'|'.join(_MARKERS)})[\W_]*$"
)
"""The line alone, or with a dash of its own: who asks what it means writes neither."""
_WINDOW = 5
_SIGNED = 20
"""Lines of a signature that are looked at."""
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
    return _is_marked(lines[at]) or (
        is_divider(lines[at])
        or is_signature(lines[at])
        or is_header_block(lines[at : at + 12])
        or is_attribution(lines[at : at + _WINDOW])
    )


def _begins_proven_quotation(lines: list[str], at: int) -> bool:
    return _is_marked(lines[at]) or (
        is_proven_divider(lines[at : at + _WINDOW])
        or is_proven_signature(lines[at : at + _SIGNED])
        or is_header_block(lines[at : at + 12])
        or is_attribution(lines[at : at + _WINDOW], proven=True)
    )


def _is_marked(line: str) -> bool:
    return line.startswith(">") or any(marker in line and _MARKED.search(line) for marker in _MARKERS)


def _above(lines: list[str], cut: int, *, proven: bool) -> int:
    """Return where the line that names the writer of quoted lines begins, `cut` where there is none: it stands right above them."""
    if cut == len(lines) or not lines[cut].startswith(">"):
        return cut
    last = next((at for at in range(cut - 1, max(cut - 4, -1), -1) if lines[at]), None)
    return last if last is not None and ends_above_quotation(lines[last], proven=proven) else cut


def split_reply(text: str, *, answers: bool = True) -> Split:
    """Return the new text and the quotation of `text` (plain, or HTML made plain by `html.to_text`).

    `answers`: whether the mail answers or forwards another; one that does not quotes only where that is proven. Both halves are cut at
    `MAX_CHARACTERS`, and twice as many are read. Linear in the length of the text; never raises.
    """
    lines = [line.rstrip() for line in plain_lines(text[: 2 * MAX_CHARACTERS]).split("\n")]
    compared = [folded(line[:2000]) for line in lines]
    begins = _begins_quotation if answers else _begins_proven_quotation
    cut = next((at for at in range(len(lines)) if compared[at] and begins(compared, at)), len(lines))
    cut = _above(compared, cut, proven=not answers)
    new, quoted = _tidy(lines[:cut]), _tidy(lines[cut:])
    if new and quoted and not answers:
        new = "\n\n".join(filter(None, (new, below_quotation(quoted))))
    return Split(new, quoted)


def typed_above(quoted: str) -> str:
    """Return what stands above the first proven sign of a quotation in one that began by a sign that might be typed, "" for nothing.

    The line that names the quotation's writer, and a signature above it, are the program's.
    """
    lines = [line.rstrip() for line in quoted.split("\n")]
    compared = [folded(line[:2000]) for line in lines]
    cut = next(
        (at for at in range(len(lines)) if compared[at] and _begins_proven_quotation(compared, at)),
        len(lines),
    )
    while cut and (not compared[cut - 1] or _is_of_program(compared[cut - 1])):
        cut -= 1
    return _tidy(lines[:cut])


def _is_of_program(line: str) -> bool:
    return is_signature(line) or is_divider(line) or ends_above_quotation(line)


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
