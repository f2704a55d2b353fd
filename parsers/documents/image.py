"""Photos: recognised, and left to a person's eye. People sign the letter with a pen and photograph it.

The logo below a signature is none: mail programs attach it under names of their own, so that only its size tells.
The door of optical character recognition: its words become `parsers.letters.Word`, and `read_letter` reads on.
"""

import io

from parsers.documents.found import Found

SMALL = "small picture: a logo rather than a letter"
_SHORT_SIDE = 600  # pixels: half an A4 page at 72 dpi; print on less cannot be read
_BYTES = 60 * 1024  # photos that messengers made small still have more
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")


def read(data: bytes, pages: int) -> Found:
    """Return a photo as something a person can read, its fields blank; a picture too small to be a letter is something else."""
    del pages
    if _is_small(data):
        return Found(kind="other", pages=1, problems=(SMALL,))
    return Found(kind="unreadable", pages=1, problems=("photo",))


def _is_small(data: bytes) -> bool:
    """Tell what cannot hold a letter; what does not tell its size is left to a person. Only the header is read."""
    if len(data) >= _BYTES:
        return False
    from PIL import Image  # noqa: PLC0415 - only small pictures need it

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return min(picture.size) < _SHORT_SIDE
    except Exception:  # noqa: BLE001 - decoders raise many kinds for hostile files
        return False
