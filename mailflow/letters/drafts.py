"""The prefilled letters that go with a letter to the applicant: what the applicant has to sign, with what is known filled in."""

from collections.abc import Sequence

from mailflow.dossier import Matter
from mailflow.outbox.compose import Attachment


def prefilled(matter: Matter, names: Sequence[str]) -> tuple[Attachment, ...]:
    """Return the drafts of these names as attachments."""
    del matter, names
    return ()
