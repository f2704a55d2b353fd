"""PDF: pages with text are read as letters by pdfium; scanned pages are recognised and left to a person's eye.

pdfium is not thread-safe: call this from processes only. Every pdfium object is closed on the way out.
"""

from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from parsers.documents import pdf_second
from parsers.documents.found import Found
from parsers.documents.pdf_forms import filled_words
from parsers.documents.pdf_objects import Objects, objects_of
from parsers.documents.pdf_quality import is_gibberish
from parsers.documents.pdf_tables import add_grids
from parsers.documents.pdf_text import Sheet, read_sheet
from parsers.letters import Page, read_letter

_ENCRYPTED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_FEW = 3  # words: a page number or a scanner's stamp is no text


@dataclass
class _Pages:
    letter: list[Page] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    gibberish: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    segments: dict[int, int] = field(default_factory=dict)


def read(data: bytes, pages: int) -> Found:
    """Return what a PDF is and says, reading at most `pages` pages. Never raises for bad bytes."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            return Found(
                kind="unreadable", outcome="encrypted", readable_by_person=False, problems=("encrypted PDF",)
            )
        return _second_opinion(data, pages)
    try:
        found = _read(document, pages)
    except pypdfium2.PdfiumError:
        return _second_opinion(data, pages)
    finally:
        document.close()
    if found is None:
        return _broken()
    read_pages, count = found
    read_pages.problems += add_grids(data, read_pages.letter, read_pages.segments)
    return _found(read_pages, count)


def _second_opinion(data: bytes, limit: int) -> Found:
    """Ask the other library about a file pdfium gave up on; what it reads is for an officer to compare."""
    found = _Pages(problems=["damaged PDF, read by a second reader; compare with the original"])
    for page in pdf_second.pages_of(data, limit):
        if len(page.words) > _FEW and not is_gibberish(page.words):
            found.letter.append(page)
    return _found(found, len(found.letter)) if found.letter else _broken()


def _broken() -> Found:
    return Found(kind="unreadable", outcome="unreadable", readable_by_person=False, problems=("broken PDF",))


def _read(document: pypdfium2.PdfDocument, limit: int) -> tuple[_Pages, int] | None:
    """Return the pages read, and how many there are; None where there is none."""
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    count = len(document)
    if not count:
        return None
    read_pages = _Pages()
    if count > limit:
        read_pages.problems.append(f"only the first {limit} of {count} pages were read")
    for index in range(min(count, limit)):
        _read_page(document, index, read_pages)
    return read_pages, count


def _read_page(document: pypdfium2.PdfDocument, index: int, pages: _Pages) -> None:
    number = index + 1
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        pages.problems.append(f"page {number} is broken")
        return
    try:
        objects = objects_of(page)
        sheet = read_sheet(page, number, objects)
        filled = filled_words(page, document.formenv)
    finally:
        page.close()
    pages.segments[number] = objects.segments
    _sort_in(sheet, objects, pages)
    if filled:
        sheet.page.words.extend(filled)
        if any(word.confidence < 1 for word in filled):
            pages.problems.append(f"page {number} shows other words in a form field than are stored in it")
        if sheet.page not in pages.letter:
            pages.letter.append(sheet.page)


def _sort_in(sheet: Sheet, objects: Objects, pages: _Pages) -> None:
    number = sheet.page.number
    if objects.is_scan:
        pages.scans.append(number)
        return
    if sheet.hidden:
        pages.problems.append(f"page {number} has text that cannot be seen; it was left out")
    if sheet.unmapped or is_gibberish(sheet.page.words):
        pages.gibberish.append(number)
    elif len(sheet.page.words) > _FEW:
        pages.letter.append(sheet.page)
    elif objects.has_picture:
        pages.scans.append(number)


def _found(pages: _Pages, count: int) -> Found:
    problems = list(pages.problems)
    if not pages.letter:
        if pages.scans:
            problems.insert(0, "scan")
        if pages.gibberish:
            problems.insert(0, "text without usable characters")
        if not problems:
            problems = ["no text"]
        return Found(kind="unreadable", pages=count, problems=tuple(problems))
    problems += [f"page {number} is a scan" for number in pages.scans]
    problems += [f"page {number} has text without usable characters" for number in pages.gibberish]
    letter = read_letter(pages.letter)
    return Found(
        kind=letter.kind,
        score=letter.score,
        evidence=letter.evidence,
        pages=count,
        method="text",
        fields=letter.fields,
        changes=letter.changes,
        persons=letter.persons,
        problems=tuple(problems),
    )
