"""Whether all the papers of a case speak of one person: its letters among each other, superseded ones too, and its CSRs."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from parsers.facts import DocumentFacts
from parsers.identity import bare_digits, fold_name, format_nip
from rules.case import CaseDocument, Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import ONE_PERSON

RULE = Rule(
    id="same-person",
    authority="SOP langkah 2: pengirim, surat, dan CSR harus orang yang sama; satu permohonan untuk satu orang",
)
_SPELLING = 0.8  # of 1: two writings that share so much of their letters are left to the check of names


@dataclass(frozen=True)
class _Paper:
    """Whom a letter or a CSR names; "" where it does not say."""

    name: str
    nip: str
    message: int

    @property
    def shown(self) -> str:
        nip = f"NIP {show(format_nip(self.nip))}" if self.nip else ""
        return " ".join(filter(None, [show(self.name), f"({nip})" if self.name and nip else nip]))


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Hold every paper against every other; the first two that differ are named.

    Where the NIP is the same, a later letter with another spelling is a correction: a warning, not two people.
    """
    letters = [paper for each in evidence.documents if (paper := _letter(each)).shown]
    requests = [paper for each in evidence.documents if (paper := _request(each)).name]
    differing = [pair for pair in combinations(letters, 2) if _differ(*pair)]
    differing += [(one, other) for one in letters for other in requests if _another(one.name, other.name)]
    grave = [pair for pair in differing if not _is_corrected(*pair)]
    if grave:
        one, other = (paper.shown for paper in grave[0])
        yield RULE.fails(
            f"Berkas dari ORANG YANG BERBEDA dalam satu permohonan: {one} dan {other}.",
            f"Papers of DIFFERENT PEOPLE in one request: {one} and {other}.",
            ONE_PERSON,
        )
    elif differing:
        one, other = (paper.shown for paper in differing[0])
        yield RULE.warns(
            f"Nama pada surat berubah dengan NIP yang sama: semula {one}, kini {other}.",
            f"The name in the letter changed, the NIP did not: first {one}, now {other}.",
            ONE_PERSON,
        )
    elif len(letters) > 1:
        yield RULE.passes("Semua surat dari orang yang sama.", "All letters are of the same person.")


def _letter(document: CaseDocument) -> _Paper:
    facts = document.facts
    return _Paper(_read(facts, "name"), bare_digits(_read(facts, "nip")), document.message)


def _read(facts: DocumentFacts, field: str) -> str:
    value = facts.fields.get(field)
    return value.value.strip() if value else ""


def _request(document: CaseDocument) -> _Paper:
    csr = document.facts.csr
    names = [value.strip() for name, value in csr.subject if name == "CN"] if csr else []
    return _Paper(names[0] if names else "", "", document.message)


def _differ(one: _Paper, other: _Paper) -> bool:
    if one.nip and other.nip and one.nip != other.nip:
        return True
    return bool(one.name and other.name and fold_name(one.name) != fold_name(other.name))


def _is_corrected(one: _Paper, other: _Paper) -> bool:
    return bool(one.nip) and one.nip == other.nip and one.message != other.message


def _another(letter: str, common_name: str) -> bool:
    """Tell a CSR of somebody else: not spelt alike, and neither name the other one shortened."""
    one, other = fold_name(letter), fold_name(common_name)
    if not one or not other:
        return False
    words, others = set(one.split()), set(other.split())
    if words <= others or others <= words:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < _SPELLING
