"""Whether the CSR names the unit and institution of the letter."""

from collections.abc import Iterator

from parsers.identity import fold_words, strip_titles
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SAME_DATA_CSR

RULE = Rule(id="institution", authority="SOP langkah 2; Subject DN menurut X.520")
_PAIRS = (
    ("unit", "OU", ("Unit kerja", "Unit"), ("unit kerja", "unit")),
    ("institution", "O", ("Instansi", "Institution"), ("instansi", "institution")),
)


def _agree(one: str, other: str) -> bool:
    """Tell whether one naming is the other or a part of it in whole words (`Dinas Pendidikan`, `Dinas Pendidikan Kota Contoh`)."""
    if _titled(one) != _titled(other):
        return False  # `Kota Contoh/ M.T./ S.Kom.`: a person's titles were swept into it
    first, second = fold_words(one).split(), fold_words(other).split()
    short, long = sorted((first, second), key=len)
    return bool(short) and any(
        long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)
    )


def _titled(name: str) -> bool:
    """Tell whether academic titles stand at the end, after a comma or a stroke."""
    pieces = name.replace("/", ",").split(",")[1:]
    whole = " ".join(",".join(["X", *pieces]).split())
    return strip_titles(whole) != whole


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Compare unit with OU and institution with O where both are there; a unit may stand in either attribute."""
    named = [value for name, value in (evidence.csr.subject if evidence.csr else ()) if name in ("O", "OU")]
    for field, attribute, (id_, en), brief in _PAIRS:
        letter, csr = evidence.field(field), evidence.csr_attribute(attribute)
        if letter is None or not csr:
            continue
        if any(_agree(letter.value, value) for value in named):
            yield RULE.passes(f"{id_} pada surat dan CSR sama.", f"{en}: letter and CSR agree.", brief)
        else:
            yield RULE.warns(
                f"{id_} berbeda: pada surat {show(letter.value)}, pada CSR {show(csr)}.",
                f"{en} differs: letter {show(letter.value)}, CSR {show(csr)}.",
                SAME_DATA_CSR,
            )
