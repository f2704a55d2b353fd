"""Pictures for the officer's eye: a page with the fields that were read framed, and bounded previews of photos.

Never more than `WIDTH` pixels wide; None where no picture can be made. Libraries are loaded on first use: most letters need no picture.
"""

import io
from collections.abc import Sequence

from parsers.facts import Box

WIDTH = 1240  # pixels: A4 at 150 dpi
_HEIGHT = 2 * WIDTH
_PIXELS = 50_000_000  # of a photo before it is made small; larger ones are refused (decompression bombs)
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_QUALITY = 75
_INK = (200, 30, 30)
_MARGIN = 2.0  # points between a value and its frame


def marked_page(pdf: bytes, page: int, boxes: Sequence[Box]) -> bytes | None:
    """Return page `page` (from 1) of a PDF as JPEG with `boxes` (points, origin at the top left) framed; None if impossible.

    Drawn by pdfium, which also read the fields: filled forms show their values, turned pages stand as they were read.
    """
    import pypdfium2  # noqa: PLC0415 - only pictures need it here
    from PIL import ImageDraw  # noqa: PLC0415 - as above

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            document.init_forms()
            sheet = document[page - 1]
            try:
                width, height = sheet.get_size()
                scale = min(WIDTH / width, _HEIGHT / height)
                bitmap = sheet.render(scale=scale, may_draw_forms=True)
                picture = bitmap.to_pil().convert("RGB")
                bitmap.close()
            finally:
                sheet.close()
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError, OSError):
        return None
    picture.thumbnail((WIDTH, _HEIGHT))
    across, down = picture.width / width, picture.height / height
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, right = (box.x0 - _MARGIN) * across, (box.x1 + _MARGIN) * across
        top, bottom = (box.y0 - _MARGIN) * down, (box.y1 + _MARGIN) * down
        draw.rectangle(
            (min(left, right), min(top, bottom), max(left, right), max(top, bottom)), outline=_INK, width=2
        )
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=_QUALITY)  # a fifth of the time a PNG takes, and smaller
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
    """Return a picture of a document for the officer: a marked page of a PDF or a preview of a photo (both JPEG), else None."""
    if media_type == "application/pdf":
        return marked_page(data, page, boxes)
    return photo_preview(data) if media_type.startswith("image/") else None
