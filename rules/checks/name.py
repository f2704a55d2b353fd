"""Whether the CSR bears the name of the letter."""

from collections.abc import Iterator

from parsers.identity import same_name
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SAME_DATA_CSR

RULE = Rule(id="name", authority="SOP langkah 2; nama lengkap tanpa gelar (AMS)")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Compare the letter's name with the CSR's common name, titles and case aside; both are shown where they differ."""
    common_name = evidence.csr_attribute("CN")
    if not common_name:
        return
    letter = evidence.field("name")
    if letter is None:
        yield RULE.cannot_tell(
            f"Nama pada CSR: {show(common_name)}. Nama pada surat tidak terbaca, mohon dibandingkan.",
            f"Name in the CSR: {show(common_name)}. The name in the letter was not read, please compare.",
            SAME_DATA_CSR,
        )
    elif same_name(letter.value, common_name):
        yield RULE.passes(
            "Nama pada surat dan CSR sama.", "The name agrees in letter and CSR.", ("nama", "name")
        )
    else:
        yield RULE.warns(
            f"Nama berbeda: pada surat {show(letter.value)}, pada CSR {show(common_name)}.",
            f"The names differ: letter {show(letter.value)}, CSR {show(common_name)}.",
            SAME_DATA_CSR,
        )
