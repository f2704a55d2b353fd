"""Pictures in a mail: what may be a photographed letter, and what adorns the text (logos and banners of signatures).

Nothing is recognised in the picture. Its shape, and where the HTML shows it, tell: a page that can be read has some 600 pixels across
and is no strip; a logo stands below the writer's name or above the text. What neither shows is `doubtful`: a person sees it, and it may
serve a row that nothing else serves.
"""

import io
import re
from dataclasses import dataclass, field
from typing import Literal

from parsers.documents.image import SMALL
from parsers.facts import DocumentFacts
from parsers.html import is_quote
from parsers.markup import tokens
from parsers.mime import Part

Kind = Literal["paper", "doubtful", "adornment"]
MAX_MARKUP = 1_000_000
_CID = re.compile(r"^\s*cid:(.{1,300}?)\s*$", re.IGNORECASE)
_BACKGROUND = re.compile(r"cid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_SIGNED = re.compile(r"signature|tanda-?tangan-?email", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:--\s*$|(?:salam|hormat|terima ?kasih|demikian|wassalam\w*|best|kind|warm|regards|thanks|thank you|sincerely|yours|tks|trims)\b)",
    re.IGNORECASE,
)
_PROGRAMS_NAME = re.compile(
    r"^(?:image\d{3}|outlook-|logo|banner|header|footer|sig|icon|ttd-?email)", re.IGNORECASE
)
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_READABLE = 600  # pixels on the short side: half an A4 page at 72 dpi
_PHOTO = 900  # pixels on the short side: what cameras and scanners make is larger
_STRIP = 1.9  # width by height: no page is so wide
_TOWER = 2.6  # height by width: the screen of a phone has 2.2
_SQUARE = 1.15  # ratio of the sides: logos are square, pages are not
_ICON = 160  # pixels that the HTML gives a logo
_LAST_LINES = 8  # of a text: closing, name, position, office, telephone
_LINE = 90  # characters; a line of a signature is shorter


@dataclass(frozen=True)
class Place:
    """Where the HTML shows a picture."""

    quoted: bool
    signed: bool
    """Within what a mail program marks as a signature, or below the writer's closing."""
    above: bool
    """Above all text: a letterhead."""
    followed: bool
    """Text of the writer's goes on below it."""
    width: int = 0
    """Pixels that the HTML gives it, 0 where it does not say."""


