"""Whether From line, letter and CSR give one address. All three are the writer's own word: what is on file is held against them elsewhere."""

from collections.abc import Iterator

from parsers.identity import same_address
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.on_file import meant
from rules.checks.remedies import FROM_OFFICIAL_ADDRESS, SAME_DATA_CSR

RULE = Rule(id="sender-address", authority="SOP langkah 2: pengirim, surat, dan CSR harus orang yang sama")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Compare the From address with the letter's official address, and the CSR's addresses with what is on file, else with those two.

    What agrees is told in brief only where an address on file stands behind it: one claim does not prove another.
    """
    sender = evidence.sender
    if not sender or (evidence.letter is not None and len(evidence.letter.facts.persons) > 1):
        return  # a collective letter is sent by one for many
    letter = evidence.field("official_email")
    known = [each.address for each in meant(evidence.claim, evidence.on_file)]
    if letter is None:
        if evidence.letter is not None:
            yield RULE.cannot_tell(
                f"Pengirim {show(sender)}; alamat e-mail pada surat tidak terbaca, mohon dibandingkan.",
                f"The sender is {show(sender)}; the address in the letter was not read, please compare.",
                FROM_OFFICIAL_ADDRESS,
            )
    elif same_address(sender, letter.value):
        proven = not evidence.is_refuted and any(same_address(each, letter.value) for each in known)
        yield RULE.passes(
            "Alamat pengirim sama dengan surat.",
            "The sender address agrees with the letter.",
            ("e-mail pada surat", "e-mail in the letter") if proven else None,
        )
    elif evidence.holder_says:
        yield RULE.passes(
            "Pengirim bukan pemegang; pemegang sudah mengonfirmasi dari alamat dinasnya.",
            "The sender is not the holder; the holder has confirmed from the official address.",
            ("dikonfirmasi pemegang", "confirmed by the holder"),
        )
    else:
        yield RULE.fails(
            f"Alamat berbeda: pengirim {show(sender)}, pada surat {show(letter.value)}.",
            f"The addresses differ: sender {show(sender)}, letter {show(letter.value)}.",
            FROM_OFFICIAL_ADDRESS,
        )
    yield from _csr(evidence, known, letter.value if letter else sender)


def _csr(evidence: Evidence, known: list[str], claimed: str) -> Iterator[Finding]:
    emails, expected = evidence.csr.emails if evidence.csr else (), known or [claimed]
    others = [email for email in emails if not any(same_address(email, each) for each in expected)]
    source = ("tercatat", "on file") if known else ("pada surat atau pengirim", "letter or sender")
    if others:
        shown = ", ".join(show(email) for email in others[:3])
        yield RULE.warns(
            f"Alamat e-mail berbeda: pada CSR {shown}, {source[0]} {show(expected[0])}.",
            f"The addresses differ: CSR {shown}, {source[1]} {show(expected[0])}.",
            SAME_DATA_CSR,
        )
    elif emails:
        yield RULE.passes(
            "Alamat e-mail pada CSR sama.",
            "The address in the CSR agrees.",
            ("e-mail pada CSR", "e-mail in the CSR") if known else None,
        )
