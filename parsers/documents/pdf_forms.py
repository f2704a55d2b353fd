"""What was filled into a PDF: form fields (AcroForm) and typed notes (FreeText), which appear in no text extraction.

They are read from the annotations themselves. A program may store a value and leave the old one on the page: where the appearance can be
read and says something else, the value is less sure, for an officer sees the page.
"""

import ctypes
import re
import unicodedata
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2 import raw

from parsers.letters import Word

METHOD, NOTE = "pdfium-form", "pdfium-note"
_UNLIKE = 0.5  # how sure a value is that the page does not show
_LITERAL = re.compile(r"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>", re.DOTALL)
_ESCAPED = re.compile(r"\\([0-7]{1,3}|.)", re.DOTALL)
_TEXTUAL = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_UNSEEN = 0x01 | 0x02 | 0x20  # annotation flags Invisible, Hidden, NoView (ISO 32000-1, table 165)
_LONGEST_APPEARANCE = 40_000  # bytes of an appearance that is compared
_MOST = 2_000  # annotations looked at, and UTF-16 units of one value


def filled_words(page: pypdfium2.PdfPage, forms: pypdfium2.PdfFormEnv | None) -> list[Word]:
    """Return the words of the visible, filled fields and notes of an upright page, spread over each one's rectangle."""
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
    page: pypdfium2.PdfPage, forms: pypdfium2.PdfFormEnv | None, annotation: raw.FPDF_ANNOTATION
) -> Iterator[Word]:
    filled = _filled(forms, annotation)
    rectangle = raw.FS_RECTF()
    if filled is None or not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)):
        return
    value, method = filled
    (x0, y0), (x1, y1) = (
        _shown(page, *corner)
        for corner in ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom))
    )
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    rows = [row.split() for row in value.splitlines() if row.strip()]
    height = (bottom - top) / len(rows)
    sure = _UNLIKE if _differs(value, annotation) else 1.0
    for number, row in enumerate(rows):
        for word in _spread(row, left, right, top + number * height, top + (number + 1) * height):
            yield word._replace(confidence=sure, method=method)


def _filled(forms: pypdfium2.PdfFormEnv | None, annotation: raw.FPDF_ANNOTATION) -> tuple[str, str] | None:
    """Return what was filled in and by which means; None for an annotation that is none of these, unseen or empty."""
    if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return None
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == raw.FPDF_ANNOT_FREETEXT:
        value = _string(
            lambda buffer, size: int(raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size))
        )
        return (value, NOTE) if value.strip() else None
    if kind != raw.FPDF_ANNOT_WIDGET or forms is None:
        return None
    if raw.FPDFAnnot_GetFormFieldType(forms, annotation) not in _TEXTUAL:
        return None
    value = _string(
        lambda buffer, size: int(raw.FPDFAnnot_GetFormFieldValue(forms, annotation, buffer, size))
    )
    return (value, METHOD) if value.strip() else None


def _differs(value: str, annotation: raw.FPDF_ANNOTATION) -> bool:
    """Tell whether the annotation's appearance shows other words than it stores; an appearance in glyph numbers tells nothing."""
    drawn = _string(
        lambda buffer, size: int(
            raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size)
        ),
        most=_LONGEST_APPEARANCE,
    )
    shown = "".join(
        _unescaped(literal) if not digits else bytes.fromhex(_even(digits)).decode("latin-1")
        for literal, digits in _LITERAL.findall(drawn)
    )
    if not shown.isprintable() or not any(char.isalnum() for char in shown):
        return False
    return _bare(shown) != _bare(value)


def _even(digits: str) -> str:
    """A string of hexadecimal digits as ISO 32000-1 §7.3.4.3 reads it: blanks do not count, a missing last digit is 0."""
    plain = "".join(digits.split())
    return plain + "0" * (len(plain) % 2)


def _unescaped(literal: str) -> str:
    """A literal string as ISO 32000-1 §7.3.4.2 reads it, as far as letters and digits go."""
    return _ESCAPED.sub(
        lambda found: chr(int(found[1], 8) % 256) if found[1].isdigit() else found[1], literal
    )


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _spread(row: list[str], left: float, right: float, top: float, bottom: float) -> Iterator[Word]:
    """Place the words of a row one after the other: where exactly they are drawn is the viewer's choice."""
    length = len(" ".join(row))
    step = min((right - left) / length, 0.5 * (bottom - top))
    at = left
    for text in row:
        yield Word(at, top, at + len(text) * step, bottom, text, 1.0, METHOD)
        at += (len(text) + 1) * step


def _string(get: Callable[[object, int], int], most: int = 2 * _MOST) -> str:
    """Return a UTF-16LE string of pdfium, whose size is asked first; "" for one of more than `most` bytes."""
    size = get(None, 0)
    if size <= 2 or size > most:  # noqa: PLR2004 - two bytes are the final NUL
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    get(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * 1000), round(height * 1000), 0, x, y, across, down)
    return across.value / 1000, down.value / 1000