@dataclass
class _Shown:
    """Collects text and pictures in order while the tokens go by."""

    open: list[tuple[str, bool, bool]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    found: list[tuple[str, int, bool, bool, int]] = field(default_factory=list)
    quoted: bool = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        names = " ".join(given.get(name, "") for name in ("class", "id", "data-smartmail", "name"))
        signed = bool(_SIGNED.search(names)) or any(each[1] for each in self.open[-1:])
        quoted = (not signed and (tag == "blockquote" or is_quote(given))) or self.quoted
        self.quoted = quoted
        if tag in ("img", "image", "v:imagedata") and (cid := _CID.match(given.get("src", ""))):
            width = re.match(r"\d{1,5}", given.get("width", "").strip())
            self.found.append((cid[1], len(self.text), quoted, signed, int(width[0]) if width else 0))
        elif "style" in given or "background" in given:
            for cid in _BACKGROUND.findall(f"{given.get('style', '')} {given.get('background', '')}"):
                self.found.append((cid, len(self.text), quoted, True, 0))
        if tag not in ("img", "br", "hr", "input", "meta", "link", "col", "wbr"):
            self.open.append((tag, signed, quoted))
        if tag in ("br", "p", "div", "tr", "li", "table", "blockquote"):
            self.text.append("\n")

    def end(self, tag: str) -> None:
        while self.open:
            name, _, _ = self.open.pop()
            if name == tag:
                break
        self.text.append("\n" if tag in ("p", "div", "tr", "li", "table") else "")


def places(markup: str) -> dict[str, Place]:
    """Return where a text in HTML shows its pictures, by their Content-IDs."""
    shown = _Shown()
    end = 0
    for token in tokens(markup[:MAX_MARKUP]):
        if token.kind == "start":
            before = shown.quoted
            shown.start(token.value, token.attributes)
            end = len(shown.text) if shown.quoted and not before else end
        elif token.kind == "end":
            shown.end(token.value)
        else:
            shown.text.append(token.value)
    own = end or len(shown.text)
    found: dict[str, Place] = {}
    for cid, at, quoted, signed, width in shown.found:
        above, below = "".join(shown.text[:at]), "".join(shown.text[at:own])
        found.setdefault(
            cid,
            Place(
                quoted=quoted,
                signed=signed or (not quoted and _is_below_closing(above)),
                above=not above.strip(),
                followed=not quoted and _goes_on(below),
                width=width,
            ),
        )
    return found


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _is_below_closing(text: str) -> bool:
    """Tell whether a text ends as letters do: a closing, and only short lines below it."""
    last = _lines(text)[-_LAST_LINES:]
    at = next((at for at, line in reversed(list(enumerate(last))) if _CLOSING.match(line)), None)
    return at is not None and all(len(line) <= _LINE for line in last[at:])


def _goes_on(text: str) -> bool:
    """Tell whether the writer goes on below a picture, with more than a closing and a name."""
    lines = _lines(text)
    return bool(lines) and not _CLOSING.match(lines[0]) and any(len(line) > _LINE // 3 for line in lines[:2])


# --- what a picture is ---------------------------------------------------------------------------------------------------


def kind_of(part: Part, data: bytes, facts: DocumentFacts, place: Place | None) -> Kind:
    """Tell what a picture that no machine read is; `place` is None where no HTML shows it."""
    if SMALL in facts.problems and (place is None or not place.followed):
        return "adornment"
    size = _size(data)
    if size is None:
        return "paper" if place is None or not (place.signed or place.quoted) else "doubtful"
    wide, short = size[0] / max(size[1], 1), min(size)
    strip = wide >= _STRIP or wide * _TOWER <= 1
    if place is None:
        return _alone(part, data, strip=strip, short=short)
    if strip or short < _READABLE or data[:4] == b"GIF8" or 0 < place.width <= _ICON:
        return "doubtful" if place.followed and not place.signed and not place.above else "adornment"
    return _page_like(data, place, short=short, square=max(wide, 1 / wide) < _SQUARE)


def kind_in_text(data: bytes, facts: DocumentFacts) -> Kind:
    """Tell the same of a picture that stands in the HTML itself: never more than doubtful, for nothing tells where."""
    size = _size(data)
    strip = size is not None and (size[0] >= _STRIP * size[1] or size[0] * _TOWER <= size[1])
    return "adornment" if SMALL in facts.problems or strip else "doubtful"


def _alone(part: Part, data: bytes, *, strip: bool, short: int) -> Kind:
    """A picture beside the text: attached, or put there by a phone."""
    programs = bool(_PROGRAMS_NAME.match(part.filename))
    if strip:
        return "adornment" if programs or part.disposition == "inline" else "doubtful"
    drawn = not data.startswith(b"\xff\xd8\xff")
    if drawn and short < _PHOTO and (programs or part.disposition == "inline"):
        return "doubtful"
    return "paper"


def _page_like(data: bytes, place: Place, *, short: int, square: bool) -> Kind:
    """A picture that could be a page, by where it stands: what a camera makes is trusted further than what is drawn."""
    photo = data.startswith(b"\xff\xd8\xff") and short >= _PHOTO and not square
    if place.signed or place.quoted or place.above:
        return "doubtful" if photo or (not square and short >= _PHOTO) or not place.signed else "adornment"
    return "paper" if photo or (not square and short >= _PHOTO) else "doubtful"


def _size(data: bytes) -> tuple[int, int] | None:
    """Return width and height as they are shown, None where the bytes do not tell. Only the header is read."""
    from PIL import Image  # noqa: PLC0415 - only pictures need it

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            return (picture.height, picture.width) if turned else picture.size
    except Exception:  # noqa: BLE001 - decoders raise many kinds for hostile files
        return None
