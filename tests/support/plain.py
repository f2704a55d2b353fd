"""Plain messages for tests that care how mail travels, not what it says."""


def plain_letter(number=1, body="Mohon bantuan.", sender="andi@contohkota.go.id", size=0):
    """A raw message with CRLF line ends; `size` pads the body to about so many octets."""
    lines = [body, *(["x" * 70] * (size // 72))]
    text = "\r\n".join(lines)
    return (
        f"From: {sender}\r\nTo: layanan@contohkota.go.id\r\nSubject: Surat {number}\r\n"
        f"Message-ID: <{number}@contohkota.go.id>\r\n\r\n{text}\r\n"
    ).encode()
