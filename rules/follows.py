"""Whether a writer says that the letter itself comes later: then a picture that came along is not taken for it.

`Surat menyusul` is such a word; `surat aslinya menyusul` speaks of the paper, and the photo is the letter.
"""

import re

_LETTER = r"(?:surat|pernyataan|formulir|form|letter|statement)(?:nya)?"
_LATER = (
    r"(?:menyusul|disusulkan|(?:saya|kami)?\s*susulkan|akan\s+(?:segera\s+)?(?:saya|kami)?\s*(?:kirim|lampir|susul)\w*"
    r"|(?:di|saya\s+|kami\s+)?kirim\w*\s+(?:besok|nanti|lusa|kemudian|terpisah)|besok\s+(?:saya|kami)\s+kirim\w*"
    r"|(?:to|will|shall)\s+follow|follows\s+(?:later|soon)|(?:send|sent)\s+(?:it\s+)?(?:later|tomorrow|separately))"
)
_FOLLOWS = re.compile(rf"\b{_LETTER}\b(?:[^.!?\n]{{0,60}}?)\b{_LATER}\b", re.IGNORECASE)
_SENDING = re.compile(
    rf"\b(?:menyusulkan|susulkan|menyusul|will send|shall send)\b(?:[^.!?\n]{{0,40}}?)\b{_LETTER}\b",
    re.IGNORECASE,
)
_NEAR = 20
_PAPER = re.compile(
    r"\b(?:asli|aslinya|fisik|fisiknya|hard\s?copy|cetak|basah|original|paper|pos)\b", re.IGNORECASE
)


def letter_follows(text: str) -> bool:
    """Tell whether the text says that the letter is still to come."""
    one = " ".join(text.split())
    return any(
        not _PAPER.search(one[max(0, found.start() - _NEAR) : found.end() + _NEAR])
        for pattern in (_FOLLOWS, _SENDING)
        for found in pattern.finditer(one)
    )
