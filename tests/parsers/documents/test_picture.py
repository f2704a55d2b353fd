"""Pictures for the officer's eye: the values framed where they stand, photos small, upright and without their metadata."""

import io

import pypdfium2
import pytest
from PIL import Image

from parsers.documents import read_document
from parsers.facts import Box
from parsers.picture import WIDTH, marked_page, picture_of
from tests.support.letters import Style, form, letter


def has_red(picture: Image.Image) -> bool:
    """Whether the ink of the frame is there; JPEG bends colours a little."""
    return any(
        red > 150 and green < 110 and blue < 110 for _, (red, green, blue) in picture.getcolors(1_000_000)
    )


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(io.BytesIO(data))


def shown_width(data: bytes) -> float:
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        width = float(page.get_width())
        page.close()
    return width


def photo(size: tuple[int, int], orientation: int = 1) -> bytes:
    picture = Image.new("RGB", size, (240, 240, 240))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera"
    out = io.BytesIO()
    picture.save(out, format="JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("style", [Style(), Style(rotate=90, turn=1), Style(turn=3)])
def test_each_value_is_framed_where_it_stands(style: Style) -> None:
    data = letter(style=style)
    box = read_document(data, name="x", declared_type="", pages=1).fields["nip"].box
    assert box is not None
    picture = opened(marked_page(data, 1, [box])).convert("RGB")
    assert picture.width <= WIDTH
    scale = picture.width / shown_width(data)
    inside = picture.crop(tuple(int(side * scale) for side in (box.x0, box.y0, box.x1, box.y1)))
    around = picture.crop(
        tuple(int(side * scale) for side in (box.x0 - 4, box.y0 - 4, box.x1 + 4, box.y1 + 4))
    )
    assert has_red(around)
    assert inside.convert("L").getextrema()[0] < 120, "the number stands inside the frame"
    assert not has_red(inside)


def test_a_filled_form_shows_its_values() -> None:
    data = form()
    box = read_document(data, name="x", declared_type="", pages=1).fields["name"].box
    assert box is not None
    picture = opened(marked_page(data, 1, [])).convert("L")
    scale = picture.width / 595
    inside = picture.crop(
        tuple(int(side * scale) for side in (box.x0 + 2, box.y0 + 3, box.x0 + 60, box.y1 - 3))
    )
    assert inside.getextrema()[0] < 120


def test_a_page_that_is_not_there_has_no_picture() -> None:
    assert marked_page(letter(), 7, []) is None
    assert marked_page(b"%PDF-1.4", 1, []) is None


def test_a_photo_is_shown_small_upright_and_without_its_metadata() -> None:
    shown = opened(picture_of(photo((3000, 2000), orientation=6), "image/jpeg", []))
    assert shown.format == "JPEG"
    assert shown.height > shown.width
    assert shown.width <= WIDTH
    assert not dict(shown.getexif())


def test_a_decompression_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, format="PNG")
    assert picture_of(out.getvalue(), "image/png", []) is None


def test_what_is_no_picture_has_none() -> None:
    assert picture_of(b"PK\x03\x04", "application/zip", [Box(x0=0, y0=0, x1=1, y1=1)]) is None
