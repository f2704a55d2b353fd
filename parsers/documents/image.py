"""Photos: recognised, and left to a person's eye. People sign the letter with a pen and photograph it.

The door of optical character recognition: its words become `parsers.letters.Word`, and `read_letter` reads on.
"""

from parsers.documents.found import Found


def read(data: bytes, pages: int) -> Found:
    """Return a photo as something a person can read; its fields stay blank."""
    del data, pages
    return Found(kind="unreadable", pages=1, problems=("photo",))
