"""Letters made short for a terminal: their main lines, and the lines joined again that a mail breaks at 72 columns."""

import re
from collections.abc import Iterator
from itertools import groupby

_FRAME = ("-- Balas", "LAMPIRAN")
_SIGNED = ("Hormat kami,", "Nomor layanan:", "Dinas Komunikasi")
_STEP = re.compile(r"Langkah \d+ dari \d+")
_DASH = "\N{EN DASH}"
_LABELLED = re.compile(r"[A-Z][\w/.() -]{1,38}: ")
_ITEM = re.compile(rf"- |\d+\. |\| ?|[A-Z][A-Z0-9 ]* {_DASH} |{_LABELLED.pattern}")
_HEADING = re.compile(r"[A-Z][A-Z/ ]{3,}(\(.*\))?")
_WORD = re.compile(rf"^([A-Z]+(?: [A-Z0-9]+)*) {_DASH} ", re.MULTILINE)
_WORDS_OF_TASK = "Balas e-mail ini dari alamat dinas"
_ASIDE = (
    "SUDAH ADA", "YANG TERBACA", "BANTUAN", "DRAF TERLAMPIR", "SESUAI", "UNTUK DICOCOKKAN", "PESAN PEMOHON", "Yang Bapak/Ibu tulis",
    "Bila ada yang keliru", "Waktu layanan", "Ada kesulitan?", "Ingin mengetahui", "Buka AMS seperti biasa", "Draf ini kami isi",
    "Balas e-mail ini dengan satu kata; pilihannya", "Keliru menjawab?", "Pemohon:", "Terkait permohonan:", "E-mail ini tidak",
)  # fmt: skip
"""How the paragraphs begin that a short letter leaves out: what the reader sent or knows, and what stands in every letter."""


def whole(text: str) -> list[str]:
    """Everything a letter says, from the greeting to the signature."""
    return [line for paragraph in _paragraphs(text) for line in _lines(paragraph)]


def body(text: str) -> list[str]:
    """A letter without its frame: who is greeted and who signs."""
    return [line for paragraph in _body(text) for line in _lines(paragraph)]


def gist(text: str) -> list[str]:
    """The main lines of a letter: how things stand, what is to be done, and by when."""
    return [
        line
        for paragraph in _body(text)
        if not paragraph.startswith(_ASIDE)
        for line in (_words(paragraph) if paragraph.startswith(_WORDS_OF_TASK) else _lines(paragraph))
    ]


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a letter; the number of the step and the sentence after it are one."""
    step = ""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if _STEP.fullmatch(paragraph):
            step = f"{paragraph}. "
        elif step and not paragraph.startswith("Yth. "):
            yield f"{step}{paragraph}"
            step = ""
        else:
            yield paragraph


def _body(text: str) -> Iterator[str]:
    for paragraph in _paragraphs(text):
        if paragraph.startswith(_SIGNED):
            return
        if not paragraph.startswith(("Yth. ", *_FRAME)):
            yield paragraph


def _words(paragraph: str) -> list[str]:
    return [f"Words: {' · '.join(_WORD.findall(paragraph))}"]


def _lines(paragraph: str) -> list[str]:
    """The lines of a paragraph, those joined that were one; short ones of a list share a line, after their heading."""
    first, *rest = paragraph.splitlines()
    if not rest or not _HEADING.fullmatch(first):
        return _together(_joined([first, *rest]))
    lines = _together(_joined(rest))
    return [f"{first}: {lines[0]}"] if len(lines) == 1 else [first, *lines]


def _joined(lines: list[str]) -> list[str]:
    joined: list[str] = []
    for line in lines:
        if joined and not _ITEM.match(line):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line)
    return joined


def _together(lines: list[str]) -> list[str]:
    """Neighbours of one kind on one line: quoted lines, points of a list, labelled values."""
    return [joined for kind, group in groupby(lines, _kind) for joined in _grouped(kind, list(group))]


def _kind(line: str) -> str:
    if line.startswith(("|", "- ")):
        return line[0]
    return ":" if _LABELLED.match(line) else ""


def _grouped(kind: str, lines: list[str]) -> list[str]:
    if kind == "|":
        return [" ".join(f"“{' '.join(line[1:].strip() for line in lines)}”".split())]
    if kind == "-":
        return [" · ".join(line[2:] for line in lines)]
    return [" · ".join(lines)] if kind == ":" else lines
