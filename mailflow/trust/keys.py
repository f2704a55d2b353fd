"""The public keys of DKIM signatures, asked for in the DNS and remembered: the one question this program puts to the network for a message.

No key, no proof, never a pass. A name that nobody answers for is not asked again for a minute, and after a few of them nothing is, so
that a name server that is away holds no queue up; for the domains of the department's own people it is asked nevertheless, since anybody can
write from a domain whose servers are silent.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

import dns.exception
import dns.resolver
import structlog

from mailflow.clock import Clock

log = structlog.get_logger("mailflow")

_LONGEST, _SHORTEST = timedelta(hours=1), timedelta(minutes=1)
_UNKNOWN = timedelta(minutes=5)
"""How long a name without a key is not asked for again."""
_AWAY = timedelta(minutes=1)
_SECONDS = 3.0
_PATIENCE = 3
"""So many names without an answer in a row: it is the name server that is away."""
_MOST = 5_000
"""Names remembered."""

Ask = Callable[[str], tuple[str, timedelta]]
"""Return a TXT record and how long it is good for; raises `DNSException` where nobody answers, `LookupError` where there is none."""


class Keys:
    """Looks keys up; safe to share between threads."""

    def __init__(
        self, clock: Clock, servers: Iterable[str] = (), ask: Ask | None = None, ours: Iterable[str] = ()
    ) -> None:
        self._clock = clock
        self._ours = tuple(f"._domainkey.{each}" for each in ours)
        self._unanswered = 0
        self._ask = ask or _asker(tuple(servers))
        self._known: dict[str, tuple[str, datetime]] = {}
        self._away_until: datetime | None = None
        self._lock = threading.Lock()

    def of(self, names: Iterable[str]) -> Mapping[str, str]:
        """Return the TXT records of those of the names that have one and whose server answers."""
        with self._lock:
            found = {name: self._one(name) for name in dict.fromkeys(names) if name}
        return {name: record for name, record in found.items() if record}

    def _one(self, name: str) -> str:
        now = self._clock()
        known = self._known.get(name)
        if known is not None and now < known[1]:
            return known[0]
        if self._away_until is not None and now < self._away_until and not name.endswith(self._ours):
            return ""
        try:
            record, good_for = self._ask(name)
        except LookupError:
            record, good_for = "", _UNKNOWN
        except (dns.exception.DNSException, OSError, ValueError) as fault:
            log.warning("dns-away", fault=type(fault).__name__)
            self._unanswered += 1
            self._away_until = now + _AWAY if self._unanswered >= _PATIENCE else None
            self._remember(name, "", now + _AWAY)
            return ""
        self._unanswered, self._away_until = 0, None
        self._remember(name, record, now + min(max(good_for, _SHORTEST), _LONGEST))
        return record

    def _remember(self, name: str, record: str, until: datetime) -> None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[name] = (record, until)


def _asker(servers: tuple[str, ...]) -> Ask:
    """Ask the system's resolver, or these servers (`address` or `address:port`)."""

    def ask(name: str) -> tuple[str, timedelta]:
        resolver = dns.resolver.Resolver(configure=not servers)
        if servers:
            address, _, port = (
                servers[0].rpartition(":") if servers[0].count(":") == 1 else (servers[0], "", "53")
            )
            resolver.nameservers, resolver.port = [address], int(port)
        resolver.lifetime = _SECONDS
        try:
            answer = resolver.resolve(name, "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as none:
            raise LookupError(name) from none
        records = [b"".join(each.strings).decode("ascii", "replace") for each in answer]
        records = [each for each in records if "p=" in each]
        if len(records) != 1:  # RFC 6376 §3.6.2.2: what several records mean is undefined
            raise LookupError(name)
        return records[0], timedelta(seconds=answer.rrset.ttl if answer.rrset is not None else 0)

    return ask
