"""Private keys and passphrases cut out of a message: out of its texts, and out of the raw bytes, in place, so that it stays a message."""

import base64
import binascii
import re
from dataclasses import dataclass, field

from parsers.html import to_text
from parsers.in_place import is_text
from parsers.message import text_of
from parsers.mime import Part, decoded, leaves
from parsers.secrets import find_secrets, redact, without_spoken

NOTICE = b"[private key removed]\r\n"
_MAX_ROUNDS = 10
_ARMOR = re.compile(rb"private|putty", re.IGNORECASE)


@dataclass
class Purge:
    """Collects what must go, then rewrites the raw message once."""

    raw: bytes
    count: int = 0
    spoken: int = 0
    gone: list[Part] = field(default_factory=list)
    changed: list[tuple[Part, bytes]] = field(default_factory=list)

    def document(self, part: Part, data: bytes, *, certainly: bool = False) -> bool:
        """Mark the whole part when `data` holds private-key material, or `certainly` does; tell whether it did."""
        found = len(find_secrets(data)) or int(certainly)
        if found:
            self.count += found
            self.gone.append(part)
        return bool(found)

    def text(self, value: str) -> str:
        """Return a decoded text without the material in it."""
        data, _ = without_spoken(_without(value.encode()))
        return data.decode("utf-8", "replace")

    def texts(self, root: Part, *read: str) -> None:
        """Look through the text leaves as transferred and, where they speak of keys, as people see them; `read` is what was made of them."""
        written = [part for part in leaves(root) if is_text(part)]
        for part in written:
            data = decoded(part)
            found = find_secrets(data)
            seen = find_secrets(_seen(part).encode()) if _ARMOR.search(data) else []
            self.count += max(len(found), len(seen))
            kept, said = without_spoken(_without(data))
            self.spoken = max(self.spoken, said)
            if seen and not found:
                self.gone.append(part)
            elif found or said:
                self.changed.append((part, kept))
        if not self.count and any(find_secrets(text.encode()) for text in read):
            self.count += 1  # markup hid it from the bytes: no text of this message can be kept
            self.gone += written
        if not self.spoken and any(without_spoken(text.encode())[1] for text in read):
            self.spoken, self.gone = 1, self.gone + written

    def redacted(self, root: Part) -> bytes | None:
        """Return the raw message without the material, None where there is none in it."""
        outside = self._outside(root)
        if find_secrets(outside):
            self.count += 1
        elif not self.gone and not self.changed:
            return None
        cuts = {part.span: _coded(_holder(part), NOTICE) for part in self.gone}
        for part, data in self.changed:
            cuts.setdefault(part.span, _coded(part, data) if part.direct else _coded(_holder(part), NOTICE))
        kept, at = [], 0
        for (start, end), replacement in sorted(cuts.items()):
            if start >= at:
                kept += [self.raw[at:start], replacement]
                at = end
        return _without(b"".join([*kept, self.raw[at:]]))

    def _outside(self, root: Part) -> bytes:
        """Return what no leaf covers: headers, preambles, epilogues."""
        kept, at = [], 0
        for start, end in sorted({part.span for part in leaves(root)}):
            kept.append(self.raw[at : max(at, start)])
            at = max(at, end)
        return b"\n".join([*kept, self.raw[at:]])


def _without(data: bytes) -> bytes:
    """Return `data` redacted until nothing is found: what one cut joins may be material again."""
    for _ in range(_MAX_ROUNDS):
        if not find_secrets(data):
            return data
        data = redact(data)
    return NOTICE


def _seen(part: Part) -> str:
    text, _ = text_of(part)
    return to_text(text) if part.media_type == "text/html" else text


def _holder(part: Part) -> Part:
    """Return the part whose body stands in the raw message as it is."""
    while not part.direct and part.parent is not None:
        part = part.parent
    return part


def _coded(part: Part, data: bytes) -> bytes:
    """Return `data` in the transfer encoding of `part`."""
    if part.encoding == "base64":
        return base64.encodebytes(data)
    return binascii.b2a_qp(data) if part.encoding == "quoted-printable" else data
