"""The keywords a task's letter offers, each with what it does."""

from collections.abc import Sequence

from rules.sop import Sop

_MEANINGS: dict[str, tuple[str, str, str, str]] = {
    "approve": ("SETUJU", "data dan berkas sesuai", "APPROVE", "data and documents conform"),
    "incomplete": (
        "KURANG",
        "diikuti nomor pilihan di atas atau kalimat Anda; disampaikan kepada pemohon",
        "INCOMPLETE",
        "with numbers from above or a sentence of yours; told to the applicant",
    ),
    "done": ("SELESAI", "sudah dilaksanakan", "DONE", "it has been done"),
    "reject": (
        "TOLAK",
        "diikuti alasan; disampaikan kepada pemohon",
        "REJECT",
        "with the reason; told to the applicant",
    ),
    "escalate": ("PEJABAT", "serahkan kepada pejabat", "ESCALATE", "hand over to the official"),
    "grant": ("KABULKAN", "batalkan sesuai keinginan pemohon", "GRANT", "cancel, as the applicant wishes"),
    "take": ("AMBIL", "saya yang menangani", "TAKE", "I shall handle it"),
}


_ORDER = ("approve", "done", "grant", "", "incomplete", "reject", "escalate", "take")
"""What moves a case forward first; a row's own words stand where the empty string does."""


def _rank(outcome: str) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else _ORDER.index("")


def words_for(sop: Sop, step: str, outcomes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Return (keyword, meaning) for each outcome; a row may explain a word better than the general sentence does."""
    row = sop.steps.get(step)
    offered = []
    for outcome in sorted(outcomes, key=_rank):
        own = row.explain.get(outcome) if row else None
        declared = row.words.get(outcome) if row else None
        general = _MEANINGS.get(outcome)
        if declared:
            word = declared[0] if language == "id" else declared[-1]
        elif general:
            word = general[0] if language == "id" else general[2]
        else:
            continue
        meaning = (
            own.in_(language) if own else (general[1] if language == "id" else general[3]) if general else ""
        )
        offered.append((word, meaning))
    return offered


def word_of(outcome: str, language: str, sop: Sop, step: str) -> str:
    """Return the keyword of an outcome as officers know it."""
    row = sop.steps.get(step)
    if row and outcome in row.words:
        return row.words[outcome][0 if language == "id" else -1]
    general = _MEANINGS.get(outcome)
    return outcome.upper() if general is None else general[0 if language == "id" else 2]
