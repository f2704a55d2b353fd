"""What a letter quotes: words, not base64."""

import pytest

from mailflow.letters.quoted import readable
from tests.support import requests

PEM = requests.pem(requests.request(requests.rsa_key(number=1)))
BARE = "\n".join(PEM.splitlines()[1:-1])
INSTEAD = "[berkas dalam isi e-mail, lihat lampiran]"


@pytest.mark.parametrize("block", [PEM, BARE, PEM.replace("\n", "\r\n"), PEM.replace("\n", "\n\n")])
def test_a_block_of_base64_becomes_a_word_and_the_rest_stays(block):
    told = readable(f"Berikut CSR saya:\n\n{block}\n\nTerima kasih,\nSiti", "id")
    assert told.startswith("Berikut CSR saya:")
    assert INSTEAD in told
    assert told.endswith("Terima kasih,\nSiti")
    assert BARE.splitlines()[2] not in told


def test_two_blocks_are_two_words_and_what_stands_between_stays():
    assert readable(f"{PEM}\nantara\n{PEM}", "id").split() == [*INSTEAD.split(), "antara", *INSTEAD.split()]


def test_words_and_links_are_left_as_they_are():
    text = "Pada 10 Maret\n-- \nhttps://contohkota.go.id/berita/pengumuman-layanan-sertifikat-elektronik-tahun-2026"
    assert readable(text, "id") == text


@pytest.mark.parametrize("piece", ["--BEGIN X--\n", "-" * 20, "A" * 47 + "\n", "A" * 60 + "\n", "- BEGIN"])
def test_a_flood_of_beginnings_is_read_through(piece):
    assert readable(piece * (100_000 // len(piece)), "en") is not None
