"""The documents of one message: each read once, a pasted CSR among them, private keys named and not kept."""

import hashlib
from dataclasses import dataclass, field

from parsers import documents
from parsers.facts import CsrFacts, DocumentFacts
from parsers.reading import Budget

PASTED_NAME = "csr dalam isi e-mail"


@dataclass
class Documents:
    """The documents found so far; one that was found before is not listed again."""

    budget: Budget
    facts: list[DocumentFacts] = field(default_factory=list)
    additions: list[DocumentFacts] = field(default_factory=list)
    """What no person sent: kept, and listed apart."""
    parts: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes, name: str, media_type: str, *, skip: bool = False) -> DocumentFacts | None:
        """Read one document; None where the same bytes are listed already."""
        digest = hashlib.sha256(data).hexdigest()
        if any(one.digest == digest for one in (*self.facts, *self.additions)):
            return None
        if len(data) > self.budget.part_bytes:
            found = _unread(name, media_type, data, "too-large")
        elif skip:
            found = _unread(name, media_type, data, "crashed")
        else:
            found = _opened(data, name, media_type, self.budget.pages)
        self.facts.append(found)
        if found.outcome != "too-large" and found.kind != "private-key":
            self.parts[digest] = data
        return found

    def sort(self, one: DocumentFacts, added: str, *, doubtful: bool) -> None:
        """Put what a program added beside the documents (`added` says what it is), and mark a picture that may be such a thing."""
        if added:
            problems = (f"added by a mail program: {added}",)
            self.facts.remove(one)
            self.additions.append(one.model_copy(update={"kind": "other", "problems": problems}))
        elif doubtful:
            self.facts[self.facts.index(one)] = one.model_copy(update={"doubtful": True})

    def purged(self, name: str, media_type: str, size: int) -> None:
        """List a document whose bytes are not kept."""
        self.facts.append(
            DocumentFacts(
                name=name,
                media_type=media_type,
                size=size,
                digest="",
                kind="private-key",
                score=100.0,
                readable_by_person=False,
                problems=("holds a private key: it was removed and counts as compromised",),
            )
        )

    def pasted(self, csr: CsrFacts) -> None:
        """List a CSR found in the text, unless an attachment is the same request."""
        if any(one.csr and one.csr.der_sha256 == csr.der_sha256 for one in self.facts):
            return
        data = csr.pem.encode()
        digest = hashlib.sha256(data).hexdigest()
        self.parts[digest] = data
        self.facts.append(
            DocumentFacts(
                name=PASTED_NAME,
                media_type="application/pkcs10",
                size=len(data),
                digest=digest,
                kind="csr",
                score=100.0,
                method="pkcs10",
                csr=csr,
            )
        )


def _unread(name: str, media_type: str, data: bytes, outcome: str) -> DocumentFacts:
    return DocumentFacts.model_validate(
        {
            "name": name,
            "media_type": media_type,
            "size": len(data),
            "digest": hashlib.sha256(data).hexdigest(),
            "kind": "unreadable",
            "outcome": outcome,
        }
    )


def _opened(data: bytes, name: str, media_type: str, pages: int) -> DocumentFacts:
    try:
        return documents.read_document(data, name=name, declared_type=media_type, pages=pages)
    except Exception:  # noqa: BLE001 - a fault in one reader must not take the whole message with it
        return _unread(name, media_type, data, "crashed")
