"""The media type of bytes, by what they begin with: names and declared types are what the sender's program guessed."""

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
)
_HEIF_BRANDS = frozenset([b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"])
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")  # a member may be stored as it is
_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # OID 1.2.840.113549.1.7.*, of CMS (RFC 5652)
_HEAD = 1024
_TEXT = frozenset(range(0x20, 0x100)) | {9, 10, 12, 13}


def _container(data: bytes) -> str:
    """Return which kind of ZIP file this is; its directory is not opened."""
    if data[30:38] == b"mimetype" and data[38:77].startswith(b"application/vnd.oasis.opendocument."):
        return (
            "application/vnd.oasis.opendocument.text"
            if data[73:77] == b"text"
            else "application/vnd.oasis.opendocument"
        )
    for member, kind in (
        (b"word/document.xml", "wordprocessingml.document"),
        (b"xl/workbook.xml", "spreadsheetml.sheet"),
        (b"ppt/presentation.xml", "presentationml.presentation"),
    ):
        if member in data:
            return f"application/vnd.openxmlformats-officedocument.{kind}"
    return "application/zip"


def _compound(data: bytes) -> str:
    """Return which kind of OLE compound file this is, by the names in its directory."""
    for stream, kind in (
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
    ):
        if stream.encode("utf-16-le") in data:
            return kind
    return "application/x-ole-storage"


def _is_pdf(data: bytes) -> bool:
    """PDF readers accept a header within the first 1024 bytes (ISO 32000-1, annex H, note 13); before it must be no PEM and no archive."""
    at = data.find(b"%PDF-", 0, _HEAD)
    return at == 0 or (at > 0 and b"-----BEGIN" not in data[:at] and not data.startswith(_ARCHIVES))


def media_type(data: bytes) -> str:
    """Return the media type of `data`; `text/plain` for any text, `application/octet-stream` for what is unknown."""
    if _is_pdf(data):
        return "application/pdf"
    begun = next((kind for start, kind in _STARTS if data.startswith(start)), None)
    return begun or _image(data) or _packed(data) or _text(data)


def _image(data: bytes) -> str | None:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "image/heic"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/bmp" if data[:2] == b"BM" and data[6:10] == bytes(4) else None


def _packed(data: bytes) -> str | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(data)
    if data.startswith(_OLE):
        return _compound(data)
    return "application/pkcs7-mime" if data[:1] == b"0" and _PKCS7 in data[:32] else None


def _text(data: bytes) -> str:
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if not head or not _TEXT.issuperset(head):
        return "application/octet-stream"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"
