"""Which text of a message is read in place, and which is a file: some programs give the very words of a mail a name (`Part.001`)."""

import re

from parsers.mime import ENVELOPES, Part, leaves

_TEXTS = ("text/plain", "text/html")
_FILE = re.compile(
    r"\.(?:csr|p10|req|pem|key|crt|cer|der|p7[a-z]|asc|sig|json|xml|csv|tsv|vcf|ics|vcs|log|ini|md|rtf|eml|sql|ya?ml)$",
    re.IGNORECASE,
)
_TEXT_FILE = re.compile(r"\.(?:txt|text|html?)$", re.IGNORECASE)


def is_text(part: Part) -> bool:
    """Tell whether a leaf is text to read in place rather than a file."""
    if part.media_type not in _TEXTS or part.disposition == "attachment":
        return False
    name = part.filename
    return not name or _is_words(part, name)


def _is_words(part: Part, name: str) -> bool:
    """Tell whether a text with a name is what people wrote: the first text of its message, and no file beside a text without a name.

    One of the forms of an alternative is what its first form is.
    """
    if _FILE.search(name):
        return False
    parent = part.parent
    if parent is not None and parent.media_type == "multipart/alternative" and part is not parent.children[0]:
        return is_text(parent.children[0])
    texts = [each for each in leaves(_message_of(part)) if _may_be_words(each, part)]
    if texts[:1] != [part]:
        return False
    return not _TEXT_FILE.search(name) or all(each.filename for each in texts)


def _may_be_words(part: Part, beside: Part) -> bool:
    same = part is beside or _message_of(part) is _message_of(beside)
    return (
        same
        and part.media_type in _TEXTS
        and part.disposition != "attachment"
        and not _FILE.search(part.filename)
    )


def _message_of(part: Part) -> Part:
    """Return the root of the message that a part belongs to: the whole one, or an attached one."""
    while part.parent is not None and part.parent.media_type not in ENVELOPES:
        part = part.parent
    return part
