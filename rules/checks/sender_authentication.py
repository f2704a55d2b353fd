"""Whether the sender's domain vouched for this mail."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CONFIRM_SENDER

ANSWERED = "answered"
"""The method of a sender who answered a letter that only the owner of the address received."""

_BRIEF = ("pengirim", "sender")
RULE = Rule(id="sender-authentication", authority="RFC 9989 (DMARC), RFC 6376 (DKIM), RFC 8601")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Say what is known of the From address: proven, refuted, or neither."""
    if not evidence.sender:
        return
    method = f" ({show(evidence.method)})" if evidence.method else ""
    if evidence.authenticated and evidence.method == ANSWERED:
        yield RULE.passes(
            "Pengirim terbukti: membalas surat kami dari alamat yang sama.",
            "The sender is proven: a reply to our letter from the same address.",
            _BRIEF,
        )
    elif evidence.authenticated:
        yield RULE.passes(f"Pengirim terbukti{method}.", f"The sender is proven{method}.", _BRIEF)
    elif evidence.authenticated is False:
        yield RULE.fails(
            f"Alamat pengirim {show(evidence.sender)} tidak lolos pemeriksaan keaslian{method}; mungkin dipalsukan.",
            f"The sender address {show(evidence.sender)} failed authentication{method}; it may be forged.",
            CONFIRM_SENDER,
        )
    else:
        yield RULE.cannot_tell(
            f"Keaslian alamat pengirim {show(evidence.sender)} tidak dapat diperiksa{method}.",
            f"Whether the sender address {show(evidence.sender)} is genuine could not be checked{method}.",
            CONFIRM_SENDER,
        )
