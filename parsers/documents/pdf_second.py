"""A second opinion on a PDF that pdfium cannot open: pdfplumber opens some of those (and fails on others that pdfium opens).

It is slow to import and to run, so it is asked only then. What it reads is never certain: an officer compares it with the original.
"""

import io
from typing import Any

from parsers.letters import Page, Word

_CONFIDENCE = 0.7
_METHOD = "pdfplumber-text"


def pages_of(data: bytes, limit: int) -> list[Page]:
    """Return at most `limit` pages with their words; empty where pdfplumber cannot open it either."""
    import pdfplumber  # noqa: PLC0415 - only for the few that need it

    pages: list[Page] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, sheet in enumerate(document.pages[:limit], start=1):
                pages.append(_page(sheet, number))
                sheet.close()
    except Exception:  # noqa: BLE001 - pdfplumber lets bare TypeErrors, KeyErrors and RecursionErrors out; a child process holds the rest
        return pages
    return pages


def _page(sheet: Any, number: int) -> Page:
    words = [
        Word(each["x0"], each["top"], each["x1"], each["bottom"], each["text"], _CONFIDENCE, _METHOD)
        for each in sheet.dedupe_chars().extract_words()
    ]
    return Page(number=number, width=float(sheet.width), height=float(sheet.height), words=words)
