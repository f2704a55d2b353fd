"""Who wrote what an officer forwards."""

import pytest

from parsers.read import Budget, read_message

HEAD = "From: Rina <rina.kusuma@contohkota.go.id>\r\nTo: layanan@contohkota.go.id\r\nSubject: Fwd: Lupa\r\nMessage-ID: <f@contohkota.go.id>\r\n"


def forwarded(raw: str):
    budget = Budget(message_bytes=10**6, part_bytes=10**6, pages=3)
    return read_message(
        raw.encode(), own_addresses=frozenset({"layanan@contohkota.go.id"}), budget=budget
    ).facts.forwarded


def test_an_attached_message_is_known_by_its_message_id_and_sender():
    inner = "From: Siti Rahmawati <siti@Contohkota.go.id>\r\nSubject: Lupa\r\nMessage-ID: <asli@contohkota.go.id>\r\n\r\nMohon dibantu\r\n"
    raw = (
        HEAD
        + 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nDAFTAR\r\n'
        f"--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    )
    (found,) = forwarded(raw)
    assert (found.message_id, found.sender.address, found.sender.name) == (
        "<asli@contohkota.go.id>",
        "siti@contohkota.go.id",
        "Siti Rahmawati",
    )


@pytest.mark.parametrize(
    "block",
    [
        "---------- Forwarded message ---------\nDari: Siti Rahmawati <siti@contohkota.go.id>\nDate: Sel, 10 Mar 2026\nSubject: Lupa passphrase\nTo: x@contohkota.go.id",
        "Begin forwarded message:\n\n> From: Siti Rahmawati <siti@contohkota.go.id>\n> Subject: Lupa passphrase\n> Date: 10 March 2026",
        "________________________________\nFrom: Siti Rahmawati [mailto:siti@contohkota.go.id]\nSent: Tuesday, 10 March 2026\nTo: Rina\nSubject: Lupa passphrase",
        "-------- Pesan Terusan --------\nPerihal: Lupa passphrase\nTanggal: 10 Mar 2026\nDari: Siti Rahmawati <siti@CONTOHKOTA.go.id>\nKepada: Rina",
        "-----Original Message-----\n*Dari:* Siti Rahmawati\n<siti@contohkota.go.id>\n*Subjek:* Lupa passphrase",
    ],
)
def test_a_forward_in_the_text_names_the_first_sender_below_it(block):
    (found,) = forwarded(
        f"{HEAD}\r\nDAFTAR\r\n\r\n{block}\r\n\r\nSaya lupa passphrase. Tulis ke dari: lain@contohkota.go.id\r\n"
    )
    assert (found.sender.address, found.sender.name, found.subject) == (
        "siti@contohkota.go.id",
        "Siti Rahmawati",
        "Lupa passphrase",
    )


def test_a_mail_that_forwards_nothing_brings_nothing():
    assert forwarded(f"{HEAD}\r\nDari siti@contohkota.go.id saya dengar kabar.\r\n") == ()
