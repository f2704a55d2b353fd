"""What a reader of one format found: the part of `DocumentFacts` that depends on the format."""

from collections.abc import Callable
from dataclasses import dataclass, field

from parsers.facts import Change, CsrFacts, DocumentKind, FieldValue, Outcome, PersonFacts


@dataclass(frozen=True, kw_only=True)
class Found:
    """Fields as in `parsers.facts.DocumentFacts`."""

    kind: DocumentKind
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    pages: int = 0
    method: str = "none"
    outcome: Outcome = "ok"
    fields: dict[str, FieldValue] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    persons: tuple[PersonFacts, ...] = ()
    csr: CsrFacts | None = None
    readable_by_person: bool = True
    problems: tuple[str, ...] = ()


Reader = Callable[[bytes, int], Found]
"""A reader of one format: the bytes, and how many pages it may read at most. Never raises for bad bytes."""
