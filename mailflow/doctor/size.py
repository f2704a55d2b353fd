"""Whether the way out carries our largest letter (SIZE, RFC 1870)."""

from collections.abc import Iterator

from mailflow.doctor.finding import Finding
from mailflow.doctor.visit import Visit
from mailflow.letters.task import ATTACHMENTS_BYTES
from mailflow.outbox.esmtp import size_limit

LARGEST = ATTACHMENTS_BYTES * 78 // 57 + 2**18
"""Octets of an officer's letter with as many files as it may have, in base64 (57 octets make a line of 78), and its text."""


def judge(seen: Visit) -> Iterator[Finding]:
    """Compare the announced limit with our largest letter."""
    if not seen.reached("tls"):
        yield Finding(check="size", verdict="untried", where=seen.where, what="no sound connection")
        return
    limit = size_limit(seen.offered)
    if limit is None:
        yield Finding(check="size", verdict="fact", where=seen.where, what="the server announces no limit")
        return
    what = f"the server takes {limit} bytes, our largest letter has {LARGEST}"
    if limit >= LARGEST:
        yield Finding(check="size", verdict="fine", where=seen.where, what=what)
    else:
        remedy = f"raise the server's limit to {LARGEST}; until then tasks with large files cannot be sent"
        yield Finding(check="size", verdict="finding", where=seen.where, what=what, next=remedy)
