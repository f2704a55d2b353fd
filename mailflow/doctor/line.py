"""Whether the server is reached and the line to it protected: TLS, name, chain (RFC 8314, RFC 9325)."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Visit


def judge(seen: Visit) -> Iterator[Finding]:
    """Judge connection and TLS."""
    where = seen.where
    if not seen.reached("connect"):
        yield Finding(check="connect", verdict="finding", where=where, what=seen.what, next=seen.next)
        yield Finding(check="tls", verdict="untried", where=where, what="the server was not reached")
        return
    yield Finding(check="connect", verdict="fine", where=where, what="reached")
    if not seen.reached("tls"):
        yield Finding(check="tls", verdict="finding", where=where, what=seen.what, next=seen.next)
    elif seen.is_protected:
        what = "the certificate's chain and name are accepted"
        yield Finding(check="tls", verdict="fine", where=where, what=what)
    else:
        yield Finding(check="tls", verdict="fact", where=where, what="no TLS: loopback only")
