"""The one door into this ring: raw bytes of a message, or a bare document, to facts.

`read_message` is what a worker calls. What is damaged is read as far as it goes and said in `problems`; what cannot be taken
apart at all raises `Unreadable` (too large, no header field of a mail, a multipart message without its boundary, too many parts,
nested too deeply): the caller keeps its bytes in quarantine. Nothing else is raised for bad input.
"""

import re

from parsers import language, notices
from parsers.attachments import Documents
from parsers.authored import digest_of
from parsers.bounce import read_bounce
from parsers.csr import find_csrs_in_text
from parsers.facts import MessageFacts, Origin
from parsers.forwarded import find_forwarded
from parsers.headers import MAX_BLOCK, TOO_LONG, Headers, split
from parsers.inline import pictures_in_text
from parsers.message import document_parts, header_facts, header_problems, read_body
from parsers.mime import Part, decoded
from parsers.origin import AMS_DOMAINS, origin_of
from parsers.purge import Purge
from parsers.reaction import reaction_in
from parsers.reading import Budget, Reading, Unreadable
from parsers.reply import MAX_CHARACTERS, below_quotation
from parsers.sorting import Sorting, of_text
from parsers.walk import ENCRYPTED, Walker

__all__ = ["Budget", "Reading", "Unreadable", "list_parts", "read_document", "read_headers", "read_message"]

_MAIL_FIELDS = frozenset(
    ("from", "to", "cc", "date", "subject", "message-id", "received", "return-path", "sender", "reply-to", "mime-version", "content-type")
)  # fmt: skip
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?::\d+)?[/?]\S*",
    re.IGNORECASE,
)
_CUT_LINK = "[tautan dihapus / link removed]"
_PASTED = re.compile(r"CERTIFICATE\s+REQUEST|MI[A-Za-z0-9+/]{30}|LS0t[A-Za-z0-9+/]{20}", re.IGNORECASE)
_ARMOR = re.compile(r"BEGIN (?:NEW )?CERTIFICATE REQUEST")
_OPENPGP = "-----BEGIN PGP MESSAGE-----"
_MAX_PROBLEMS = 50
_MAX_NOTICE = 2000
_MAY_BE_PERSON = frozenset({"person", "list", "own"})
"""Origins behind which a person may stand: a list or our own address in From may be a group that passed on a person's mail."""


def _walk(raw: bytes, budget: Budget) -> Part:
    if len(raw) > budget.message_bytes:
        raise Unreadable(f"message larger than {budget.message_bytes} bytes")
    root = Walker(max_parts=budget.parts, max_depth=budget.depth).part(raw, 0, len(raw), None)
    if TOO_LONG in root.headers.problems:
        raise Unreadable(f"header longer than {MAX_BLOCK} bytes")
    if not any(one.name in _MAIL_FIELDS for one in root.headers.fields):
        raise Unreadable("no header field of a mail")
    return root


def list_parts(raw: bytes, budget: Budget) -> int:
    """Return how many documents `read_message` would open; `skip_parts` counts them from 0 in this order. Raises `Unreadable`."""
    return sum(1 for _ in document_parts(_walk(raw, budget)))


def read_headers(
    raw: bytes, *, own_addresses: frozenset[str], ams_domains: tuple[str, ...] = AMS_DOMAINS
) -> MessageFacts:
    """Return what the header alone says: for a message that is too large, or in quarantine. Never raises."""
    headers, _ = split(raw)
    facts = header_facts(headers)
    origin = origin_of(headers, None, facts["from_"], own_addresses=own_addresses, ams_domains=ams_domains)
    return MessageFacts(**facts, origin=origin, problems=_distinct(header_problems(headers)))


