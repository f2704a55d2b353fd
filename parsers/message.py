"""A message taken apart: the facts of its header, the text people wrote, the parts that are documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from parsers import html, notices
from parsers.addresses import addresses, bare_addresses
from parsers.authentication import authentication_facts
from parsers.dkim_signatures import signatures
from parsers.headers import Headers, date, message_ids, words
from parsers.in_place import is_text
from parsers.mime import Part, decoded, leaves
from parsers.pictures import Place, places
from parsers.relayed import relay_facts
from parsers.reply import MAX_CHARACTERS, Split, split_reply, unflowed
from parsers.text import decode
from parsers.writer import writer

MAX_TEXT_BYTES = 2_000_000
MAX_SUBJECT = 500
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_ONCE = ("from", "subject", "date", "message-id", "to", "cc", "reply-to", "sender", "content-type")
_NO_DOCUMENTS = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/rfc822-headers",
        "text/x-amp-html",
        "text/vnd.google.email-reaction+json",
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
    }
)
DIFFERENT = "[isi teks dan isi HTML berbeda / text and HTML differ]"
"""The first line of new text whose two alternatives begin differently; no word that decides."""
_BEGINNING = 5000
_ANSWERS = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*|\([^)]{0,60}\)\s*){0,4}(?:re|bls|balas|balasan|fwd?|trs|tr|teruskan|terusan|pesan terusan|aw|wg|antw|sv|rv)\s*(?:[\[(]\d+[\])])?\s*[:\uff1a]",
    re.IGNORECASE,
)
"""The prefixes of mail programs; gateways put their tags before them."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = re.compile(r"\[(?:cid|image|gambar)\b[^\]\n]{0,300}\]|<?https?://[^\s>]{1,2000}>?", re.IGNORECASE)


def header_facts(headers: Headers) -> dict[str, Any]:
    """Return the facts of a header by their names in `MessageFacts`: every value one line, decoded, without control characters."""
    wrote = writer(headers)
    ids = message_ids(headers, "message-id")
    path = headers.first("return-path").strip().strip("<>") if headers.has("return-path") else None
    return {
        "message_id": ids[0] if ids else "",
        "in_reply_to": message_ids(headers, "in-reply-to"),
        "references": message_ids(headers, "references"),
        "date": date(headers),
        "subject": words(headers.first("subject"))[:MAX_SUBJECT],
        "from_": wrote.everyone,
        "sender": wrote.sender,
        "from_defect": wrote.defect,
        "from_doubt": wrote.doubt,
        "reply_to": addresses(headers, "reply-to"),
        **relay_facts(headers),
        "to": addresses(headers, "to"),
        "cc": addresses(headers, "cc"),
        "recipients_defect": next(
            (f"more than one {name} field" for name in ("To", "Cc") if len(headers.all(name.lower())) > 1), ""
        ),
        "delivered_to": bare_addresses(headers, _DELIVERED),
        "return_path": path,
        **authentication_facts(headers),
        "dkim": signatures(headers),
        "auto_submitted": headers.first("auto-submitted")[:200],
    }


def header_problems(headers: Headers) -> list[str]:
    """Return what is odd about a header, in words without personal data."""
    found = list(headers.problems)
    found += [f"{field.odd} in the field {field.name.title()}" for field in headers.fields if field.odd]
    found += [f"more than one field {name.title()}" for name in _ONCE if len(headers.all(name)) > 1]
    return found


@dataclass
class Body:
    """What people wrote: new text and quotation, what gateways put around the new text, and the problems of reading it.

    `answers`: whether the message answers or forwards another (`split_reply`).
    """

    answers: bool = True
    new: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, found: Split) -> None:
        """Add a further piece of text: once something was quoted, nothing below it is new."""
        if self.quoted:
            self.quoted += [found.new, found.quoted]
        else:
            self.new.append(found.new)
            self.quoted += [found.quoted] if found.quoted else []

    def halves(self) -> Split:
        """Return both halves as one text each."""
        return Split("\n\n".join(filter(None, self.new)), "\n\n".join(filter(None, self.quoted)))


def answers_or_forwards(headers: Headers) -> bool:
    """Tell whether a message says that it answers or forwards another: by its fields, its subject, or an address that only our letters name."""
    if headers.has("in-reply-to") or headers.has("references"):
        return True
    own = (each.address for name in ("to", "cc") for each in addresses(headers, name))
    return bool(_ANSWERS.match(words(headers.first("subject"))[:MAX_SUBJECT])) or any(
        "+" in each for each in own
    )


