"""What needs a person's eye, and what an officer can ask for: one list, so that a number means the same in both.

The gravest comes first. Findings with the same remedy stand together under its number: `KURANG 2` asks for what item 2 is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.case import Finding, Remedy

_GRAVITY = {"fail": 0, "warn": 1, "unknown": 2}
_FOREMOST = frozenset({"same-person", "registered"})
"""Checks that an officer reads first of their gravity: two people in one case, or another one than it says, put all else in doubt."""


@dataclass(frozen=True)
class Choice:
    """Findings that one remedy answers, the gravest first; `remedy` is None where nothing can be asked for."""

    remedy: Remedy | None
    findings: tuple[Finding, ...]


def offered(findings: Sequence[Finding]) -> list[Choice]:
    """Return what does not agree, drawn together by remedy; what has none stands last, so that the numbers stay those of the remedies."""
    eye = sorted(
        (each for each in findings if each.verdict in _GRAVITY),
        key=lambda each: (_GRAVITY[each.verdict], each.check not in _FOREMOST),
    )
    together: dict[Remedy | None, list[Finding]] = {}
    for each in eye:
        together.setdefault(each.remedy, []).append(each)
    found = [Choice(remedy, tuple(said)) for remedy, said in together.items()]
    return sorted(found, key=lambda choice: choice.remedy is None)


def agreed(findings: Sequence[Finding], language: str) -> tuple[str, ...]:
    """Return in a word or two each what agrees, each phrase once, in the order of the checks."""
    phrases = (each.brief.in_(language) for each in findings if each.verdict == "pass" and each.brief)
    return tuple(dict.fromkeys(phrases))
