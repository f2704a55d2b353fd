"""What people send in random walks: documents of every kind, in a few variants each, and words."""

from functools import cache

from parsers.facts import DocumentFacts, FieldValue, PersonFacts
from tests.rules.counter import document

TEXTS = (
    "",
    "",
    "mohon bantuan",
    "Kapan selesai?",
    "Saya sangat kecewa!!",
    "passphrase diketahui orang lain",
    "berikut berkas saya",
)
NOISE = (
    "other",
    "unreadable",
    "private-key",
    "certificate",
    "identity-card",
    "csr",
    "revocation-letter",
    "data-change-form",
)
VARIANTS = 6


@cache
def paper(kind: str, number: int) -> DocumentFacts:
    """A document of a kind; of letters, some give a reason, and some name persons."""
    more: dict[str, object] = {"readable_by_person": True} if kind == "unreadable" and number % 2 else {}
    if kind == "revocation-letter":
        reason = ("identitas berubah", "kunci bocor", "pensiun", "", "lupa passphrase", "perangkat hilang")[
            number % 6
        ]
        if reason:
            more["fields"] = {
                "reason": FieldValue(value=reason, raw=reason, confidence=1, certain=True, method="text")
            }
    if kind in {"revocation-letter", "recommendation-letter"} and number % 2:
        names = ("Siti Rahmawati", "Budi Hartono", "Ani Lestari")[: 1 + number % 3]
        more["persons"] = tuple(PersonFacts(name=each) for each in names)
    return document(kind, str(number), **more)
