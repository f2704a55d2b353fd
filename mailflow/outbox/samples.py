"""A letter to prove each template with: fictional people, every field that the template may show filled.

`mailflow check` writes every letter with these; `mailflow templates` shows them. An administrator's own template without a sample here is
tried with the common ground alone.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mailflow.outbox.letter import Asked, Letter, Office, Word
from mailflow.outbox.sample_certificates import CERTIFICATES
from mailflow.outbox.sample_facts import APPLICANT, COMMON
from mailflow.outbox.sample_services import SERVICES
from mailflow.outbox.sample_staff import STAFF
from mailflow.outbox.sample_tasks import ADMIN, OFFICER

_DAY = datetime(2026, 3, 17, 2, 12, tzinfo=UTC)
_TIMES: dict[str, Any] = {
    "received": _DAY,
    "now": _DAY.replace(hour=3, minute=5),
    "due": datetime(2026, 3, 25, 9, 0, tzinfo=UTC),
    "closes": datetime(2026, 4, 2, 9, 0, tzinfo=UTC),
    "reopen_until": datetime(2026, 4, 24, 9, 0, tzinfo=UTC),
    "decided": _DAY.replace(hour=3, minute=1),
}
_GROUPS = {**APPLICANT, **SERVICES, **CERTIFICATES, **OFFICER, **STAFF, **ADMIN}


def sample(template: str, language: str) -> Letter:
    """A full letter for `template` in `language`; for a template that is not ours, the common ground."""
    own = _GROUPS.get(template, {})
    given = {
        name: _spoken(value, language) for name, value in {**COMMON, **own}.items() if name not in _TIMES
    }
    times: dict[str, Any] = {name: at for name, at in _TIMES.items() if own.get(name, True)}
    office = _spoken(given.pop("office"), language)
    built: dict[str, Any] = {name: _built(name, value) for name, value in given.items()}
    return Letter(language=language, office=Office(**office), **times, **built)


def bare(letter: Letter) -> Letter:
    """The least a letter may hold: the office alone. A template must be able to be written with it."""
    office = Office(
        name=letter.office.name,
        address=letter.office.address,
        phone="",
        hours="",
        timezone=letter.office.timezone,
    )
    return Letter(language=letter.language, office=office)


def plain(letter: Letter) -> Letter:
    """The same letter as it is where the server splits no addresses: keywords without buttons."""
    return replace(letter, words=tuple(replace(each, mailto="") for each in letter.words))


def _spoken(value: Any, language: str) -> Any:
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return _spoken(value[language], language)
    if isinstance(value, dict):
        return {name: _spoken(each, language) for name, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_spoken(each, language) for each in value)
    return value


def _built(name: str, value: Any) -> Any:
    if name == "missing":
        return tuple(Asked(**each) for each in value)
    if name == "words":
        return tuple(Word(**each) for each in value)
    return value
