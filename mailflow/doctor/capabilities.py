"""What the IMAP server can do of what we use: MOVE (RFC 6851), UIDPLUS (RFC 4315), IDLE (RFC 2177)."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Visit


def judge(seen: Visit) -> Iterator[Finding]:
    """Tell them as facts; without MOVE and UIDPLUS the server cannot be used."""
    check, where = "capabilities", seen.where
    if not seen.reached("login"):
        yield Finding(check=check, verdict="untried", where=where, what="not logged in")
        return
    said = ", ".join(
        f"{each} {'yes' if each in seen.offered else 'no'}" for each in ("MOVE", "UIDPLUS", "IDLE")
    )
    if "MOVE" in seen.offered or "UIDPLUS" in seen.offered:
        slow = "" if "IDLE" in seen.offered else "; without IDLE the mailbox is looked at by polling"
        yield Finding(check=check, verdict="fact", where=where, what=said + slow)
    else:
        what = f"{said}: finished mail cannot be moved without touching other mail"
        remedy = "ask for a server with MOVE or UIDPLUS (RFC 6851, RFC 4315)"
        yield Finding(check=check, verdict="finding", where=where, what=what, next=remedy)
