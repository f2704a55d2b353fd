"""Formats that are recognised and not read yet: each has its name here, so that the officer and the sender are told what came.

To read one, write a module beside this one and name it in the table of `parsers.documents`.
"""

from parsers.documents.found import Found, Reader

NAMES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument": "opendocument",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-outlook": "msg",
    "application/x-ole-storage": "ole",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "application/vnd.rar": "rar",
    "application/x-7z-compressed": "7z",
    "application/gzip": "gzip",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pkcs7-mime": "p7m",
    "text/html": "html",
    "text/plain": "text",
    "application/octet-stream": "unknown",
}


def reader_of(media_type: str) -> Reader:
    """Return the reader that only recognises `media_type`."""
    name = NAMES.get(media_type, media_type)

    def read(data: bytes, pages: int) -> Found:
        del pages
        if not data:
            return Found(
                kind="unreadable", outcome="unreadable", readable_by_person=False, problems=("empty file",)
            )
        return Found(kind="unreadable", problems=(f"format {name} is not read yet",))

    return read
