"""What mail programs, phones and gateways put into a message of their own accord: kept and listed, and no paper of its writer.

A part is one of these by its media type, its name or its first bytes, and only where nothing was read from it: a CSR that a server
renamed `ATT00001.bin` is a CSR. Sources: RFC 6350 (contact card), 9580 (OpenPGP), 5546 (calendar), 1740 (AppleDouble), 8551 (S/MIME),
MS-OXTNEF (winmail.dat); Exchange names the pieces of a text that it cut `ATT00001.txt`.
"""

import re
from collections.abc import Iterable

from parsers import html
from parsers.documents.tnef import has_attachment
from parsers.facts import DocumentFacts
from parsers.mime import Part
from parsers.text import decode

_BY_TYPE = {
    "text/vcard": "contact card",
    "text/x-vcard": "contact card",
    "text/directory": "contact card",
    "application/vcard": "contact card",
    "application/pgp-keys": "OpenPGP key",
    "application/pgp-signature": "signature of the mail",
    "application/pkcs7-signature": "signature of the mail",
    "application/x-pkcs7-signature": "signature of the mail",
    "text/calendar": "calendar entry",
    "application/ics": "calendar entry",
    "application/applefile": "Apple resource fork",
    "application/mac-binhex40": "Apple resource fork",
    "text/x-moz-deleted": "note on a removed attachment",
    "application/pgp-encrypted": "note on encryption",
    "application/x-mso": "formatting of Outlook",
    "image/svg+xml": "drawing",
    "image/x-emf": "drawing",
    "image/emf": "drawing",
    "image/x-wmf": "drawing",
    "image/wmf": "drawing",
}
_BY_NAME = (
    (re.compile(r"\.vcf$", re.IGNORECASE), "contact card"),
    (re.compile(r"\.(?:ics|vcs)$", re.IGNORECASE), "calendar entry"),
    (re.compile(r"\.p7s$", re.IGNORECASE), "signature of the mail"),
    (
        re.compile(
            r"^(?:oledata\.mso|editdata\.mso|themedata\.thmx|filelist\.xml|colorschememapping\.xml)$",
            re.IGNORECASE,
        ),
        "formatting of Outlook",
    ),
    (re.compile(r"\.(?:svgz?|wm[fz]|em[fz])$", re.IGNORECASE), "drawing"),
    (re.compile(r"^\._|^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$", re.IGNORECASE), "file of the system"),
)
_BY_BEGINNING = (
    (b"BEGIN:VCARD", "contact card"),
    (b"BEGIN:VCALENDAR", "calendar entry"),
    (b"-----BEGIN PGP PUBLIC KEY BLOCK", "OpenPGP key"),
    (b"-----BEGIN PGP SIGNATURE", "signature of the mail"),
    (b"\x00\x05\x16\x07", "Apple resource fork"),  # RFC 1740, appendix B
    (b"\x00\x05\x16\x00", "Apple resource fork"),
)
_BOM = b"\xef\xbb\xbf"
_TEXTS = ("text/plain", "text/html")
_PIECE = re.compile(
    r"^(?:ATT\d{3,8}|untitled(?: attachment)?(?: \d{1,8})?|noname|unnamed|lampiran \d{1,3})?(?:\.(?:txt|html?|bin|dat))?$",
    re.IGNORECASE,
)
_MOST = 4000
"""Characters of a notice below the mail; a letter may be as short, but does not speak like one."""
_NOTICE = re.compile(
    r"\b(?:confidential|disclaimer|privileged|unauthori[sz]ed|intended (?:solely|only|recipient)|virus|antivirus|malware|spam"
    r"|unsubscribe|mailing list|scanned|this (?:e-?mail|message)|dipindai|pemindaian|rahasia|penafian|tidak berhak|bukan penerima"
    r"|penerima yang dituju|pesan ini|surel ini|e-?mail ini|sent from|dikirim dari|hak cipta|think before you print|mencetak)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:nip|nik|passphrase|sertifikat|yang bertanda ?tangan|pernyataan|permohonan|mohon|terlampir|surat|saya|kami|setuju|tolak)\b",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\s\-_=*~]+")


def addition(part: Part, data: bytes, found: DocumentFacts) -> str:
    """Return what a part is that a program added, in a few words, "" for what may be a paper."""
    if found.kind not in ("unreadable", "other"):
        return ""
    named = next((what for name, what in _BY_NAME if name.search(part.filename)), "")
    known = _BY_TYPE.get(part.media_type, "") or named or _by_beginning(data)
    if known:
        return known
    if (
        part.media_type.startswith("text/")
        and part.parent
        and part.parent.media_type == "multipart/alternative"
    ):
        return "another form of the text"
    if found.media_type == "application/vnd.ms-tnef":
        return "" if has_attachment(data) else "formatting of Outlook"
    if found.media_type in _TEXTS:
        return _of_text(part, data, found.media_type)
    return "empty piece" if _PIECE.match(part.filename) and not data.strip() else ""


def _by_beginning(data: bytes) -> str:
    head = data[:100].removeprefix(_BOM).lstrip()
    return next(
        (what for start, what in _BY_BEGINNING if head.startswith(start) or data.startswith(start)), ""
    )


def _of_text(part: Part, data: bytes, media_type: str) -> str:
    """A text that is nothing at all, or a notice that a gateway put below the mail."""
    text, _ = decode(data[: 8 * _MOST], part.params.get("charset", ""))
    plain = (html.to_text(text) if media_type == "text/html" else text).strip()
    if not _DASHES.sub("", plain):
        return "empty piece"
    speaks = _NOTICE.search(plain) and not _speaks_as_a_letter(plain.splitlines())
    return "notice below the mail" if speaks and len(plain) <= _MOST else ""


def _speaks_as_a_letter(lines: Iterable[str]) -> bool:
    """Tell whether some line that is no notice itself speaks of a request: then a person reads the whole."""
    return any(_LETTER.search(line) and not _NOTICE.search(line) for line in lines)
