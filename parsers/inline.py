"""Pictures that stand in the HTML itself (`data:` URIs, RFC 2397): some programs paste a photographed letter so, and there is no part for it."""

import base64
import binascii
import re
from collections.abc import Iterator

from parsers.in_place import is_text
from parsers.message import text_of
from parsers.mime import Part, leaves

_MOST = 10
_PICTURE = re.compile(
    r"[\"'(]data:image/(?P<kind>png|jpe?g|gif|webp|bmp);base64,(?P<data>[A-Za-z0-9+/=\s]{4000,}+)[\"')]",
    re.IGNORECASE,
)


def pictures_in_text(root: Part) -> Iterator[tuple[bytes, str]]:
    """Yield the bytes of each such picture and its subtype; what is not base64 to its end is passed over."""
    found = 0
    for part in leaves(root):
        if part.media_type != "text/html" or not is_text(part):
            continue
        for match in _PICTURE.finditer(text_of(part)[0]):
            try:
                data = base64.b64decode("".join(match["data"].split()), validate=True)
            except binascii.Error:
                continue
            yield data, match["kind"].lower().replace("jpg", "jpeg")
            found += 1
            if found == _MOST:
                return
