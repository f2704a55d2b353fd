"""Header values that cannot break out of their line, and ids that are folded between, never inside."""

import re
import unicodedata
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UniqueSingleAddressHeader, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_SPECIAL, _ESCAPED = re.compile(r"[()<>\[\]:;@\\,.\"]"), re.compile(r"[\\\"]")
_THREAD = 20
_LONGEST_NAME = 120
_LINE = 76  # RFC 2047 §2: a line with an encoded word
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str) -> str:
    """`text` without controls, line ends, direction marks and what has no meaning in Unicode; blanks collapsed."""
    kept = (sign if unicodedata.category(sign) not in _FORBIDDEN else " " for sign in text)
    return " ".join("".join(kept).split())


def plain_name(text: str) -> str:
    """A display or file name: one line, no path separators, at most 120 characters, the extension kept."""
    name = re.sub(r"[/\\\"]+", "_", one_line(text)).strip(". ")
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    short = dot + extension if stem and len(extension) <= len("jsonl.gz") else ""
    return name[: _LONGEST_NAME - len(short)].rstrip() + short


def quoted_name(name: str) -> str:
    """A display name as a header takes it: in quotation marks where it holds more than words (RFC 5322 §3.2.4)."""
    if not _SPECIAL.search(name):
        return name
    escaped = _ESCAPED.sub(r"\\\g<0>", name)
    return f'"{escaped}"'


def identifiers(text: str) -> list[str]:
    """The message ids in `text`, each once, in order; of a long thread the first and the last ones (RFC 5322 §3.6.4)."""
    found = list(dict.fromkeys(_ID.findall(text)))
    return found if len(found) <= _THREAD else [found[0], *found[1 - _THREAD :]]


class _Identifiers(UnstructuredHeader, BaseHeader):
    """In-Reply-To and References: one id per line. The standard library would encode a long id, and the thread would break."""

    def fold(self, *, policy: Any) -> str:
        """The field with its line ends."""
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + str(policy.linesep)


class _Subject(UnstructuredHeader, BaseHeader):
    """A subject with other than ASCII signs is encoded as a whole: a line end beside an encoded word would be shown as a second blank."""

    def fold(self, *, policy: Any) -> str:
        """The field with its line ends (RFC 2047 §6.2: blanks between encoded words are not shown)."""
        if policy.utf8 or str(self).isascii():
            return str(super().fold(policy=policy))
        words = Header(str(self), "utf-8", maxlinelen=_LINE, header_name=self.name)
        return f"{self.name}: {words.encode(linesep=policy.linesep)}{policy.linesep}"


class _Mailbox(UniqueSingleAddressHeader, BaseHeader):  # type: ignore[misc]  # as the registry itself joins them
    """An address whose name begins on the field's first line: the standard library puts a long one below, where some programs see no sender."""

    def fold(self, *, policy: Any) -> str:
        """The field with its line ends; a name of more than ASCII signs is encoded as a whole."""
        folded = str(super().fold(policy=policy))
        if not folded.startswith(f"{self.name}:{policy.linesep}"):
            return folded
        name, address = self.address.display_name, self.address.addr_spec
        if policy.utf8 or name.isascii():
            shown = quoted_name(name)
        else:
            shown = Header(name, "utf-8", maxlinelen=_LINE, header_name=self.name).encode(
                linesep=policy.linesep
            )
        return f"{self.name}: {shown}{policy.linesep} <{address}>{policy.linesep}"


def letter_policy(*, utf8: bool) -> "EmailPolicy[EmailMessage]":
    """How our messages are written: CRLF, short lines, ASCII unless an address itself is not (RFC 6532)."""
    registry = HeaderRegistry()
    for name in ("in-reply-to", "references", "message-id"):
        registry.map_to_type(name, _Identifiers)
    for name in ("from", "to", "reply-to"):
        registry.map_to_type(name, _Mailbox)
    registry.map_to_type("subject", _Subject)
    return EmailPolicy(
        linesep="\r\n", utf8=utf8, cte_type="7bit", header_factory=registry, mangle_from_=False
    )
