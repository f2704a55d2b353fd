"""Filled-in form fields (AcroForm): their values appear in no text extraction and are read from the widgets themselves."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

from parsers.letters import Word

METHOD = "pdfium-form"
_TEXTUAL = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_UNSEEN = 0x01 | 0x02 | 0x20  # annotation flags Invisible, Hidden, NoView (ISO 32000-1, table 165)
_MOST = 2_000  # annotations looked at, and UTF-16 units of one value


def widget_words(page: pypdfium2.PdfPage, forms: pypdfium2.PdfFormEnv) -> list[Word]:
    """Return the words of the visible, filled fields of an upright page, spread over each widget's rectangle."""
    words: list[Word] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            words += _words(page, forms, annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return words


def _words(
    page: pypdfium2.PdfPage, forms: pypdfium2.PdfFormEnv, annotation: raw.FPDF_ANNOTATION
) -> Iterator[Word]:
    if (
        raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET
        or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
    ):
        return
    if raw.FPDFAnnot_GetFormFieldType(forms, annotation) not in _TEXTUAL:
        return
    value = _string(
        lambda buffer, size: int(raw.FPDFAnnot_GetFormFieldValue(forms, annotation, buffer, size))
    )
    rectangle = raw.FS_RECTF()
    if not value.strip() or not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)):
        return
    (x0, y0), (x1, y1) = (
        _shown(page, *corner)
        for corner in ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom))
    )
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    rows = [row.split() for row in value.splitlines() if row.strip()]
    height = (bottom - top) / len(rows)
    for number, row in enumerate(rows):
        yield from _spread(row, left, right, top + number * height, top + (number + 1) * height)


def _spread(row: list[str], left: float, right: float, top: float, bottom: float) -> Iterator[Word]:
    """Place the words of a row one after the other: where exactly they are drawn is the viewer's choice."""
    length = len(" ".join(row))
    step = min((right - left) / length, 0.5 * (bottom - top))
    at = left
    for text in row:
        yield Word(at, top, at + len(text) * step, bottom, text, 1.0, METHOD)
        at += (len(text) + 1) * step


def _string(get: Callable[[object, int], int]) -> str:
    """Return a UTF-16LE string of pdfium, whose size is asked first."""
    size = get(None, 0)
    if size <= 2 or size > 2 * _MOST:  # noqa: PLR2004 - two bytes are the final NUL
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    get(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * 1000), round(height * 1000), 0, x, y, across, down)
    return across.value / 1000, down.value / 1000
