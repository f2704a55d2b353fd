"""An administrator's own draft, with the department's letterhead: `{name}`, `{nip}` and so on are replaced by what is known."""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Sheet
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from mailflow.drafts.letters import FIELDS, SHORT_BLANK, Facts
from mailflow.drafts.word import frozen

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(file: Path, facts: Facts) -> bytes:
    """Return the file with its placeholders filled; what is not known becomes a dotted line."""
    sheet = Document(str(file))
    for paragraph in _paragraphs(sheet):
        if "{" in paragraph.text:
            _replace(paragraph, facts)
    return frozen(sheet)


def faults(file: Path) -> Iterator[str]:
    """Yield what is unsound in an own draft."""
    try:
        sheet = Document(str(file))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        yield "cannot be opened as a Word document (.docx)"
        return
    said = {name for paragraph in _paragraphs(sheet) for name in _PLACEHOLDER.findall(paragraph.text)}
    for name in sorted(said - set(FIELDS)):
        yield f"{{{name}}}: nothing fills it; known are {', '.join(f'{{{each}}}' for each in FIELDS)}"


def _paragraphs(sheet: Sheet) -> Iterator[Paragraph]:
    """Every paragraph, those in tables, headers and footers too."""
    roots = [sheet.element.body]
    for section in sheet.sections:
        own = [each for each in (section.header, section.footer) if not each.is_linked_to_previous]
        roots += [each._element for each in own]  # noqa: SLF001 - python-docx has no other way to all of it
    for root in roots:
        for element in root.iter(qn("w:p")):
            yield Paragraph(element, sheet._body)  # noqa: SLF001 - as above


def _replace(paragraph: Paragraph, facts: Facts) -> None:
    """Replace in the run that holds the whole placeholder; one that a word processor has cut into pieces is joined first."""
    runs = paragraph.runs
    if not any(_PLACEHOLDER.search(run.text) for run in runs) and runs:
        runs[0].text = paragraph.text
        for run in runs[1:]:
            run.text = ""
    for run in runs:
        if "{" in run.text:
            run.text = _PLACEHOLDER.sub(lambda found: _value(facts, found), run.text)


def _value(facts: Facts, found: re.Match[str]) -> str:
    return facts.of(found[1], SHORT_BLANK) if found[1] in FIELDS else found[0]
