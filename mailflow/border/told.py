"""The mail server's standing in words, for `status` and `check`."""

from datetime import datetime
from typing import Any

from mailflow.border.standing import Tried, of_configuration, standing
from mailflow.config import Config

README = 'README, "The mail server\'s word"'


def shown(config: Config, known: Tried, now: datetime) -> dict[str, Any]:
    """Return the plain values: `standing`, `authserv_id`, when a letter was last `sent` and the last result was `tested`, `as` what, `trouble`."""
    zone = config.department.zone
    return {
        "standing": standing(config, known, now),
        "authserv_id": config.trust.authserv_id,
        "sent": known.sent.astimezone(zone) if known.sent else None,
        "tested": known.at.astimezone(zone) if known.at else None,
        "as": list(known.tested),
        "trouble": known.trouble,
    }


def in_a_line(data: dict[str, Any]) -> str:
    """Return the standing as one line of `status`."""
    name, tested = data["authserv_id"], data["tested"]
    on = f" on {tested:%d %b %Y}" if tested else ""
    half = (
        "" if "stranger" in data["as"] else ", in our own name alone: it takes no stranger's letter from us"
    )
    return {
        "off": "",
        "asserted": f"{name}: believed because trust.border says so, not tested",
        "configured": f"{name}: believed as configured; mailbox and way out are directories",
        "proven": f"{name}: believed, tested{on}{half}",
        "refuted": f"{name}: not believed, it let forged fields pass{on}",
        "unproven": f"{name}: not believed yet, not tested",
    }[data["standing"]]


def needs(data: dict[str, Any]) -> str:
    """Return what an administrator must do about it, "" for nothing."""
    name = data["authserv_id"]
    if data["standing"] == "refuted":
        return (
            f"the mail server lets forged Authentication-Results fields of {name} pass, so that only DKIM signatures prove who wrote: "
            f"mend it ({README}), then restart mailflow: it is tried again at the start"
        )
    if data["standing"] != "unproven":
        return ""
    waits = "the letter that tests it has not come back" if data["sent"] else "no test letter has left"
    why = f" ({data['trouble']})" if data["trouble"] else ""
    return f"the mail server's word on who wrote ({name}) does not count: {waits}{why}; until then only DKIM signatures prove it. {README}"


def warnings(config: Config) -> list[str]:
    """Return what the configuration alone should have somebody think about."""
    trust = config.trust
    said = {
        "asserted": f'trust.border = "asserted": you vouch that the mail server removes every forged Authentication-Results field of '
        f"{trust.authserv_id} from what comes in, also while a filter is down; nothing tests it. {README}",
        "configured": "mailbox and way out are directories: what stands in the mailbox under trust.authserv_id "
        f"({trust.authserv_id}) is believed untested",
        "off": f"trust.authserv_id is empty: only DKIM signatures prove who wrote. {README}",
    }
    decided = of_configuration(config)
    return [] if decided is None or trust.mode == "token-only" else [said[decided]]
