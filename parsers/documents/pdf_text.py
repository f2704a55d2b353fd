"""The text of a PDF page as placed words: pdfium's characters, brought upright, without what no eye can see."""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from parsers.documents.pdf_objects import Objects, Rectangle
from parsers.documents.pdf_visible import Look, visible_words
from parsers.letters import Page, Word, doubt_overlaps

_QUARTER = 1.5707963267948966
_STRAIGHT = 0.06  # radians (3.4 degrees): farther off is a watermark or a stamp
_SCALE = 1000  # device units per point when pdfium places reference points
_SAMPLE = 7  # every seventh character tells which way the text runs
_GAP = 0.35  # of the height: a wider gap inside a run parts two words that no blank parts
_BACK = (
    0.6  # of the height: a character so far back over the last ones begins another word, printed over them
)
_MOST = 60_000  # characters read of one page
_UNMAPPED = 0.3  # share of sampled characters without a Unicode map


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page's words; whether some were left out as invisible; whether its characters have no Unicode map."""

    page: Page
    hidden: bool
    unmapped: bool


class _Run(NamedTuple):
    """A word before it is placed: its text, the indexes of its first character, its rectangle in page units."""

    text: str
    first: int
    box: Rectangle


class _Frame:
    """Maps page units to the reading frame: through pdfium's own placing of three points, then quarter turns."""

    def __init__(self, page: pypdfium2.PdfPage, turn: int) -> None:
        self.width, self.height = page.get_size()
        self.turn = turn
        (x0, y0), (x1, y1), (x2, y2) = (self._device(page, *point) for point in ((0, 0), (100, 0), (0, 100)))
        self._x = ((x1 - x0) / 100, (x2 - x0) / 100, x0)
        self._y = ((y1 - y0) / 100, (y2 - y0) / 100, y0)

    def _device(self, page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(self.width * _SCALE), round(self.height * _SCALE))
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / _SCALE, down.value / _SCALE

    def _place(self, x: float, y: float) -> tuple[float, float]:
        right = self._x[0] * x + self._x[1] * y + self._x[2]
        down = self._y[0] * x + self._y[1] * y + self._y[2]
        turned = {
            0: (right, down),
            1: (down, self.width - right),
            2: (self.width - right, self.height - down),
            3: (self.height - down, right),
        }
        return turned[self.turn]

    def box(self, box: Rectangle) -> Rectangle:
        (xa, ya), (xb, yb) = self._place(box[0], box[1]), self._place(box[2], box[3])
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _angles(text: raw.FPDF_TEXTPAGE, count: int) -> tuple[int, float]:
    """Return the quarter (clockwise, in page units) most text runs in, and the share of characters without a Unicode map."""
    quarters: Counter[int] = Counter()
    unmapped = looked = 0
    for index in range(0, count, _SAMPLE):
        looked += 1
        unmapped += raw.FPDFText_HasUnicodeMapError(text, index) == 1
        angle = raw.FPDFText_GetCharAngle(text, index)
        nearest = round(angle / _QUARTER)
        if angle >= 0 and abs(angle - nearest * _QUARTER) < _STRAIGHT:
            quarters[nearest % 4] += 1
    turn = quarters.most_common(1)[0][0] if quarters else 0
    return turn, unmapped / looked if looked else 0.0


def _runs(text: raw.FPDF_TEXTPAGE, count: int, quarter: int) -> Iterator[_Run]:
    """Yield runs of characters between blanks, and where the next character is not beside the last."""
    rectangle = raw.FS_RECTF()
    reference = ctypes.byref(rectangle)
    get_char, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    upright = quarter % 2 == 0
    chars: list[str] = []
    first = 0
    left = bottom = right = top = 0.0
    for index in range(count):
        char = chr(get_char(text, index))
        if char.isspace() or char in "\0\x02\ufffe\xad":
            if chars:
                yield _Run("".join(chars), first, (left, bottom, right, top))
                chars = []
            continue
        get_box(text, index, reference)
        x0, y0, x1, y1 = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if chars:
            if upright:
                gap = max(x0 - right, left - x1) > _GAP * (top - bottom) or y0 >= top or y1 <= bottom
                gap = gap or right - x0 > _BACK * (top - bottom) > 0 < x0 - left
            else:
                gap = max(y0 - top, bottom - y1) > _GAP * (right - left) or x0 >= right or x1 <= left
            if not gap:
                chars.append(char)
                left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
                continue
            yield _Run("".join(chars), first, (left, bottom, right, top))
            chars = []
        chars.append(char)
        first, left, bottom, right, top = index, x0, y0, x1, y1
    if chars:
        yield _Run("".join(chars), first, (left, bottom, right, top))


def read_sheet(page: pypdfium2.PdfPage, number: int, objects: Objects) -> Sheet:
    """Return the words of a page in its reading frame. Raises `PdfiumError` when pdfium cannot load its text."""
    text = raw.FPDFText_LoadPage(page)
    if not text:
        raise pypdfium2.PdfiumError("the text of the page cannot be loaded")
    try:
        count = max(0, min(raw.FPDFText_CountChars(text), _MOST))
        quarter, unmapped = _angles(text, count)
        frame = _Frame(page, (quarter + page.get_rotation() // 90) % 4)
        placed = [(run, frame.box(run.box)) for run in _runs(text, count, quarter)]
        straight = [(run, box) for run, box in placed if _runs_with(text, run.first, quarter)]
        looks = [Look(index=run.first, box=run.box) for run, _ in straight]
        seen = visible_words(page, text, looks, objects)
    finally:
        raw.FPDFText_ClosePage(text)
    words = doubt_overlaps(
        [Word(*box, text=_plain(run.text)) for (run, box), shown in zip(straight, seen, strict=True) if shown]
    )
    sheet = Page(number=number, width=frame.width, height=frame.height, turn=frame.turn, words=words)
    lost = [run.text for (run, _), shown in zip(straight, seen, strict=True) if not shown]
    hidden = any(char.isalnum() for text in lost for char in text)
    return Sheet(page=sheet, hidden=hidden, unmapped=unmapped > _UNMAPPED)


def _runs_with(text: raw.FPDF_TEXTPAGE, index: int, quarter: int) -> bool:
    angle = float(raw.FPDFText_GetCharAngle(text, index))
    off = (angle - quarter * _QUARTER) % (4 * _QUARTER)
    return min(off, 4 * _QUARTER - off) < _STRAIGHT


def _plain(text: str) -> str:
    if text.isascii():
        return text
    if any(
        "\ud800" <= char <= "\udfff" for char in text
    ):  # pdfium gives what lies above U+FFFF in two halves
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFKC", text)
