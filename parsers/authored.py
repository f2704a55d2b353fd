"""What the author of a message wrote, as one digest: equal for two deliveries of one mail, whatever the servers on the way did to it.

It is a list of what counts, not of what does not: who wrote to whom, when, under which name and in answer to what, the subject, and the
parts with what they hold once decoded. Servers add fields, fold long ones, encode bodies anew, end lines otherwise, put a tag before the
subject. Some harm what they carry, so these differences count for nothing:

- 8-bit octets in a header: Cyrus' LMTP writes an `X` for each of them;
- all blanks of a text: lines over 998 octets are broken with a line end and a blank (Postfix, `smtp_line_length_limit`);
- bare CR (dropped by Cyrus), NUL, a `>` before `From ` at the beginning of a line (mbox).

What adds words, a footer or a banner, makes another mail of it: its words are read, rather than lost.
"""

import hashlib
import json
import re
from datetime import UTC

from parsers.addresses import addresses
from parsers.headers import Headers, date, message_ids, words
from parsers.in_place import is_text
from parsers.mime import ENVELOPES, Part, decoded
from parsers.text import decode

_TAG = re.compile(
    r"(?:\[[^\[\]]{1,40}\]|\{[^{}]{1,40}\}|\([^()]{1,40}\)(?=.)|\*{2,}[^*]{1,40}\*{2,}|(?:external|ext|eksternal|spam)\s*:)\s*",
    re.IGNORECASE,
)
"""What gateways put before a subject: `[EXTERNAL]`, `[SPAM?]`, `{Spam?}`, `***SPAM***`, `External:`."""
_HARMED = re.compile("(?:[^\x00-\x7f]|X)+")
_MBOX = re.compile(r"^>+(?=From )", re.MULTILINE)

_Value = str | list["_Value"]


def digest_of(root: Part) -> str:
    """Return the digest (SHA-256, hex) of a message, "" for one that bears neither Message-ID nor Date: nothing tells it from another."""
    if not message_ids(root.headers, "message-id") and date(root.headers) is None:
        return ""
    return hashlib.sha256(json.dumps(_message(root)).encode()).hexdigest()


def _message(part: Part) -> _Value:
    headers = part.headers
    written = date(headers)
    return [
        *(_people(headers, name) for name in ("from", "to", "cc")),
        written.astimezone(UTC).isoformat() if written else _plain(headers.first("date")),
        *("".join(message_ids(headers, name)) for name in ("message-id", "in-reply-to", "references")),
        _plain(_untagged(words(headers.first("subject")))),
        _body(part),
    ]


def _people(headers: Headers, name: str) -> _Value:
    """The addresses of a field; as it stands where none is read, and never the names, which are harmed most often."""
    found = [each.address.lower() for each in addresses(headers, name)]
    return [_plain(each) for each in found or [field.value for field in headers.all(name)]]


def _untagged(subject: str) -> str:
    while (rest := _TAG.sub("", subject, count=1) if _TAG.match(subject) else subject) != subject:
        subject = rest
    return subject


def _plain(text: str) -> str:
    """A header's text without its blanks, with one `X` for what a server may have harmed."""
    return _HARMED.sub("X", "".join(text.split()))


def _body(part: Part) -> _Value:
    if part.media_type in ENVELOPES and part.children:
        return [part.media_type, *(_message(child) for child in part.children)]
    if part.children:
        return [part.media_type, *(_body(child) for child in part.children)]
    if is_text(part):
        text, _ = decode(decoded(part), part.params.get("charset", ""))
        text = _MBOX.sub("", text.replace("\0", ""))
        return [part.media_type, _hashed("".join(text.split()).encode("utf-8", "replace"))]
    return [part.media_type, _plain(part.filename), _hashed(decoded(part).replace(b"\r", b"").rstrip(b"\n"))]


def _hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
