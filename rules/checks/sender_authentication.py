"""Whether the mail that each document came with is proven to be the applicant's."""

from collections.abc import Iterable, Iterator

from rules.case import CaseDocument, Finding
from rules.checks.evidence import Evidence, Proof
from rules.checks.finding import Rule, show
from rules.checks.remedies import CONFIRM_SENDER

ANSWERED, CONFIRMED, FORWARDED = "answered", "confirmed", "forwarded"
"""Methods of a `Proof` that no mail server wrote."""

_BRIEF = ("keaslian pengirim", "authenticity of the sender")
RULE = Rule(id="sender-authentication", authority="RFC 9989 (DMARC), RFC 6376 (DKIM), RFC 8601")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Judge document by document: each has the proof of the mail it came with, never that of another. Words alone have their mail's."""
    if not evidence.sender:
        return
    together: dict[Proof, list[CaseDocument]] = {}
    for document in evidence.counting:
        together.setdefault(evidence.proof(document), []).append(document)
    if not together:
        whole = Proof(sender=evidence.sender, authenticated=evidence.authenticated, method=evidence.method)
        together[whole] = []
    everything = len(together) == 1
    for proof, documents in together.items():
        yield _finding(evidence, proof, "" if everything else _names(documents), alone=everything)


def _names(documents: Iterable[CaseDocument]) -> str:
    return ", ".join(dict.fromkeys(show(each.facts.name) for each in documents))


def _finding(evidence: Evidence, proof: Proof, files: str, *, alone: bool) -> Finding:
    """Say what is known of one mail; `files` are named where the documents came with different ones."""
    key = _kind(evidence, proof)
    method = f" ({show(proof.method)})" if proof.method not in {"", "token-only"} else ""
    in_id, in_en = (
        _beginning(files, each.format(sender=show(proof.sender), applicant=show(evidence.sender), by=method))
        for each in _SENTENCES[key]
    )
    if key == "failed":
        return RULE.fails(in_id, in_en, CONFIRM_SENDER)
    if key == "another":
        return RULE.warns(in_id, in_en, CONFIRM_SENDER)
    if proof.authenticated:
        return RULE.passes(in_id, in_en, _BRIEF if alone and evidence.is_applicants(proof) else None)
    return RULE.cannot_tell(in_id, in_en, CONFIRM_SENDER)


def _kind(evidence: Evidence, proof: Proof) -> str:
    if proof.authenticated is False:
        return "failed"
    known = "proven" if proof.authenticated else "open"
    if not evidence.is_applicants(proof):
        return f"brought, {known}" if proof.method == CONFIRMED else "another"
    return next(
        (f"{each}, {known}" for each in (ANSWERED, CONFIRMED, FORWARDED) if each == proof.method), known
    )


def _beginning(files: str, sentence: str) -> str:
    return f"{files}: {sentence}" if files else sentence[0].upper() + sentence[1:]


_SENTENCES = {
    "failed": (
        "alamat pengirim {sender} TIDAK LOLOS pemeriksaan keaslian{by}; mungkin dipalsukan.",
        "the sender address {sender} FAILED authentication{by}; it may be forged.",
    ),
    "another": (
        "dikirim oleh {sender}, bukan oleh pemohon ({applicant}).",
        "sent by {sender}, not by the applicant ({applicant}).",
    ),
    "brought, proven": (
        "dikirim oleh {sender}, dikonfirmasi pemohon ({applicant}).",
        "sent by {sender}, confirmed by the applicant ({applicant}).",
    ),
    "brought, open": (
        "dikirim oleh {sender}; dikonfirmasi dari alamat pemohon, yang keasliannya tidak dapat diperiksa.",
        "sent by {sender}; confirmed from the applicant's address, which could not be checked.",
    ),
    "proven": ("pengirim terbukti{by}.", "the sender is proven{by}."),
    "open": (
        "keaslian {sender} tidak dapat diperiksa{by}.",
        "whether {sender} is genuine could not be checked{by}.",
    ),
    "answered, proven": (
        "pengirim membalas surat kami dari alamat yang sama.",
        "the sender replied to our letter from the same address.",
    ),
    "answered, open": (
        "pengirim {sender} membalas surat kami, tetapi server tidak menyatakan bahwa pengirimnya asli.",
        "the sender {sender} replied to our letter, but the server does not say that it is genuine.",
    ),
    "confirmed, proven": (
        "dikonfirmasi pemohon dari alamatnya yang terbukti.",
        "confirmed by the applicant from the proven address.",
    ),
    "confirmed, open": (
        "alamat {sender} menjawab BENAR atas pertanyaan kami, tetapi server tidak menyatakan bahwa pengirimnya asli.",
        "the address {sender} answered CONFIRM to our question, but the server does not say that it is genuine.",
    ),
    "forwarded, open": (
        "diteruskan oleh petugas; keaslian pengirim aslinya ({sender}) tidak diketahui.",
        "forwarded by an officer; whether its own sender ({sender}) is genuine is not known.",
    ),
}
"""What is said of a mail, in Indonesian and English."""
