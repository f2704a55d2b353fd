"""What a bounce says (RFC 3464, 3461, 6533): which message to whom failed, and why. It proves nothing by itself."""

import re

from parsers.facts import BounceFacts
from parsers.headers import Headers, message_ids, split
from parsers.mime import Part, decoded, leaves
from parsers.server_words import says_delay, sentence, status_in
from parsers.text import decode, one_line

MAX_RECIPIENTS = 1000
_MAX_BYTES = 1024 * 1024
_MAX_TEXT = 500
_TYPED = re.compile(r"^\s*[a-z0-9-]+\s*;\s*", re.IGNORECASE)
_COPY_BELOW = re.compile(
    rb"below this line is a copy of the message|this is a copy of the message", re.IGNORECASE
)
_MESSAGE_ID = re.compile(
    rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,996}>)", re.IGNORECASE | re.MULTILINE
)
_MARK = "mailflow-letter"
_MARKED = re.compile(rb"^mailflow-letter:[ \t]*([!-~]{1,200})", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    r"^[ \t]{0,10}(?:to:[ \t]*)?<?([^<>\s@,;:()]{1,64}@[^<>\s@,;:()]{1,255})>?:?(?:[ \t].*|\r?)$",
    re.IGNORECASE | re.MULTILINE,
)


def _typed(value: str) -> str:
    """Return the value behind its type (`rfc822;`, `smtp;`)."""
    return one_line(_TYPED.sub("", value))[:_MAX_TEXT]


def _groups(data: bytes) -> list[Headers]:
    """Return the groups of fields of a delivery-status body, the per-message group first."""
    groups: list[Headers] = []
    at = 0
    data = data[:_MAX_BYTES]
    while at < len(data) and len(groups) <= MAX_RECIPIENTS:
        headers, after = split(data, at)
        if headers.fields:
            groups.append(headers)
        if after == at:  # a line that is no field: pass over it
            after = data.find(b"\n", at) + 1 or len(data)
        at = after
    return groups


def _action(group: Headers) -> str:
    said = group.first("action").strip().lower()
    if said:
        return said[:40]
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(group.first("status").strip()[:1], "")


def _original(root: Part) -> tuple[str, str]:
    """Return Message-ID and mark of the returned message or header, "" for what did not come back."""
    for part in _every(root):
        if part.media_type in ("message/rfc822", "message/global") and part.children:
            returned = part.children[0].headers
        elif part.media_type in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            returned, _ = split(decoded(part).lstrip(b"\r\n"))
        else:
            continue
        found = message_ids(returned, "message-id")
        if found:
            return found[0], one_line(returned.first(_MARK))[:_MAX_TEXT]
    return "", ""


def _every(part: Part) -> list[Part]:
    return [part, *(inner for child in part.children for inner in _every(child))]


def _notice(root: Part) -> bytes:
    """Return what the server itself wrote, above the copy of the message."""
    return b"\n".join(
        decoded(part)[:_MAX_BYTES]
        for part in leaves(root)
        if part.media_type == "text/plain" and not part.enveloped
    )


def _from_text(root: Part) -> BounceFacts:
    """Read a bounce that is no report: what the server says in words, and the message's header below it."""
    text = _notice(root)
    below = _COPY_BELOW.search(text)
    original = _MESSAGE_ID.search(text, below.end() if below else 0)
    original_id, mark = _original(root)
    marked = _MARKED.search(text, below.end() if below else 0)
    report = decode(text[: below.start()] if below else text, "utf-8")[0]
    failed = root.headers.first("x-failed-recipients").partition(",")[0].strip()
    found = _RECIPIENT.search(report)
    recipient = one_line(failed or (found[1].rstrip(".") if found else ""))[:_MAX_TEXT]
    said = sentence(report, recipient)
    delayed = not failed and says_delay(root.headers.first("subject"), report)
    return BounceFacts(
        action="delayed" if delayed else "failed",
        status=status_in(said) or status_in(report),
        recipient=recipient,
        diagnostic=said,
        original_message_id=original_id
        or (one_line(original[1].decode("utf-8", "replace")) if original else ""),
        mark=mark or (one_line(marked[1].decode("ascii")) if marked else ""),
    )


def read_bounce(root: Part) -> BounceFacts:
    """Return what the bounce says of its first failed recipient, of its first one where none failed. Never raises."""
    status = next(
        (
            part
            for part in _every(root)
            if part.media_type in ("message/delivery-status", "message/global-delivery-status")
        ),
        None,
    )
    groups = _groups(decoded(status)) if status else []
    recipients = [
        group for group in groups if group.has("final-recipient") or group.has("original-recipient")
    ]
    if not recipients:
        return _from_text(root)
    worst = next((group for group in recipients if _action(group) == "failed"), recipients[0])
    code, said = one_line(worst.first("status"))[:20], _typed(worst.first("diagnostic-code"))
    if not any(char.isalpha() for char in said):
        final = _typed(worst.first("final-recipient")).strip("<>")
        said = sentence(decode(_notice(root), "utf-8")[0], final) or said
    original_id, mark = _original(root)
    return BounceFacts(
        action=_action(worst),
        status=code if code and not code.endswith(".0.0") else status_in(said) or code,
        recipient=_typed(worst.first("original-recipient") or worst.first("final-recipient")).strip("<>"),
        diagnostic=said,
        original_message_id=original_id,
        mark=mark,
        envelope_id=one_line(groups[0].first("original-envelope-id"))[:_MAX_TEXT],
    )
