"""What one visit to a mail server showed, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Step = Literal["connect", "tls", "login", "folders", "sender", "recipient"]
_ORDER: tuple[Step, ...] = ("connect", "tls", "login", "folders", "sender", "recipient")


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A configured folder: the key that names it, whether the server shows it, and what it said when not."""

    key: str
    name: str
    is_there: bool
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """`failed` is the step at which the visit ended, None where all went well; `what` the words of it, `next` the remedy.

    `certificate` is the server's as `ssl.SSLSocket.getpeercert` gives it, None on a line without TLS; `offered` its
    capabilities after the login, by name.
    """

    where: str
    section: Literal["[mailbox]", "[smtp]"]
    is_protected: bool = True
    failed: Step | None = None
    what: str = ""
    next: str = ""
    certificate: Mapping[str, Any] | None = None
    offered: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[Folder, ...] = ()

    def reached(self, step: Step) -> bool:
        """Tell whether the visit came past this step."""
        return self.failed is None or _ORDER.index(self.failed) > _ORDER.index(step)

    def came_to(self, step: Step) -> bool:
        """Tell whether this step was tried at all."""
        return self.reached(step) or self.failed == step
