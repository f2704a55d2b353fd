"""The structured fields of MIME as they are really written (RFC 2045, 2183, 2231): a missing semicolon, comments, words of no registry.

What people's programs leave out has one meaning for everybody who reads it; what has none is read as text, or as bytes where it is a file.
"""

import re

from parsers.text import decode, one_line

_ATOM = r"[A-Za-z0-9!#$&^_.+-]{1,80}"
_TYPE = re.compile(rf"[\s\"']*({_ATOM})\s?/\s?({_ATOM})")
_COMMENT = re.compile(r"\([^()]*\)")
_NAMES = r"boundary|charset|name|filename|format|delsp|type|report-type|smime-type|protocol|micalg|size|start"
_PARAMETER = re.compile(
    rf"""(?:^|[;,\s])\s?(?P<name>[^\s=;,"/()]{{1,80}})\s?=\s?
    (?:"(?P<quoted>(?:[^"\\]|\\.)*)"?|(?P<bare>[^;]*?)(?=;|$|[\s,]{{1,2}}(?:{_NAMES})(?:\*\d{{0,3}}\*?)?\s?=))""",
    re.VERBOSE | re.IGNORECASE,
)
_SECTION = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_WITH_BRACKETS = frozenset({"name", "filename", "boundary"})
"""Parameters whose values may hold brackets that are no comment: `surat (1).pdf`."""
_WORDS = {"text": "text/plain", "plain": "text/plain", "plaintext": "text/plain", "ascii": "text/plain", "html": "text/html"}  # fmt: skip
_ENCODINGS = {
    "quotedprintable": "quoted-printable",
    "qp": "quoted-printable",
    "base64": "base64",
    "b64": "base64",
    "uuencode": "x-uuencode",
    "xuuencode": "x-uuencode",
    "xuue": "x-uuencode",
    "uue": "x-uuencode",
    "7bit": "7bit",
    "8bit": "8bit",
    "binary": "binary",
    "none": "7bit",
    "": "7bit",
}  # fmt: skip


def content_type(value: str, *, is_file: bool) -> tuple[str, dict[str, str]]:
    """Return media type and parameters of a Content-Type field; "" where it says no type that anybody knows.

    `is_file`: the part has a name or is an attachment, so that what is unknown is bytes rather than text.
    """
    params = parameters(value)
    bare = _COMMENT.sub(" ", value.partition(";")[0]).strip()
    found = _TYPE.match(bare)
    if found:
        return f"{found[1]}/{found[2]}".lower(), params
    word = re.split(r"[\s;,/:]", bare.lower(), maxsplit=1)[0]
    if "boundary" in params and word in ("multipart", "mixed", "alternative", "related"):
        return f"multipart/{'mixed' if word == 'multipart' else word}", params
    if word in _WORDS:
        return _WORDS[word], params
    return ("application/octet-stream" if is_file else "text/plain") if bare else "", params


def transfer_encoding(value: str) -> str:
    """Return a transfer encoding by its registered name, `x-uuencode` among them; an unknown one as it is written, in lower case."""
    word = _COMMENT.sub(" ", value.partition(";")[0]).strip("\"' \t.,").lower()
    return _ENCODINGS.get(re.sub(r"[\s_-]", "", word), word)


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of a structured field, continuations joined and charsets decoded (RFC 2231); the first of each counts."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(value):
        section = _SECTION.fullmatch(found["name"].lower())
        if section is None:
            continue
        quoted, name = found["quoted"], section["name"]
        text = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else found["bare"].strip()
        if quoted is None and name not in _WITH_BRACKETS:
            text = _COMMENT.sub("", text).strip()
        if section["number"] is None and not section["coded"]:
            plain.setdefault(name, text)
        else:
            pieces.setdefault(name, {}).setdefault(
                int(section["number"] or 0), (text, bool(section["coded"]))
            )
    return plain | {name: _joined(parts) for name, parts in pieces.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    ordered = [parts[number] for number in sorted(parts)]
    charset = ""
    if ordered[0][1] and ordered[0][0].count("'") >= 2:  # noqa: PLR2004 - charset'language'text
        charset, _, text = ordered[0][0].split("'", 2)
        ordered[0] = (text, True)
    data = b"".join(_unquoted(text) if coded else text.encode("utf-8", "replace") for text, coded in ordered)
    return one_line(decode(data, charset or "utf-8")[0])


def _unquoted(text: str) -> bytes:
    out, at = bytearray(), 0
    for found in _PERCENT.finditer(text):
        out += text[at : found.start()].encode("utf-8", "replace") + bytes.fromhex(found[1])
        at = found.end()
    return bytes(out + text[at:].encode("utf-8", "replace"))
