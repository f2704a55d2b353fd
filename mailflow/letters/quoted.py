"""What people wrote, as a letter quotes it: without the blocks of base64 that nobody reads."""

import re

from parsers.facts import MessageFacts

_READ = 20_000  # characters from the end; a letter shows far fewer
_PEM = re.compile(
    r"-{2,20}[ \t]{0,8}BEGIN\b[^\n]{0,80}\n(?:[^\n]*\n){0,200}?[^\n]{0,10}-{2,20}[ \t]{0,8}END\b[^\n]{0,80}"
)
_BASE64 = re.compile(
    r"^[ \t>]{0,8}[A-Za-z0-9+/]{48,}={0,2}[ \t]*(?:\n[ \t>]{0,8}(?:[A-Za-z0-9+/]{20,}|[A-Za-z0-9+/]+=)={0,2}[ \t]*$)*",
    re.MULTILINE,
)
_INSTEAD = {
    "id": "[berkas dalam isi e-mail, lihat lampiran]",
    "en": "[a file in the text, see the attachments]",
}


_BELOW = {
    "id": "[ditemukan di bawah kutipan; di atasnya tidak ada teks]",
    "en": "[found below the quotation; nothing stands above it]",
}


def written(facts: MessageFacts, language: str) -> str:
    """Return what a writer added to a mail, as a letter shows it; what stands below a quotation is said to be found there."""
    if facts.new_text.strip() or not facts.below_text:
        return readable(facts.new_text, language)
    return found_below(readable(facts.below_text, language), facts, language)


def found_below(told: str, facts: MessageFacts, language: str) -> str:
    """Return what was told in all, its last message's words marked where they were found below a quotation."""
    last = readable(facts.below_text, language)
    if facts.new_text.strip() or not last or not told.endswith(last):
        return told
    return f"{told.removesuffix(last)}{_BELOW['en' if language == 'en' else 'id']}\n{last}"


def readable(text: str, language: str) -> str:
    """Return a text with PEM blocks (RFC 7468) and bare base64 replaced by a word in `language`: the officer has them as files."""
    instead = _INSTEAD["en" if language == "en" else "id"]
    return _BASE64.sub(instead, _PEM.sub(instead, text[-_READ:])).strip()
