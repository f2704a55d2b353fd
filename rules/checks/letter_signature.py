"""Whether the letter is signed: a pen's signature is for a person's eye, an electronic one is evidence and never an approval."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SIGNED_LETTER

RULE = Rule(id="letter-signature", authority="UU 11/2008 Ps 11; ETSI EN 319 142 (PAdES)")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Report what is known of each electronic signature; without one a person must look for the pen's."""
    if evidence.letter is None:
        return
    signatures = evidence.letter.facts.signatures
    if not signatures:
        yield RULE.cannot_tell(
            "Tanda tangan pada surat: tidak dapat diperiksa sistem, mohon dilihat.",
            "The signature on the letter: the system cannot check it, please look.",
            SIGNED_LETTER,
        )
    for signature in signatures:
        signer = f" ({show(signature.signer)})" if signature.signer else ""
        if signature.valid:
            yield RULE.passes(
                f"Tanda tangan elektronik sah{signer}.",
                f"The electronic signature is valid{signer}.",
                ("tanda tangan elektronik pada surat", "electronic signature on the letter"),
            )
        elif signature.valid is False:
            yield RULE.fails(
                f"Tanda tangan elektronik tidak sah{signer}.",
                f"The electronic signature is not valid{signer}.",
                SIGNED_LETTER,
            )
        else:
            yield RULE.cannot_tell(
                f"Surat bertanda tangan elektronik{signer}; tidak dapat diperiksa sistem.",
                f"The letter is signed electronically{signer}; the system cannot check it.",
                SIGNED_LETTER,
            )
