"""Our own verification of a message's DKIM signatures, once, when it is read: what came of it is kept with its facts.

No transaction is open meanwhile: DNS may take seconds. Only keys that could prove the sender are asked for.
"""

from dataclasses import replace
from datetime import datetime

from mailflow.office import Office
from mailflow.trust.authentication import aligned
from parsers.dkim_signatures import key_name
from parsers.reading import Reading


def verified(office: Office, reading: Reading, raw: bytes, arrived: datetime) -> Reading:
    """Return what was read with its signatures verified: the worker names the keys, we ask for them, the worker verifies."""
    facts, config = reading.facts, office.config
    if facts.sender is None or config.trust.mode == "token-only":
        return reading
    domain = facts.sender.address.rpartition("@")[2].lower()
    ours = [each for each in facts.dkim if aligned(domain, each.domain, config.department.domain)]
    keys = office.keys.of(key_name(each) for each in ours)
    found = office.reader.signatures(raw, keys, int(arrived.timestamp())) if keys else ()
    if not found:
        return reading
    return replace(reading, facts=facts.model_copy(update={"dkim": found}))
