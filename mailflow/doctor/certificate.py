"""How long the server's certificate still holds."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Visit

SOON = timedelta(days=14)


def judge(seen: Visit, now: datetime) -> Iterator[Finding]:
    """Say the days left; fewer than fourteen are a finding. Nothing on a line without TLS."""
    if not seen.certificate or "notAfter" not in seen.certificate:
        return
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(seen.certificate["notAfter"]), UTC)
    what = f"the server's certificate expires in {(ends - now).days} days, on {ends:%Y-%m-%d %H:%M} UTC"
    if ends - now >= SOON:
        yield Finding(check="certificate", verdict="fine", where=seen.where, what=what)
    else:
        remedy = "renew it on the mail server now: from then on neither mail comes in nor letters leave there"
        yield Finding(check="certificate", verdict="finding", where=seen.where, what=what, next=remedy)
