"""Reactions: a thumb under a letter, which Gmail, Outlook and telephones send as a mail. No word of anybody's.

Gmail adds a part of its own (`text/vnd.google.email-reaction+json`); Outlook and Apple write a sentence, so that the whole new text
must be that sentence and a sign. A person who writes anything beside it is read as usual.
"""

import json
import re
import unicodedata

from parsers.mime import Part, decoded, leaves

GMAIL = "text/vnd.google.email-reaction+json"
_MOST = 400  # characters; a reaction has a name and a sentence
_SENTENCE = re.compile(
    r"\b(?:reacted (?:to your (?:message|e-?mail)|via|with|using)|bereaksi (?:terhadap|pada|atas|ke|melalui|dengan|lewat)|menanggapi (?:pesan|email) Anda dengan)\b",
    re.IGNORECASE,
)
_TAPBACK = re.compile(
    r"(?:Liked|Loved|Laughed at|Emphasi[sz]ed|Disliked|Questioned|Menyukai|Mencintai|Tertawa pada|Menekankan|Tidak menyukai|Mempertanyakan"
    r"|(?:Reacted|Bereaksi) \S{1,8}(?: \S{1,8})? (?:to|terhadap|pada|ke)) [\u201c\"\u00ab].*[\u201d\"\u00bb\u2026]\.?",
    re.DOTALL,
)
_LINK = re.compile(r"<?https?://[^\s>]{1,2000}>?|\[(?:image|cid|gambar)[^\]]{0,300}\]")
_ARROWS = "\u2190"  # pictures begin here; `©` and `°` stand before
_LIKE = "\N{THUMBS UP SIGN}"


def reaction_in(root: Part, new_text: str) -> str:
    """Return the sign of a message that is nothing but a reaction, "" for any other."""
    bare = _LINK.sub("", new_text).strip()
    if len(bare) > _MOST:
        return ""
    if _TAPBACK.fullmatch(bare):
        return sign_in(bare.partition("\u201c")[0]) or _LIKE
    lines = [line.strip() for line in bare.splitlines() if line.strip()]
    sentences = [line for line in lines if not is_sign(line)]
    part = next((leaf for leaf in leaves(root) if leaf.media_type == GMAIL and not leaf.enveloped), None)
    if len(sentences) > 1 or any(not _SENTENCE.search(line) for line in sentences):
        return ""
    if part is not None:
        return _of_gmail(part) or sign_in(bare) or _LIKE
    return sign_in(bare) or _LIKE if sentences and (len(lines) > 1 or sign_in(bare)) else ""


def is_sign(line: str) -> bool:
    """Tell whether a line holds nothing but emoji."""
    return bool(sign_in(line)) and not any(char.isalnum() for char in line)


def sign_in(line: str) -> str:
    """Return the emoji of a line."""
    signs = (char for char in line if unicodedata.category(char) in ("So", "Sk") and char > _ARROWS)
    return "".join(signs)[:8]


def _of_gmail(part: Part) -> str:
    try:
        found = json.loads(decoded(part).decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return ""
    return sign_in(str(found.get("emoji", ""))) if isinstance(found, dict) else ""