def read_message(
    raw: bytes,
    *,
    own_addresses: frozenset[str],
    budget: Budget,
    skip_parts: frozenset[int] = frozenset(),
    ams_domains: tuple[str, ...] = AMS_DOMAINS,
) -> Reading:
    """Return the facts of a message.

    `skip_parts` names documents (counted as in `list_parts`) that are listed with the outcome `crashed` and not opened: the
    caller retries so when a worker died. A private key is cut out of the facts, the parts and the redacted bytes.
    Raises `Unreadable`, nothing else.
    """
    root = _walk(raw, budget)
    facts = header_facts(root.headers)
    origin = origin_of(
        root.headers, root, facts["from_"], own_addresses=own_addresses, ams_domains=ams_domains
    )
    body = read_body(root)
    halves = body.halves()
    purge = Purge(raw)
    found = Documents(budget)
    if origin.kind not in ("bounce", "report"):
        _read_documents(root, found, purge, skip_parts)
    purge.texts(root, halves.new, halves.quoted)
    redacted = purge.redacted(root)
    new, quoted, subject = (
        purge.text(text) if redacted else text for text in (halves.new, halves.quoted, facts["subject"])
    )
    passed_over = (purge.text(text) if redacted else text for text in body.passed_over)
    silent = origin.kind in _MAY_BE_PERSON and not new.strip()
    below = notices.below(below_quotation(quoted[:MAX_CHARACTERS])).text if silent else ""
    problems = [*header_problems(root.headers), *body.problems, *_part_problems(root)]
    if origin.kind in _MAY_BE_PERSON:
        problems += _pasted(found, new, quoted)
    if origin.kind == "ams-notice":
        new, quoted, subject = (_LINK.sub(_CUT_LINK, text) for text in (new, quoted, subject))
    facts |= {
        "subject": subject,
        "origin": origin,
        "bounce": read_bounce(root) if origin.kind == "bounce" else None,
        "new_text": new[:MAX_CHARACTERS],
        "quoted_text": quoted[:MAX_CHARACTERS],
        "below_text": below,
        "passed_over": _distinct([text[:_MAX_NOTICE] for text in passed_over]),
        "unread": _unread(problems, new),
        "language": language.detect(new or below) or language.detect_in_subject(subject),
        "documents": tuple(found.facts),
        "additions": tuple(found.additions),
        "reaction": reaction_in(root, new) if origin.kind in _MAY_BE_PERSON and not found.facts else "",
        "forwarded": find_forwarded(root, quoted) if origin.kind in _MAY_BE_PERSON else (),
        "secrets": purge.count,
        "passphrases": purge.spoken,
        "problems": _distinct(problems),
    }
    return Reading(
        facts=MessageFacts(**facts), parts=found.parts, redacted=redacted, authored=digest_of(root)
    )


def _read_documents(root: Part, found: Documents, purge: Purge, skip_parts: frozenset[int]) -> None:
    sorting = Sorting(root)
    for number, part in enumerate(document_parts(root)):
        data = decoded(part)
        name = part.filename or f"lampiran {number + 1}"
        if len(data) <= found.budget.part_bytes and purge.document(part, data):
            found.purged(name, part.media_type, len(data))
            continue
        one = found.add(data, name, part.media_type, skip=number in skip_parts)
        if one is not None and one.kind == "private-key":
            found.facts.pop()
            purge.document(part, data, certainly=True)
            found.purged(name, part.media_type, len(data))
        elif one is not None:
            added, doubtful = sorting.of(part, data, one)
            found.sort(one, added, doubtful=doubtful)
    for data, kind in pictures_in_text(root):
        one = found.add(data, f"gambar dalam isi e-mail.{kind}", f"image/{kind}")
        if one is not None:
            added, doubtful = of_text(data, one)
            found.sort(one, added, doubtful=doubtful)


def _pasted(found: Documents, *texts: str) -> list[str]:
    """List the CSR pasted into the first of `texts` that has one; say so where one was meant and cannot be read."""
    for text in texts:
        requests = find_csrs_in_text(text) if _PASTED.search(text) else []
        for csr in requests:
            found.pasted(csr)
        if requests:
            return []
    return ["a certification request in the text cannot be read"] if _ARMOR.search(texts[0]) else []


def _unread(problems: list[str], new: str) -> str:
    """Say that the words of a message are encrypted: as a whole, or in the text (RFC 9580 §6.2)."""
    hidden = ENCRYPTED in problems and not new.strip()
    return ENCRYPTED if hidden or new.lstrip().startswith(_OPENPGP) else ""


def _part_problems(root: Part) -> list[str]:
    return [problem for part in _every(root) for problem in part.problems]


def _every(part: Part) -> list[Part]:
    return [part, *(inner for child in part.children for inner in _every(child))]


def _distinct(problems: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problems))[:_MAX_PROBLEMS]


def read_document(data: bytes, name: str, budget: Budget) -> Reading:
    """Return the reading of a bare file, as if a person had sent it alone. Never raises."""
    found = Documents(budget)
    origin = Origin(kind="person", reason="a file, not a message")
    holder = Part(
        Headers([]), data, 0, len(data), 0, "application/octet-stream", {}, (0, len(data)), direct=True
    )
    purge = Purge(data)
    if len(data) <= budget.part_bytes and purge.document(holder, data):
        found.purged(name, holder.media_type, len(data))
    else:
        one = found.add(data, name, holder.media_type)
        if one is not None and one.kind == "private-key":
            found.facts.clear()
            purge.document(holder, data, certainly=True)
            found.purged(name, holder.media_type, len(data))
    facts = MessageFacts(origin=origin, documents=tuple(found.facts), secrets=purge.count)
    return Reading(facts=facts, parts=found.parts, redacted=b"" if purge.count else None)
