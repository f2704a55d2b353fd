"""Which words an eye can see: what the officer sees on the page must be what the machine reads.

Cheap signs first (render mode, colour, size, place); only words under suspicion are looked at in a picture of the page. A word that was
covered and written over shows ink in its place, but not its own: the order of drawing tells.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from parsers.documents.pdf_objects import Objects, Rectangle, address_of

_INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FAINT = 225  # of 255: text whose darkest colour part is lighter may vanish on paper
_OPAQUE = 40  # of 255: text more transparent than this cannot be read
_TINY = 2.5  # points of height
_CONTRAST = 40  # grey levels between ink and ground that an eye needs
_COVERED = 0.5  # of the word's area
_TOUCHED = 0.1  # of the word's area, by a word written later
_MOST_COVERS = 200  # shapes whose words are compared: a table's shaded rows
_PICTURE_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """A word under examination: the index of its first character, its rectangle in page units."""

    index: int
    box: Rectangle


def visible_words(
    page: pypdfium2.PdfPage, text: raw.FPDF_TEXTPAGE, looks: list[Look], objects: Objects
) -> list[bool]:
    """Return for each word whether it can be seen."""
    edge = page.get_bbox()
    replaced = _written_over(text, looks, objects)
    colour = tuple(ctypes.c_uint() for _ in range(4))
    verdicts = [False if look in replaced else _judge(text, look, edge, colour, objects) for look in looks]
    if None in verdicts:
        picture = _Picture(page)
        verdicts = [
            picture.contrast(look.box) if verdict is None else verdict
            for look, verdict in zip(looks, verdicts, strict=True)
        ]
    return [bool(verdict) for verdict in verdicts]


def _judge(
    text: raw.FPDF_TEXTPAGE, look: Look, edge: Rectangle, colour: tuple[ctypes.c_uint, ...], objects: Objects
) -> bool | None:
    """Return whether a word is seen; None where only a picture can tell."""
    left, bottom, right, top = look.box
    outside = right < edge[0] or left > edge[2] or top < edge[1] or bottom > edge[3]
    if outside or max(top - bottom, right - left) < _TINY or min(top - bottom, right - left) <= 0:
        return False
    item = raw.FPDFText_GetTextObject(text, look.index)
    if item and raw.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES:
        return False
    if raw.FPDFText_GetFillColor(text, look.index, *colour):
        red, green, blue, alpha = (part.value for part in colour)
        if alpha < _OPAQUE:
            return False
        if min(red, green, blue) >= _FAINT:
            return None
    return None if any(_covers(cover, look.box) for _, cover in objects.covers) else True


def _written_over(text: raw.FPDF_TEXTPAGE, looks: list[Look], objects: Objects) -> set[Look]:
    """Return the words that lie under a shape on which other words were written later."""
    if not objects.covers:
        return set()
    placed = [
        (objects.order.get(address_of(raw.FPDFText_GetTextObject(text, look.index)), -1), look)
        for look in looks
    ]
    over = [
        (when, cover, [look.box for later, look in placed if later > when and _covers(cover, look.box)])
        for when, cover in objects.covers[:_MOST_COVERS]
    ]
    return {
        look
        for drawn, look in placed
        for when, cover, later in over
        if later
        and -1 < drawn < when
        and _covers(cover, look.box)
        and any(_covers(box, look.box, _TOUCHED) for box in later)
    }


def _covers(cover: Rectangle, box: Rectangle, share: float = _COVERED) -> bool:
    width = min(cover[2], box[2]) - max(cover[0], box[0])
    height = min(cover[3], box[3]) - max(cover[1], box[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return width > 0 and height > 0 and width * height >= share * area


class _Picture:
    """The page drawn in grey, small, to look at single words."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        scale = _PICTURE_WIDTH / max(width, height, 1.0)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            self._bytes = bytes(bitmap.buffer)
            self._stride, self._width, self._height = bitmap.stride, bitmap.width, bitmap.height
        finally:
            bitmap.close()
        self._page = page

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, x, y, across, down)
        return across.value, down.value

    def contrast(self, box: Rectangle) -> bool:
        """Tell whether ink stands out from its ground inside `box`."""
        (xa, ya), (xb, yb) = self._pixel(box[0], box[1]), self._pixel(box[2], box[3])
        left, right = max(min(xa, xb), 0), min(max(xa, xb) + 1, self._width)
        rows = range(max(min(ya, yb), 0), min(max(ya, yb) + 1, self._height))
        parts = [self._bytes[row * self._stride + left : row * self._stride + right] for row in rows]
        levels = b"".join(parts)
        return bool(levels) and max(levels) - min(levels) >= _CONTRAST
