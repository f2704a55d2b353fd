"""A letter on paper: its pieces become a DOCX of one A4 page, the same bytes each time."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Sheet
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from mailflow.drafts import letters as pieces

_FONT = "Times New Roman"
_LABEL, _COLON, _VALUE = 4.6, 0.4, 11.0  # centimetres
_HALF = 8.0
_EPOCH = datetime(2022, 1, 1)  # noqa: DTZ001 - the file's own date, which nobody reads; python-docx wants it without zone
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(letter: Sequence[pieces.Piece]) -> bytes:
    """Return a letter as DOCX."""
    sheet = _empty()
    for piece in letter:
        _WRITERS[type(piece)](sheet, piece)
    return frozen(sheet)


def frozen(sheet: Sheet) -> bytes:
    """Return the file with nothing of the moment in it: a ZIP keeps the time of each member, an office file its last change."""
    properties = sheet.core_properties
    properties.created = properties.modified = _EPOCH
    properties.author = properties.last_modified_by = properties.comments = ""
    raw, out = io.BytesIO(), io.BytesIO()
    sheet.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(member, source.read(name))
    return out.getvalue()


def _empty() -> Sheet:
    """An A4 page in Times, its language Indonesian, without the picture of python-docx' own template."""
    sheet = Document()
    relations = sheet.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
    section = sheet.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    style: Any = sheet.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(8), 1.15
    for language in sheet.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "id-ID")
    return sheet


def _title(sheet: Sheet, title: pieces.Title) -> None:
    for number, line in enumerate(title.lines, 1):
        paragraph = sheet.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(18 if number == len(title.lines) else 0)
        paragraph.add_run(line).bold = True


def _hint(sheet: Sheet, hint: pieces.Hint) -> None:
    paragraph = sheet.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(18)
    run = paragraph.add_run(hint.text)
    run.italic, run.font.color.rgb = True, RGBColor(0x80, 0x80, 0x80)


def _paragraph(sheet: Sheet, piece: pieces.Paragraph) -> None:
    centred = piece.text.startswith("Nomor:")
    paragraph = sheet.add_paragraph(piece.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY


def _pairs(sheet: Sheet, pairs: pieces.Pairs) -> None:
    table = _table(sheet, len(pairs.rows), (_LABEL, _COLON, _VALUE))
    for row, (label, value) in zip(table.rows, pairs.rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            _fill(cell, text)
    _gap(sheet)


def _ruled(sheet: Sheet, ruled: pieces.Ruled) -> None:
    table = _table(sheet, len(ruled.rows), ruled.widths)
    table.style = "Table Grid"
    for number, (row, texts) in enumerate(zip(table.rows, ruled.rows, strict=True)):
        row.height = Cm(0.8)
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text, bold=number == 0, centred=number == 0)
    _gap(sheet)


def _signatures(sheet: Sheet, both: pieces.Signatures) -> None:
    table = _table(sheet, 1, (_HALF, _HALF))
    left, right = table.rows[0].cells
    _stacked(right, (both.place, *both.right))
    if both.left:
        _stacked(left, both.left)


def _stacked(cell: _Cell, lines: Sequence[str]) -> None:
    """Lines in the middle of a cell; an empty one is the room for a signature."""
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _set(paragraph, line, centred=True)
        if not line:
            paragraph.paragraph_format.space_after = Pt(48)


def _table(sheet: Sheet, rows: int, widths: Sequence[float]) -> Table:
    table: Table = sheet.add_table(rows, len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    _set(cell.paragraphs[0], text, bold=bold, centred=centred)


def _set(paragraph: Paragraph, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(text).bold = bold


def _gap(sheet: Sheet) -> None:
    """A table ends where the next begins: a thin line between keeps them apart."""
    paragraph = sheet.add_paragraph()
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(8)


_WRITERS: dict[type[pieces.Piece], Callable[[Sheet, Any], None]] = {
    pieces.Title: _title,
    pieces.Hint: _hint,
    pieces.Paragraph: _paragraph,
    pieces.Pairs: _pairs,
    pieces.Ruled: _ruled,
    pieces.Signatures: _signatures,
}
