"""How a finding is written: one verdict, one sentence in two languages, its authority, and what could be asked for."""

from dataclasses import dataclass

from rules.case import Finding, Remedy, Text, Verdict

_LONGEST = 120


def show(text: str) -> str:
    """Return a value from outside as it may stand in a sentence: one line, printable, bounded."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * _LONGEST]).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "\u2026"


def _ended(sentence: str) -> str:
    """Return a sentence with one full stop: a value may end with one (`S.Kom.`)."""
    return sentence[:-1] if sentence.endswith("..") else sentence


@dataclass(frozen=True)
class Rule:
    """A check's name and the rule it stands on (RFC, SOP, law); it writes the findings of that check."""

    id: str
    authority: str

    def passes(self, id: str, en: str, brief: tuple[str, str] | None = None) -> Finding:  # noqa: A002 - `id` is the language, as in `Text`
        """Return that the evidence agrees; `brief` names what agrees in a word or two (Indonesian, English)."""
        shown = Text(id=brief[0], en=brief[1]) if brief else None
        return self._finding("pass", Text(id=id, en=en), None).model_copy(update={"brief": shown})

    def warns(self, id: str, en: str, remedy: Remedy) -> Finding:  # noqa: A002 - as above
        """Return that something differs and may well be right."""
        return self._finding("warn", Text(id=id, en=en), remedy)

    def fails(self, id: str, en: str, remedy: Remedy) -> Finding:  # noqa: A002 - as above
        """Return that the rule is not met: an officer decides what follows."""
        return self._finding("fail", Text(id=id, en=en), remedy)

    def cannot_tell(self, id: str, en: str, remedy: Remedy | None = None) -> Finding:  # noqa: A002 - as above
        """Return that a person must look; without a remedy where nothing is to be asked for."""
        return self._finding("unknown", Text(id=id, en=en), remedy)

    def _finding(self, verdict: Verdict, message: Text, remedy: Remedy | None) -> Finding:
        said = Text(id=_ended(message.id), en=_ended(message.en))
        return Finding(check=self.id, verdict=verdict, message=said, authority=self.authority, remedy=remedy)
