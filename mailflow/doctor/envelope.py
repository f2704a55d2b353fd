"""Whether the way out takes the department's address as sender and as recipient (the letters that test it go there)."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Step, Visit

_STEPS: tuple[Step, ...] = ("sender", "recipient")


def judge(seen: Visit, address: str) -> Iterator[Finding]:
    """Judge MAIL FROM and RCPT TO; the transaction was reset, nothing was sent."""
    for step in _STEPS:
        if seen.reached(step):
            what = f"{address} is accepted as {step}"
            yield Finding(check=step, verdict="fine", where=seen.where, what=what)
        elif seen.failed == step:
            yield Finding(check=step, verdict="finding", where=seen.where, what=seen.what, next=seen.next)
        else:
            yield Finding(check=step, verdict="untried", where=seen.where, what="an earlier step failed")
