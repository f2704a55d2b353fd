"""Documents: bytes to facts, by what the bytes are. One module per format; a new format is one more line of the table."""

import hashlib

from parsers.documents import image, keys, pdf, unread
from parsers.documents.found import Found, Reader
from parsers.documents.media import media_type
from parsers.facts import DocumentFacts

__all__ = ["media_type", "read_document"]

_READERS: dict[str, Reader] = {
    "application/pdf": pdf.read,
    "image/jpeg": image.read,
    "image/png": image.read,
    "image/heic": image.read,
    "image/tiff": image.read,
    "image/webp": image.read,
    "image/gif": image.read,
    "image/bmp": image.read,
}
_MAY_BE_KEYS = frozenset(["text/plain", "text/html", "application/octet-stream", "application/pkcs7-mime"])


def _find(data: bytes, kind: str, pages: int) -> Found:
    if kind in _MAY_BE_KEYS:
        found = keys.read(data)
        if found is not None:
            return found
    return _READERS.get(kind, unread.reader_of(kind))(data, pages)


def read_document(data: bytes, *, name: str, declared_type: str, pages: int) -> DocumentFacts:
    """Return what a document is and says. Never raises for bad bytes: what cannot be read is said in `problems` and `outcome`.

    `name` and `declared_type` are what the sender's program called it; the media type is told from the bytes alone, and a
    different declared one is left unsaid (half of all mail programs get it wrong). At most `pages` pages are read.
    Private keys are to be looked for before (`parsers.csr`).
    """
    kind = media_type(data)
    if kind == "application/octet-stream" and declared_type == "application/pdf":
        kind = "application/pdf"
    found = _find(data, kind, pages)
    return DocumentFacts(
        name=name,
        media_type=kind,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        kind=found.kind,
        score=found.score,
        evidence=found.evidence,
        pages=found.pages,
        method=found.method,
        outcome=found.outcome,
        fields=found.fields,
        changes=found.changes,
        persons=found.persons,
        csr=found.csr,
        readable_by_person=found.readable_by_person,
        problems=found.problems,
    )
