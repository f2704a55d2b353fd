"""What the document calls things, in Indonesian."""

from collections.abc import Iterable, Mapping

from rules.sop import Sop, Step
from rules.span import Unit, parse_span

_UNITS: dict[Unit, str] = {
    "minute": "menit",
    "hour": "jam",
    "day": "hari",
    "working hour": "jam kerja",
    "working day": "hari kerja",
}
PERFORMERS = {"applicant": "Pemohon", "officer": "Petugas", "official": "Pejabat"}
"""Columns of the table, in its order, where the SOP names none of its own."""
_ANSWERS = {
    "approve": "Sesuai",
    "incomplete": "Tidak sesuai",
    "reject": "Ditolak",
    "done": "Selesai",
    "escalate": "Ke pejabat",
    "complete": "Lengkap",
    "letter": "Dijawab",
    "silent": "Tidak dijawab",
    "limit": "Batas tercapai",
    "claimed": "Dinyatakan sudah",
    "otherwise": "Tidak terlaksana",
}
ENDINGS = {"rejected": "Ditolak", "lapsed": "Tidak dilanjutkan", "cancelled": "Dibatalkan"}
_LABEL = 26
"""Signs that find room beside an arrow."""
_CHILD_ENDS = {"fulfilled": "Terlaksana", "moot": "Tidak perlu", None: "Terlaksana"}


def span(text: str) -> str:
    """`5 minutes` as `5 menit`."""
    found = parse_span(text)
    return f"{found.amount} {_UNITS[found.unit]}"


def answer(step: Step, outcome: str, sops: Mapping[str, Sop]) -> str:
    """The label of the arrow that an outcome is: what the officer or applicant answers, or how the SOP it waits for ended."""
    if outcome in step.words:
        explained = step.performer != "applicant" and outcome in step.explain
        said = step.explain[outcome].id.partition(";")[0] if explained else ""
        return _capital(said if 0 < len(said) <= _LABEL else step.words[outcome][0].lower())
    child = sops.get(step.child or "")
    if child and outcome in child.steps:
        return _CHILD_ENDS[child.steps[outcome].ends]
    if outcome == "incomplete" and "approve" not in step.outcomes:
        return "Belum" if "done" in step.outcomes else "Tidak lengkap"
    return _ANSWERS.get(outcome) or ENDINGS.get(outcome) or _capital(outcome.replace("-", " "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """`a`, `a dan b`, `a, b dan c`."""
    *before, last = words
    return f"{', '.join(before)} dan {last}" if before else last


def performers(sop: Sop) -> dict[str, str]:
    """The columns of the table: whoever performs a row, in the document's order, by the names the signed SOP gives them."""
    named = PERFORMERS | dict(sop.identity.performers)
    there = {step.performer for step in sop.steps.values()}
    return {who: named[who] for who in PERFORMERS if who in there}


def place(sop: Sop, row: str) -> str:
    """How a sentence names a row: by its number, or by what it stands behind where the source lacks it."""
    step = sop.steps[row]
    return f"baris {step.no}" if step.no else f"baris tambahan “{step.action}”"
