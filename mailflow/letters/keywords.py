"""The keywords a task's letter offers, each with what it does."""

from collections.abc import Sequence

from mailflow.letters.about import span_in_words
from rules.sop import Sop

_MEANINGS: dict[str, tuple[str, str, str, str]] = {
    "approve": ("SETUJU", "data dan berkas sesuai", "APPROVE", "data and documents conform"),
    "incomplete": (
        "KURANG",
        "diikuti apa yang kurang; disampaikan kepada pemohon",
        "INCOMPLETE",
        "with what is missing, in your own words; told to the applicant",
    ),
    "done": ("SELESAI", "sudah dilaksanakan", "DONE", "it has been done"),
    "reject": (
        "TOLAK",
        "diikuti alasan; disampaikan kepada pemohon",
        "REJECT",
        "with the reason; told to the applicant",
    ),
    "escalate": ("PEJABAT", "serahkan kepada pejabat", "ESCALATE", "hand over to the official"),
    "grant": (
        "KABULKAN",
        "batalkan permohonan sesuai keinginan pemohon",
        "GRANT",
        "cancel the request, as the applicant wishes",
    ),
    "take": ("AMBIL", "saya yang menangani", "TAKE", "I shall handle it"),
}


_NUMBERED = {
    "reject": (
        "diikuti alasan atau nomor di atas; disampaikan kepada pemohon",
        "with the reason or numbers from above; told to the applicant",
    ),
    "incomplete": (
        "diikuti kekurangan lainnya; disampaikan kepada pemohon",
        "with what else is missing; told to the applicant",
    ),
}
"""How these words read where numbered remedies are offered above them."""

_ANSWER = (
    "diikuti jawaban untuk pemohon; kata ini saja bila sudah dibantu dengan cara lain",
    "with your answer to the applicant; the word alone if you have helped in another way",
)
_ANSWER_HOLDER = (
    "diikuti jawaban untuk pemegang sertifikat; kata ini saja bila sudah dihubungi dengan cara lain",
    "with your answer to the certificate holder; the word alone if you have spoken in another way",
)
_SEEN_TO = ("sudah ditindaklanjuti", "it has been seen to")

_ORDER = ("approve", "done", "grant", "", "incomplete", "reject", "escalate", "take")
"""What moves a case forward first; a row's own words stand where the empty string does."""


def _rank(outcome: str) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else _ORDER.index("")


def words_aside(outcomes: Sequence[str], language: str, *, answers: str) -> list[tuple[str, str]]:
    """Return (keyword, meaning) for a task beside the request's own course; `answers`: the `applicant`, the `holder`, or nobody ("")."""
    english = language == "en"
    meaning = {"applicant": _ANSWER, "holder": _ANSWER_HOLDER}.get(answers, _SEEN_TO)
    offered = [(_word("done", english=english), meaning[english])]
    if "escalate" in outcomes:
        offered.append((_word("escalate", english=english), _MEANINGS["escalate"][3 if english else 1]))
    return offered


def _word(outcome: str, *, english: bool) -> str:
    return _MEANINGS[outcome][2 if english else 0]


def words_for(
    sop: Sop, step: str, outcomes: Sequence[str], language: str, remedies: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Return (keyword, meaning) for each outcome; a row may explain a word better than the general sentence does.

    KURANG comes once for each of the numbered remedies, then for the officer's own words.
    """
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
        elif outcome in sop.classes:
            offered.append(_class_word(sop, outcome, language))
            continue
        else:
            continue
        if own:
            meaning = own.in_(language)
        elif remedies and outcome in _NUMBERED:
            meaning = _NUMBERED[outcome][0 if language == "id" else 1]
        else:
            meaning = (general[1] if language == "id" else general[3]) if general else ""
        if outcome == "incomplete":
            offered += [(f"{word} {number}", remedy) for number, remedy in enumerate(remedies, 1)]
        offered.append((word, meaning))
    return offered


def _class_word(sop: Sop, name: str, language: str) -> tuple[str, str]:
    """The word that sorts a request into a class, with the class and its promise."""
    kind, english = sop.classes[name], language == "en"
    sorted_as = "sorted as" if english else "digolongkan"
    meaning = f"{sorted_as}: {kind.label.in_(language)}, {span_in_words(kind.promise, language)}"
    return kind.words[-1 if english else 0], meaning


def besides_for(language: str, number: int) -> tuple[str, str]:
    """Return the word that approves all persons of a letter but some, with what it does; `number` is an example."""
    if language == "en":
        return (
            f"APPROVE EXCEPT {number}",
            "all but those numbers, who are looked at separately; you may add: because …",
        )
    return (
        f"SETUJU KECUALI {number}",
        "semua kecuali nomor itu, yang diperiksa tersendiri; boleh ditambah: karena …",
    )


def besides_form(language: str, numbers: Sequence[int]) -> str:
    """Return an example of such a word with several persons and a reason."""
    some = ", ".join(map(str, numbers[-2:]))
    if language == "en":
        return f"APPROVE EXCEPT {some} because the NIP is wrong"
    return f"SETUJU KECUALI {some} karena NIP keliru"


def word_of(outcome: str, language: str, sop: Sop, step: str) -> str:
    """Return the keyword of an outcome as officers know it."""
    row = sop.steps.get(step)
    if row and outcome in row.words:
        return row.words[outcome][0 if language == "id" else -1]
    if outcome in sop.classes:
        return sop.classes[outcome].words[0 if language == "id" else -1]
    general = _MEANINGS.get(outcome)
    return outcome.upper() if general is None else general[0 if language == "id" else 2]


def answered(word: str, besides: Sequence[int], language: str) -> str:
    """Return a word as it was given, with the persons it leaves out."""
    if not besides:
        return word
    return f"{word} {'EXCEPT' if language == 'en' else 'KECUALI'} {', '.join(map(str, besides))}"