def text_of(part: Part) -> tuple[str, str]:
    """Return the decoded text of a text leaf as written (markup included), and what had to be repaired."""
    data = decoded(part)
    text, note = decode(data[:MAX_TEXT_BYTES], part.params.get("charset", ""))
    return text, note or ("text longer than is read" if len(data) > MAX_TEXT_BYTES else "")


def _plain(part: Part, body: Body) -> str:
    text, note = text_of(part)
    if note:
        body.problems.append(note)
    if part.params.get("format", "").lower() == "flowed":
        text = unflowed(text, delsp=part.params.get("delsp", "").lower() == "yes")
    return _within(text, body)


def _html(part: Part, body: Body) -> str:
    text, note = text_of(part)
    if note:
        body.problems.append(note)
    return _within(html.to_text(text, answers=body.answers), body)


def _divided(text: str, body: Body) -> Split:
    """Return new text and quotation without what gateways put above and below the new text."""
    top = notices.above(text)
    found = split_reply(top.text, answers=body.answers)
    bottom = notices.below(found.new)
    body.passed_over += [*top.notices, *bottom.notices]
    return Split(bottom.text, found.quoted)


def _within(text: str, body: Body) -> str:
    if len(text) > MAX_CHARACTERS:
        body.problems.append(f"text longer than the {MAX_CHARACTERS} characters that are kept")
    return text


def _alternative(part: Part, body: Body) -> None:
    """Read the plain alternative unless it is empty; where only the HTML shows a quotation, the HTML is the safer reading.

    Where the two begin with different words, nobody can tell which one its writer saw: both are kept, and the first line says so.
    """
    texts = [leaf for leaf in leaves(part) if is_text(leaf) and not leaf.enveloped]
    plain = next((leaf for leaf in texts if leaf.media_type == "text/plain"), None)
    rich = next((leaf for leaf in texts if leaf.media_type == "text/html"), None)
    read = _divided(_plain(plain, body), body) if plain else Split("", "")
    empty = not (read.new or read.quoted)
    if rich:
        richer = _divided(_html(rich, body), body)
        if not empty and _first_word(read.new) != _first_word(richer.new):
            body.problems.append("text and HTML of the message begin with different words")
            read = _both(read, richer)
        elif empty or (not read.quoted and richer.quoted):
            read = richer
    body.add(read)


def _first_word(text: str) -> str:
    """Return the first word as it is compared: marks, numbers of lists, pictures and links that only one alternative writes out are none."""
    found = _WORD.search(_NO_WORDS.sub(" ", text[:_BEGINNING]))
    return found[0].casefold() if found else ""


def _both(plain: Split, rich: Split) -> Split:
    return Split("\n\n".join(filter(None, (DIFFERENT, plain.new, rich.new))), plain.quoted or rich.quoted)


def _collect(part: Part, body: Body) -> None:
    if part.media_type == "multipart/alternative" and part.children:
        _alternative(part, body)
    elif part.media_type.startswith("multipart/"):
        for child in part.children:
            _collect(child, body)
    elif not part.children and is_text(part):
        text = _html(part, body) if part.media_type == "text/html" else _plain(part, body)
        body.add(_divided(text, body))


def read_body(root: Part) -> Body:
    """Return what people wrote; the text of attached messages belongs to the quotation."""
    body = Body(answers=answers_or_forwards(root.headers))
    _collect(root, body)
    for part in leaves(root):
        if part.enveloped and is_text(part):
            text = _html(part, body) if part.media_type == "text/html" else _plain(part, body)
            body.quoted.append(_whole(text))
    return body


def _whole(text: str) -> str:
    """Return a text undivided, tidied."""
    found = split_reply(text)
    return "\n\n".join(filter(None, (found.new, found.quoted)))


def document_parts(root: Part) -> Iterator[Part]:
    """Yield the leaves that are no text to read and no report, in order: documents, and what mail programs added.

    Attachments of attached messages are documents too: people forward their letters.
    """
    for part in leaves(root):
        if part.media_type not in _NO_DOCUMENTS and not is_text(part):
            yield part


def shown_pictures(root: Part) -> dict[str, Place]:
    """Return where the HTML of the message, and of those attached to it, shows pictures, by their Content-IDs."""
    found: dict[str, Place] = {}
    for part in leaves(root):
        if part.media_type == "text/html" and is_text(part):
            found = {**places(text_of(part)[0]), **found}
    return found
