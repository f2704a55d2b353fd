"""Mailboxes of an address field (RFC 5322 §3.4), read strictly: what is written oddly is kept and its defect named.

The structure is read before encoded words are decoded, so that no decoded character can open or close an address.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from parsers.facts import Address
from parsers.headers import Headers, words
from parsers.text import one_line

MAX_MAILBOXES = 200
MAX_NAME = 500
MISLEADING = "the name looks like another address"
_MAX_FIELDS = 20

_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<quoted>"(?:[^"\\]|\\.)*")
    |(?P<open>\()
    |(?P<angle><[^<>]*>)
    |(?P<literal>\[[^\[\]\\]*\])
    |(?P<mark>[,;:])
    |(?P<text>[^\s"()<>\[\],;:]+)
    |(?P<broken>.)""",
    re.VERBOSE,
)
_IN_COMMENT = re.compile(r"\\.|[()]|[^\\()]+|\\")
_ESCAPE = re.compile(r"\\(.)")
_LOOKS_LIKE_ADDRESS = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+\.[^\s@<>\"'(),;:.]{2,}")
_PLAIN = re.compile(r"[^\s@<>\"(),;:\[\]\\]+@[^\s@<>\"(),;:\[\]\\]+")


@dataclass(frozen=True)
class Mailbox:
    """One mailbox as read, and what is wrong with it ("" if nothing)."""

    address: Address
    defect: str = ""


@lru_cache(maxsize=512)
def addr_spec(text: str) -> tuple[str, str]:
    """Return an addr-spec with its domain in lower-case ASCII (RFC 5890), and why it is none ("" if it is one).

    A broken one is returned as it was written, without controls and blanks.
    """
    local, at, domain = text.rpartition("@")
    try:
        valid = validate_email(text, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        valid = None
    if valid is None or "=?" in text:
        written = one_line(f"{local}{at}{domain.lower()}").replace(" ", "")
        return written, "the address is not well formed"
    ascii_domain = valid.ascii_domain or valid.domain
    return f"{valid.local_part}@{ascii_domain.lower()}", ""


def _comment(text: str, at: int) -> tuple[str, int]:
    """Return the comment that opens at `at` and the offset behind it (behind the text where it never closes)."""
    depth = 0
    out: list[str] = []
    for found in _IN_COMMENT.finditer(text, at):
        piece = found[0]
        depth += (piece == "(") - (piece == ")")
        if depth == 0:
            return "".join(out), found.end()
        if piece not in "()":
            out.append(_ESCAPE.sub(r"\1", piece))
    return "".join(out), len(text)


def tokens(text: str) -> list[tuple[str, str]]:
    """Return the lexical tokens of an address field (RFC 5322 §3.2): kind and text."""
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or (found.lastgroup == "broken" and text[at] == '"'):
            out.append(
                ("broken", text[at:])
            )  # a quotation that never closes: where it should have is anybody's guess
            break
        kind = str(found.lastgroup)
        if kind == "open":
            inner, at = _comment(text, at)
            out.append(("comment", inner))
        else:
            out.append((kind, found[0]))
            at = found.end()
    return out


def _mailbox(read: list[tuple[str, str]]) -> Mailbox | None:
    """Read the tokens between two commas."""
    while read and read[-1][0] == "blank":
        read.pop()
    while read and read[0][0] == "blank":
        read.pop(0)
    kinds = [kind for kind, _ in read]
    if not read or set(kinds) <= {"comment", "blank"}:
        return None
    if "angle" in kinds:
        return _with_angle(read, kinds)
    comments = one_line(" ".join(words(text) for kind, text in read if kind == "comment"))[:MAX_NAME]
    # A comment inside the address becomes a blank, which no address holds: it is a defect there, at its edges it is none.
    bare = "".join(" " if kind == "comment" else text for kind, text in read).strip()
    address, defect = addr_spec(bare)
    return Mailbox(Address(name=comments, address=address), defect or _misleading(comments, address))


def _with_angle(read: list[tuple[str, str]], kinds: list[str]) -> Mailbox:
    at = kinds.index("angle")
    address, defect = addr_spec(read[at][1][1:-1].strip())
    before = [_shown(kind, text) for kind, text in read[:at]]
    name = one_line(words("".join(before)).strip())[:MAX_NAME]
    if any(kind not in ("blank", "comment") for kind in kinds[at + 1 :]):
        defect = "something stands behind the address"
    elif "broken" in kinds[:at] or "literal" in kinds[:at]:
        defect = defect or "the name is not well formed"
    return Mailbox(Address(name=name, address=address), defect or _misleading(name, address))


def _shown(kind: str, text: str) -> str:
    if kind == "quoted":
        return _ESCAPE.sub(r"\1", text[1:-1])
    return f"({text})" if kind == "comment" else text


def _misleading(name: str, address: str) -> str:
    """Tell of a display name that looks like another address: people see the name, not the address."""
    shown = {found.lower() for found in _LOOKS_LIKE_ADDRESS.findall(name.replace("\uff20", "@"))}
    return MISLEADING if shown - {address.lower()} else ""


def mailboxes(value: str) -> list[Mailbox]:
    """Return the mailboxes of one field's value, at most `MAX_MAILBOXES`; members of a group carry the defect `a group`."""
    out: list[Mailbox] = []
    current: list[tuple[str, str]] = []
    group = False

    def close() -> None:
        box = _mailbox(current)
        if box is not None:
            out.append(Mailbox(box.address, "a group of addresses") if group else box)
        current.clear()

    for kind, text in tokens(value):
        if len(out) >= MAX_MAILBOXES:
            break
        if kind != "mark":
            current.append((kind, text))
        elif text == ":" and not group:
            current.clear()
            group = True
        elif text == ":":
            current.append(("broken", text))
        else:
            close()
            group = group and text != ";"
    close()
    return out


def addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    """Return the well-formed mailboxes of every field of this name, without repetition."""
    found: dict[str, Address] = {}
    for field in headers.all(name)[:_MAX_FIELDS]:
        for box in mailboxes(field.value):
            if _PLAIN.fullmatch(box.address.address):
                found.setdefault(box.address.address, box.address)
    return tuple(found.values())[:MAX_MAILBOXES]


def bare_addresses(headers: Headers, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addr-specs of delivery fields (Delivered-To and its kin), the topmost first, domains in lower case."""
    out: list[str] = []
    for field in headers.fields:
        if field.name in names and len(out) < MAX_MAILBOXES:
            out += [box.address.address for box in mailboxes(field.value) if "@" in box.address.address]
    return tuple(dict.fromkeys(out))[:MAX_MAILBOXES]


def senders(headers: Headers) -> tuple[tuple[Address, ...], str]:
    """Return every mailbox of every From field, and why they name no single sender ("" if they do; RFC 5322 §3.6.2)."""
    fields = headers.all("from")
    found = [box for field in fields[:_MAX_FIELDS] for box in mailboxes(field.value)]
    everyone = tuple(box.address for box in found)
    odd = next((field.odd for field in fields if field.odd in ("control characters", "too long")), "")
    if not fields:
        return everyone, "no From field"
    if len(fields) > 1:
        return everyone, "more than one From field"
    if len(found) != 1:
        return everyone, "several mailboxes in From" if found else "no mailbox in From"
    return everyone, found[0].defect or (f"From holds {odd}" if odd else "")
