"""How far the mail server's word counts, and when it was last tried.

Proven is that mail which takes the way of the test letters, in through the configured SMTP and out of the mailbox, comes without forged
fields of the server's name. It is believed for two weeks, and for fields that stand no deeper than the server's own stood in the letter that
came as a stranger's: what a stranger writes stands below them.
"""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from mailflow.config import Config
from mailflow.office import Office
from mailflow.store.tables import Setting
from mailflow.work import Work
from parsers.facts import MessageFacts

GOOD_FOR = timedelta(days=14)
AGAIN = timedelta(days=7)
DAILY = timedelta(days=1)
"""How soon it is tried again while nothing is proven."""
_NAME = "border"

Standing = Literal["off", "asserted", "configured", "proven", "refuted", "unproven"]
"""`off`: no server's word is asked for; `configured`: mailbox and way out are directories, no server stands between."""


class Tried(BaseModel):
    """What is on record.

    `sent` is when the latest letters left, `awaits` the styles of those that have not come back, `clean` of those that came back as they
    should. `at` is when the letters of the last result were sent, `tested` their styles; `depth` is how many Received fields stood above the
    server's own in the stranger's, None where it had none.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    authserv_id: str
    sent: datetime | None = None
    awaits: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()
    depth_seen: int | None = None
    result: Literal["", "proven", "refuted"] = ""
    at: datetime | None = None
    tested: tuple[str, ...] = ()
    depth: int | None = None
    trouble: str = ""


def tried(session: Session, config: Config) -> Tried:
    """Return what is on record of the configured server; nothing is of one that was named anew."""
    name = config.trust.authserv_id
    row = session.get(Setting, _NAME)
    known = Tried.model_validate_json(row.value) if row else Tried(authserv_id=name)
    return known if known.authserv_id == name else Tried(authserv_id=name)


def remember(work: Work, known: Tried) -> None:
    """Put it on record."""
    work.session.merge(Setting(name=_NAME, value=known.model_dump_json()))


def of_configuration(config: Config) -> Standing | None:
    """Return what the configuration alone decides, None where the server must be tried."""
    if config.trust.mode == "token-only" or not config.trust.authserv_id:
        return "off"
    if config.trust.border == "asserted":
        return "asserted"
    return "configured" if config.is_on_disk else None


def standing(config: Config, known: Tried, now: datetime) -> Standing:
    """Return how far the server's word counts now."""
    decided = of_configuration(config)
    if decided is not None:
        return decided
    if known.result == "refuted":
        return "refuted"
    fresh = known.at is not None and now - known.at <= GOOD_FOR
    return "proven" if known.result == "proven" and fresh else "unproven"


def is_believed(work: Work, facts: MessageFacts) -> bool:
    """Tell whether the server's fields in a message that is read now count."""
    known = tried(work.session, work.office.config)
    now = standing(work.office.config, known, work.office.now())
    if now == "proven":
        return known.depth is None or facts.authentication_depth <= known.depth
    return now in {"asserted", "configured"}


def is_due(office: Office, known: Tried, *, starting: bool = False) -> bool:
    """Tell whether a letter is to be sent: weekly, daily while nothing is proven, and at a start without a fresh proof."""
    if of_configuration(office.config) is not None or office.is_observing:
        return False
    now = office.now()
    if known.sent is None or known.sent > now:
        return True
    proven = known.result == "proven" and known.at is not None and now - known.at < AGAIN
    if starting and not proven:
        return now - known.sent >= timedelta(hours=1)
    return now - known.sent >= (AGAIN if proven and not known.awaits else DAILY)
