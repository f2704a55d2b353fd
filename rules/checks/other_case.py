"""Whether somebody asks for the same person in another open case."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CONFIRM_SENDER

RULE = Rule(id="other-case", authority="SOP: satu permohonan untuk satu orang")
_MOST = 3  # tickets that are named


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name the other open requests for the letter's NIP: one of the two may come from somebody else."""
    others = [ticket for ticket in evidence.same_nip if ticket != evidence.ticket]
    if others:
        shown = ", ".join(show(ticket) for ticket in others[:_MOST])
        yield RULE.warns(
            f"Permohonan lain atas NIP yang sama masih berjalan: {shown}.",
            f"Another request for the same NIP is under way: {shown}.",
            CONFIRM_SENDER,
        )
