"""What else is on a PDF page beside its text: the image of a scan, and what may have been laid over the text."""

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2
from pypdfium2 import raw

_FULL = 0.75  # of the page: an image, or strips together, that make it a scan
_MOST = 20_000  # objects looked at
_SMALL = 6.0  # points: rules, ticks and underlines hide no text
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Objects:
    """`segments` counts the strokes of drawn lines and boxes: a table with rules has some, a hostile page very many.

    `covers` are rectangles (left, bottom, right, top in page units) of filled shapes and images drawn after text, by when they were
    drawn: `order` has the place of each text object (its address) in that sequence.
    """

    is_scan: bool = False
    has_picture: bool = False
    segments: int = 0
    covers: tuple[tuple[int, Rectangle], ...] = ()
    order: Mapping[int, int] = field(default_factory=dict)


def _bounds(item: raw.FPDF_PAGEOBJECT) -> Rectangle | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def _fills(item: raw.FPDF_PAGEOBJECT) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, mode, stroke)) and mode.value != raw.FPDF_FILLMODE_NONE


def _images_in_form(form: raw.FPDF_PAGEOBJECT) -> bool:
    items = (raw.FPDFFormObj_GetObject(form, i) for i in range(min(raw.FPDFFormObj_CountObjects(form), 50)))
    return any(raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE for item in items)


def _segments(item: raw.FPDF_PAGEOBJECT, kind: int) -> int:
    if kind == raw.FPDF_PAGEOBJ_PATH:
        return max(int(raw.FPDFPath_CountSegments(item)), 0)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        return 0
    count = raw.FPDFFormObj_CountObjects(item)
    inside = (raw.FPDFFormObj_GetObject(item, i) for i in range(min(count, _MOST)))
    paths = (each for each in inside if raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_PATH)
    return sum(max(int(raw.FPDFPath_CountSegments(path)), 0) for path in paths)


def address_of(item: raw.FPDF_PAGEOBJECT) -> int:
    """Return what tells a page object from others while its page is open."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def objects_of(page: pypdfium2.PdfPage) -> Objects:
    """Return what is drawn on a page beside its text.

    A page that images cover is a scan, with a text layer or without: that layer is some machine's reading, not what was written.
    """
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    covers: list[tuple[int, Rectangle]] = []
    order: dict[int, int] = {}
    pictures, after_text, segments = 0.0, False, 0
    count = raw.FPDFPage_CountObjects(page)
    for place, item in enumerate(islice((raw.FPDFPage_GetObject(page, i) for i in range(count)), _MOST)):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            after_text = True
            order[address_of(item)] = place
            continue
        segments += _segments(item, kind)
        is_picture = kind == raw.FPDF_PAGEOBJ_IMAGE or (
            kind == raw.FPDF_PAGEOBJ_FORM and _images_in_form(item)
        )
        if not is_picture and not (after_text and kind == raw.FPDF_PAGEOBJ_PATH and _fills(item)):
            continue
        box = _bounds(item)
        if box is None:
            continue
        width, height = min(box[2], right) - max(box[0], left), min(box[3], top) - max(box[1], bottom)
        if is_picture:
            pictures += max(width, 0.0) * max(height, 0.0)
        if after_text and width > _SMALL and height > _SMALL:
            covers.append((place, box))
    return Objects(
        is_scan=pictures >= _FULL * area,
        has_picture=pictures > 0,
        segments=segments,
        covers=tuple(covers),
        order=order,
    )
