"""Ruled tables of a PDF: the cells between its lines, found by pdfplumber where words of a page announce a table.

Only the lines are taken from pdfplumber; the words in the cells are pdfium's, so that what no eye can see stays out. It is slow
(30 to 150 ms a page) and in no way robust: it is asked for few pages, of bounded size, and every fault of it means "no table".
"""

import io
from collections.abc import Mapping
from typing import Any

from parsers.letters import Page, announces_table
from parsers.letters.lines import Grid

_FEWEST = 6  # segments: two cells have as many
_MOST_SEGMENTS = 12_000
_MOST_WORDS = 4_000  # of one page
_MOST_PAGES = 12
_MOST_CROSSINGS = 2_500  # of lines on a page: thirty columns of eighty rows
_MOST_LINES = 600
_TOO_MANY = "page {} has too many lines or words to look for a table"
_SHORTEST = 3.0  # points


def add_grids(data: bytes, pages: list[Page], segments: Mapping[int, int]) -> list[str]:
    """Give the pages that may have ruled tables their grids; `segments` counts the strokes by page number. Return problems."""
    wanted, problems = _wanted(pages, segments)
    if wanted:
        import pdfplumber  # noqa: PLC0415 - only for the few that need it

        try:
            with pdfplumber.open(io.BytesIO(data), pages=[page.number for page in wanted]) as document:
                for page, sheet in zip(wanted, document.pages, strict=True):
                    grids = _grids(page, sheet)
                    sheet.close()
                    if grids is None:
                        problems.append(_TOO_MANY.format(page.number))
                    page.grids.extend(grids or [])
        except Exception:  # noqa: BLE001 - pdfplumber lets bare TypeErrors, KeyErrors and RecursionErrors out
            problems.append("the lines of a table could not be read")
    return problems


def _wanted(pages: list[Page], segments: Mapping[int, int]) -> tuple[list[Page], list[str]]:
    """Return the pages with lines that announce a table, and those with lines after one of them: it may go on there."""
    wanted: list[Page] = []
    problems = []
    for page in pages:
        strokes = segments.get(page.number, 0)
        if strokes < _FEWEST:
            continue
        follows = bool(wanted) and wanted[-1].number == page.number - 1
        if not follows and not announces_table(page):
            continue
        if strokes > _MOST_SEGMENTS or len(page.words) > _MOST_WORDS or len(wanted) >= _MOST_PAGES:
            problems.append(_TOO_MANY.format(page.number))
            continue
        wanted.append(page)
    return wanted, problems


def _grids(page: Page, sheet: Any) -> list[Grid] | None:
    """Return the grids of a page in its reading frame, top to bottom; None where there are too many lines."""
    from pdfplumber import table  # noqa: PLC0415 - only for the few that need it

    lines = table.merge_edges([edge for edge in sheet.edges if _length(edge) >= 1], 3, 3, 3, 3)
    lines = [line for line in lines if _length(line) >= _SHORTEST]
    if len(lines) > _MOST_LINES:
        return None
    crossings = table.edges_to_intersections(lines, 3, 3)
    if len(crossings) > _MOST_CROSSINGS:
        return None
    left, top = _origin(sheet)
    found = []
    for cells in table.cells_to_tables(table.intersections_to_cells(crossings)):
        upright = [page.upright(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in cells]
        rows: dict[float, list[tuple[float, float, float, float]]] = {}
        for cell in sorted(upright, key=lambda each: (each[1], each[0])):
            rows.setdefault(round(cell[1], 1), []).append(cell)
        found.append(list(rows.values()))
    return sorted(found, key=lambda grid: (grid[0][0][1], grid[0][0][0]))


def _origin(sheet: Any) -> tuple[float, float]:
    """Return where, in pdfplumber's units, the top left corner of the displayed page is: it turns a page, but not its crop box."""
    (left, bottom, right, top), crop = sheet.page_obj.mediabox, sheet.page_obj.cropbox
    cut = (
        max(crop[0] - left, 0),
        max(top - crop[3], 0),
        max(right - crop[2], 0),
        max(crop[1] - bottom, 0),
    )  # left, top, right, bottom; a quarter clockwise brings each to the next side
    quarters = sheet.rotation // 90
    return sheet.mediabox[0] + cut[-quarters % 4], sheet.mediabox[1] + cut[(1 - quarters) % 4]


def _length(edge: dict[str, Any]) -> float:
    return float(edge["height"] if edge["orientation"] == "v" else edge["width"])
