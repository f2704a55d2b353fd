"""Pictures for the officer's eye: a page with the fields that were read framed, and bounded previews of photos.

Never more than `WIDTH` pixels wide; None where no picture can be made. Slow libraries are loaded here and on first use only.
"""

import io
from collections.abc import Sequence

from parsers.facts import Box

WIDTH = 1240  # pixels: A4 at 150 dpi
_HEIGHT = 2 * WIDTH
_PIXELS = 50_000_000  # of a photo before it is made small; larger ones are refused (decompression bombs)
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_INK = (200, 30, 30)
_MARGIN = 2.0  # points between a value and its frame
_DPI = 72


def marked_page(pdf: bytes, page: int, boxes: Sequence[Box]) -> bytes | None:
    """Return page `page` (from 1) of a PDF as PNG with `boxes` (points, origin at the top left) framed; None if impossible."""
    import pdfplumber  # noqa: PLC0415 - takes half a second to import; only pictures need it
    from PIL import ImageDraw  # noqa: PLC0415 - as above

    try:
        with pdfplumber.open(io.BytesIO(pdf), pages=[page]) as document:
            sheet = document.pages[0]
            shown = (float(sheet.width), float(sheet.height))
            dpi = _DPI * min(WIDTH / shown[0], _HEIGHT / shown[1], WIDTH / 595)
            picture = sheet.to_image(resolution=max(dpi, 1)).original.convert("RGB")
            sheet.close()
    except Exception:  # noqa: BLE001 - pdfplumber lets through whatever its parts raise for hostile files
        return None
    picture.thumbnail((WIDTH, _HEIGHT))
    scale = picture.width / shown[0]
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        corners = (box.x0 - _MARGIN, box.y0 - _MARGIN, box.x1 + _MARGIN, box.y1 + _MARGIN)
        draw.rectangle([corner * scale for corner in corners], outline=_INK, width=2)
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()


def photo_preview(data: bytes) -> bytes | None:
    """Return a photo as a small upright JPEG without its metadata (place and camera stay with the sender); None if impossible."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only pictures need it

    Image.MAX_IMAGE_PIXELS = _PIXELS
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as photo:
            if photo.width * photo.height > _PIXELS:
                return None
            photo.draft("RGB", (WIDTH, _HEIGHT))
            upright = ImageOps.exif_transpose(photo).convert("RGB")
            upright.thumbnail((WIDTH, _HEIGHT))
            plain = Image.new("RGB", upright.size)
            plain.paste(upright)
            out = io.BytesIO()
            plain.save(out, format="JPEG", quality=80, optimize=True)
    except Exception:  # noqa: BLE001 - decoders raise many kinds for hostile files
        return None
    return out.getvalue()


def picture_of(data: bytes, media_type: str, boxes: Sequence[Box], page: int = 1) -> bytes | None:
    """Return a picture of a document for the officer: a marked page of a PDF (PNG), a preview of a photo (JPEG), else None."""
    if media_type == "application/pdf":
        return marked_page(data, page, boxes)
    return photo_preview(data) if media_type.startswith("image/") else None
