"""What the checks look at: one frozen value. Whatever is history, registry or trust is known elsewhere and given in."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from parsers.facts import CsrFacts, FieldValue
from parsers.identity import same_address
from rules.case import CaseDocument, Value
from rules.checks.on_file import Claim, OnFile, claim_of
from rules.sop import Need

_MACHINE_ONLY = frozenset({"csr", "certificate", "private-key"})


class Proof(Value):
    """What is known of who sent a mail: its From address, whether that is proven (None: nothing was said of it), and by what.

    `method`: `dmarc`, `dkim`, `token-only`; `answered` (a reply to a letter of ours from the very address it went to), `confirmed` (the
    applicant was asked about this mail and said yes), `forwarded` (an officer brought it: nothing is known of its own way).
    """

    sender: str = ""
    authenticated: bool | None = None
    method: str = ""


class Evidence(Value):
    """A case's documents and what is known around them.

    `needs`: what the SOP's rows ask for, by id, in their order; a document serves the need its `need` names, the newest counts.
    `sender`: the applicant's address; `authenticated` and `method` are what is known of mails that brought no document, as in `Proof`.
    `proofs`: what is known of the mail that a document came with, by the document's digest.
    `on_file`: what independent sources hold of the persons of the letters, and of whoever has the applicant's address.
    `domain`: the department's own domain, "" if not to be checked. `ticket`: this case's.
    `spki_seen`, `csr_seen`: ticket (or serial) by lower-case hex SHA-256 of every key and request known before, of anyone.
    `spki_own`: those keys of `spki_seen` that only this person's own other requests held, none of which came to a certificate.
    `same_nip`: tickets of other open cases for a NIP of this one.
    `holder_says`: whether the holder confirmed (or denied) what somebody else sent for them, None while not asked or not answered.
    `secrets`: private keys that came with this case's messages and were purged.
    """

    now: datetime
    documents: tuple[CaseDocument, ...] = ()
    needs: Mapping[str, Need] = {}
    ticket: str = ""
    sender: str = ""
    authenticated: bool | None = None
    method: str = ""
    proofs: Mapping[str, Proof] = {}
    on_file: tuple[OnFile, ...] = ()
    domain: str = ""
    spki_seen: Mapping[str, str] = {}
    csr_seen: Mapping[str, str] = {}
    spki_own: frozenset[str] = frozenset()
    same_nip: tuple[str, ...] = ()
    secrets: int = 0
    holder_says: bool | None = None

    @cached_property
    def served(self) -> dict[str, CaseDocument]:
        """The newest document of each need that has one: one that was read before one that only a person can tell."""
        named = sorted(
            (document for document in self.documents if document.need is not None),
            key=lambda document: not document.unread,
        )
        return {document.need: document for document in named if document.need is not None}

    @cached_property
    def unread(self) -> tuple[CaseDocument, ...]:
        """What a person must look at: not read, and not followed by a letter of the same need that was."""
        read = {each.need: each.received for each in self.documents if each.need and not each.unread}
        return tuple(
            each
            for each in self.documents
            if each.unread and (each.need not in read or each.received >= read[each.need])
        )

    @cached_property
    def letter(self) -> CaseDocument | None:
        """The letter: the document of the first need that a person writes rather than a machine."""
        for name, document in self.served.items():
            need = self.needs.get(name)
            kinds = frozenset(need.document) if need else frozenset({document.facts.kind})
            if not kinds & _MACHINE_ONLY:
                return document
        return None

    @cached_property
    def csr(self) -> CsrFacts | None:
        """The newest certification request of the case that could be read."""
        found = [document.facts.csr for document in self.documents if document.facts.csr is not None]
        return found[-1] if found else None

    @cached_property
    def claim(self) -> Claim:
        """Whom the letter says it is from; where it was not read, whom the CSR names."""
        claim = claim_of(self.letter.facts) if self.letter else Claim()
        requests = [each.facts for each in self.documents if each.facts.csr is not None]
        return claim if claim.name or claim.nip or not requests else claim_of(requests[-1])

    @cached_property
    def counting(self) -> tuple[CaseDocument, ...]:
        """The documents that count: what a newer one of the same need has replaced does not."""
        newest = {each.facts.digest for each in (*self.served.values(), *self.unread)}
        return tuple(each for each in self.documents if each.need is None or each.facts.digest in newest)

    def proof(self, document: CaseDocument) -> Proof:
        """Return what is known of the mail that a document came with."""
        whole = Proof(sender=self.sender, authenticated=self.authenticated, method=self.method)
        return self.proofs.get(document.facts.digest, whole)

    @cached_property
    def is_refuted(self) -> bool:
        """Whether a mail that brought a document that counts failed authentication: then its address agrees with nothing."""
        return any(self.proof(each).authenticated is False for each in self.counting)

    def is_applicants(self, proof: Proof) -> bool:
        """Tell whether a mail came from the applicant's address."""
        return same_address(proof.sender, self.sender)

    def field(self, name: str) -> FieldValue | None:
        """Return a field of the letter that was read and is not empty."""
        value = self.letter.facts.fields.get(name) if self.letter else None
        return value if value is not None and value.value.strip() else None

    def csr_attribute(self, *names: str) -> str:
        """Return the first attribute of the request's subject with one of `names`, "" if none."""
        attributes = self.csr.subject if self.csr else ()
        return next((value for name, value in attributes if name in names and value.strip()), "")
