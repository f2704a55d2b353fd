"""What a clause does with what it says: denies it, tells it of the past, sets it as a condition, has it from others, asks or wishes it.

The marks are words (`data/marks.toml`), their scope is the clause (`clauses`). A negation reaches a few words to its right, `dulu` and
`kemarin` the whole clause; a question mark asks what stands in its last clause; a condition covers its own clause and the one it is
set for. Politeness (`kalau bisa`), hedges (`kalau tidak salah`) and `tidak hanya` are none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.language.clauses import BREATHS, STOPS, Clause, clause_at, sentence_at
from rules.language.marks import at_any, marks

_DENIAL = 2
"""Words behind a negation that it denies; more would deny the next clause of who writes without commas (`gak bisa masuk lupa ...`)."""
_FEW = 4
"""Words behind what is said within which a mark still belongs to it where no comma parts them."""


@dataclass(frozen=True, kw_only=True)
class Modality:
    """How a clause says what it says; all False is a plain statement of now. `done`: said to be over (`sudah dicabut`)."""

    negated: bool = False
    past: bool = False
    done: bool = False
    conditional: bool = False
    hearsay: bool = False
    question: bool = False
    wish: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is stated as it is now, or wished."""
        return not (self.negated or self.past or self.conditional or self.hearsay or self.question)


def modality(words: Sequence[str], at: int) -> Modality:
    """Return how the clause says what stands at an index of a text's words (`rules.phrases.words_of`)."""
    clause = clause_at(words, at)
    after = min(clause.end, at + 1 + _FEW)
    return Modality(
        negated=negated(words, at),
        past=_marked(words, Clause(clause.start, after), "past")
        or _marked(words, Clause(clause.start, at), "past_before"),
        done=_marked(words, Clause(max(clause.start, at - _FEW), at), "done"),
        conditional=_conditional(words, clause),
        hearsay=_marked(words, clause, "hearsay"),
        question=_marked(words, clause, "question") or _asked(words, clause),
        wish=_marked(words, Clause(clause.start, after), "wish"),
    )


def negated(words: Sequence[str], at: int) -> bool:
    """Tell whether the word at an index is denied in its clause: `tidak`, `bukan`, `belum` few words before it."""
    clause = clause_at(words, at)
    return any(at - end < _DENIAL for end in _ends(words, Clause(clause.start, at), "negated"))


def _marked(words: Sequence[str], span: Clause, name: str) -> bool:
    """Whether one of a mark's expressions begins within a span."""
    return any(True for _ in _ends(words, span, name))


def _ends(words: Sequence[str], span: Clause, name: str) -> Iterator[int]:
    """Yield where the expressions of a mark end that begin within a span, but for those that only look like it."""
    known = marks()
    but = known.get(f"not_{name}", {})
    for at in range(span.start, span.end):
        length = at_any(words, at, known[name])
        if length and not at_any(words, at, but) and not (at > 0 and at_any(words, at - 1, but) > 1):
            yield at + length


def _conditional(words: Sequence[str], clause: Clause) -> bool:
    """Whether the clause is a condition, or stands beside its own in the sentence: `kalau hilang, mohon dicabut`."""
    if _marked(words, clause, "conditional"):
        return True
    sentence = sentence_at(words, clause.start)
    beside = []
    if clause.start - 2 >= sentence.start and words[clause.start - 1] in BREATHS:
        beside.append(clause_at(words, clause.start - 2))
    if clause.end < sentence.end:
        behind = clause.end + (words[clause.end] in BREATHS)
        if behind < sentence.end:
            beside.append(clause_at(words, behind))
    return any(_opens_with_condition(words, each) for each in beside)


def _opens_with_condition(words: Sequence[str], clause: Clause) -> bool:
    return clause.start < clause.end and _marked(words, Clause(clause.start, clause.start + 1), "conditional")


def _asked(words: Sequence[str], clause: Clause) -> bool:
    """Whether a question mark asks the clause: nothing but who is asked stands between."""
    sentence = sentence_at(words, clause.start)
    if sentence.end >= len(words) or words[sentence.end] != "?":
        return False
    at, known = clause.end, marks()["vocatives"]
    while at < sentence.end:
        length = 1 if words[at] in BREATHS | STOPS else at_any(words, at, known)
        if not length:
            return False
        at += length
    return True
