"""Our own verification of a message's DKIM signatures, once, when it is read: what came of it is kept with its facts."""

from dataclasses import replace

from mailflow.office import Office
from parsers.dkim_signatures import key_name
from parsers.reading import Reading


def verified(office: Office, reading: Reading, raw: bytes) -> Reading:
    """Return what was read with its signatures verified: the worker names the keys, we ask for them, the worker verifies."""
    keys = office.keys.of(key_name(each) for each in reading.facts.dkim)
    found = office.reader.signatures(raw, keys) if keys else ()
    if not found:
        return reading
    return replace(reading, facts=reading.facts.model_copy(update={"dkim": found}))
