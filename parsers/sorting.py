"""What of a message's parts its writer sent, and what a program put beside it."""

from dataclasses import dataclass
from functools import cached_property

from parsers.additions import addition
from parsers.facts import DocumentFacts
from parsers.message import shown_pictures
from parsers.mime import Part
from parsers.pictures import Place, kind_in_text, kind_of

_ADORNMENT = "picture of a signature or a letterhead"


@dataclass(frozen=True)
class Sorting:
    """Sorts the parts of one message; its HTML is looked at only where there is a picture."""

    root: Part

    @cached_property
    def _shown(self) -> dict[str, Place]:
        return shown_pictures(self.root)

    def of(self, part: Part, data: bytes, found: DocumentFacts) -> tuple[str, bool]:
        """Return what a program added, "" for what the writer sent, and whether that is doubtful."""
        if found.outcome not in ("ok", "unreadable"):
            return "", False  # a worker died of it, or it is too large: it is not opened once more
        if not found.media_type.startswith("image/"):
            return addition(part, data, found), False
        kind = kind_of(part, data, found, self._shown.get(part.content_id) if part.content_id else None)
        return _ADORNMENT if kind == "adornment" else "", kind == "doubtful"


def of_text(data: bytes, found: DocumentFacts) -> tuple[str, bool]:
    """Return the same of a picture that stands in the text itself."""
    kind = kind_in_text(data, found)
    return _ADORNMENT if kind == "adornment" else "", kind == "doubtful"
