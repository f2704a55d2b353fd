"""HTML cut into tokens, in one pass whatever is sent: the standard library's parser takes minutes for a megabyte of `<a`.

It reads as browsers do where that matters for what a person sees (WHATWG HTML §13.2.5): comments, raw text elements, quoted
attribute values with `>` inside, stray `<`.
"""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,40})")
# Each quotation mark either closes within reach or is met once: that keeps the whole linear.
_REACH = 8192
_ATTRIBUTES = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]{1,80})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes")
}
_ABSURD_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,}+;?")


class Token(NamedTuple):
    """A start tag, an end tag (`value`: the name in lower case) or a stretch of text (`value`: references resolved)."""

    kind: Literal["start", "end", "text"]
    value: str
    attributes: dict[str, str]


def _text(raw: str) -> Token:
    value = html.unescape(_ABSURD_REFERENCE.sub("\ufffd", raw)) if "&" in raw else raw
    return Token("text", value, {})


def _attributes(raw: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(raw):
        out.setdefault(
            found[1].lower(), html.unescape(_ABSURD_REFERENCE.sub("", found[2] or found[3] or found[4] or ""))
        )
    return out


def _tag(markup: str, at: int, name: re.Match[str]) -> tuple[Token, int]:
    """Return the tag whose name was found at `at`, and the offset behind it."""
    start = name.end()
    body = _ATTRIBUTES.match(markup, start, start + _REACH)
    end = body.end() if body else start
    if markup[end : end + 1] != ">":
        end = markup.find(">", start)
        end = len(markup) if end < 0 else end
    closing = markup.startswith("</", at)
    attributes = {} if closing else _attributes(markup[start : min(end, start + _REACH)])
    return Token("end" if closing else "start", name[1].lower(), attributes), end + 1


def _behind(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return len(markup) if found < 0 else found + len(mark)


def tokens(markup: str) -> Iterator[Token]:
    """Yield the tokens of `markup`; comments, declarations and the contents of scripts and styles are passed over. Never raises."""
    at = 0
    while at < len(markup):
        opening = markup.find("<", at)
        if opening < 0:
            yield _text(markup[at:])
            return
        if opening > at:
            yield _text(markup[at:opening])
        at = opening
        name = _NAME.match(markup, at)
        if name:
            token, at = _tag(markup, at, name)
            yield token
            if token.kind == "start" and token.value in _RAW:
                close = _RAW[token.value].search(markup, at)
                at = close.start() if close else len(markup)
        elif markup.startswith("<!--", at):
            at = _behind(markup, "-->", at + 2)
        elif markup.startswith(("<!", "<?", "</"), at):
            at = _behind(markup, ">", at + 2)
        else:
            yield Token("text", "<", {})
            at += 1
