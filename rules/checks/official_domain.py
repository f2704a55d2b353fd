"""Whether the address is of the department's own domain."""

from collections.abc import Iterator

from parsers.identity import belongs_to
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import FROM_OFFICIAL_ADDRESS

RULE = Rule(
    id="official-domain", authority="E-mail dinas: domain sama atau subdomain (RFC 1034 3.1, RFC 5890)"
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Hold the sender's address, and the letter's where it is another, against the configured domain."""
    if not evidence.domain:
        return
    letter = evidence.field("official_email")
    addresses = dict.fromkeys(filter(None, [evidence.sender, letter.value if letter else ""]))
    strangers = [address for address in addresses if not belongs_to(address, evidence.domain)]
    for address in strangers:
        yield RULE.warns(
            f"{show(address)} bukan alamat e-mail dinas (@{evidence.domain}).",
            f"{show(address)} is not an official address (@{evidence.domain}).",
            FROM_OFFICIAL_ADDRESS,
        )
    if addresses and not strangers:
        yield RULE.passes(
            "Alamat e-mail dinas.", "The address is an official one.", ("e-mail dinas", "official address")
        )
