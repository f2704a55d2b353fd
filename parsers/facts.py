"""What a reader found: frozen values, each with its provenance, and nothing that decides.

They cross the boundary of the document workers as JSON and are validated on arrival: strict types, no unknown keys.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

OriginKind = Literal["person", "auto-reply", "bounce", "list", "ams-notice", "own", "report"]
DocumentKind = Literal[
    "passphrase-loss-statement",
    "revocation-letter",
    "data-change-form",
    "recommendation-letter",
    "renewal-letter",
    "csr",
    "certificate",
    "private-key",
    "identity-card",
    "other",
    "unreadable",
]
Outcome = Literal["ok", "encrypted", "unreadable", "too-large", "timeout", "crashed"]


class Fact(BaseModel):
    """Base of every fact: frozen, no unknown keys, exact types."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Fact):
    """Who or what wrote a message (RFC 3834, 3464, 8098, 2369), with the header that says so."""

    kind: OriginKind
    reason: str


class Address(Fact):
    """A mailbox of RFC 5322: display name as written (decoded, one line), addr-spec with a lower-cased domain."""

    name: str = ""
    address: str


class Box(Fact):
    """A rectangle on a page in points, origin at the top left."""

    x0: float
    y0: float
    x1: float
    y1: float


class FieldValue(Fact):
    """One field of a letter, and where it was read.

    `value` is normalised (NIP and NIK as bare digits, dates as ISO 8601), `raw` is as printed. `confidence` is 0..1.
    `certain` is true only where the value may be acted on without a person's eye (text of a born-digital page, no repair).
    `page` counts from 1.
    """

    value: str
    raw: str
    confidence: float
    certain: bool
    page: int | None = None
    box: Box | None = None
    method: str
    repairs: tuple[str, ...] = ()
    note: str = ""


class Change(Fact):
    """One row of a table of changes: what is to be changed, the datum before ("Semula", "" where left open) and after ("Menjadi").

    `certain` as in `FieldValue`. Identity numbers and telephone numbers are bare digits.
    """

    what: str
    before: str
    after: str
    certain: bool = True


class PersonFacts(Fact):
    """A person whom a letter names in a table, or recommends: what of their data was read, "" for what was not.

    NIP and NIK are bare digits. `certain` as in `FieldValue`; `note` says what a person should look at.
    """

    name: str
    nip: str = ""
    nik: str = ""
    position: str = ""
    unit: str = ""
    official_email: str = ""
    phone: str = ""
    certain: bool = True
    note: str = ""


class SignatureFacts(Fact):
    """An electronic signature found in a document; `valid` is None where nothing verified it."""

    kind: str
    signer: str = ""
    valid: bool | None = None
    note: str = ""


class CsrFacts(Fact):
    """A certification request (PKCS#10, RFC 2986).

    `subject` holds (attribute short name, value) in encoded order; `subject_dn` is its RFC 4514 form.
    `proof_of_possession` is None where it could not be checked. `spki_sha256` and `der_sha256` are lower-case hex.
    """

    subject: tuple[tuple[str, str], ...]
    subject_dn: str
    emails: tuple[str, ...] = ()
    key_type: str
    key_bits: int
    public_exponent: int | None = None
    curve: str = ""
    signature_hash: str
    proof_of_possession: bool | None
    spki_sha256: str
    der_sha256: str
    pem: str
    weaknesses: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


class DocumentFacts(Fact):
    """One document of a message: an attachment, or a CSR pasted into the body.

    `digest` is the lower-case hex SHA-256 of its decoded bytes; empty only for a document whose bytes were purged.
    `score` (0..100) says how well `kind` is supported; `evidence` names the phrases. `method` is how it was read
    (`text`, `pkcs10`, `none`). `changes` and `persons` come from the tables of a letter, and `fields` has each of them once more in
    a line of text; a letter about several persons has no fields of one. `readable_by_person` is true for photos, scans and anything an officer can still look at.
    `doubtful`: a picture that may be a page or a logo; it serves only what nothing else serves.
    """

    name: str
    media_type: str
    size: int
    digest: str
    kind: DocumentKind
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    pages: int = 0
    method: str = "none"
    outcome: Outcome = "ok"
    fields: dict[str, FieldValue] = {}
    changes: tuple[Change, ...] = ()
    persons: tuple[PersonFacts, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    csr: CsrFacts | None = None
    readable_by_person: bool = True
    doubtful: bool = False
    problems: tuple[str, ...] = ()


class BounceFacts(Fact):
    """A delivery status notification (RFC 3464): what it says of which of our messages.

    `mark` is what stood in the field Mailflow-Letter of the message that came back, "" where none came.
    """

    action: str
    status: str = ""
    recipient: str = ""
    diagnostic: str = ""
    original_message_id: str = ""
    envelope_id: str = ""
    mark: str = ""


class Forwarded(Fact):
    """A message that another brings with it: attached whole (then with its Message-ID), or repeated as text.

    `sender` is None where it names no single one.
    """

    message_id: str = ""
    sender: Address | None = None
    subject: str = ""


class DkimResult(Fact):
    """A DKIM signature of the sender's domain, or of one above it, and what our own verification says of it.

    `fail`: what was signed has been changed, or was never signed; `refused`: whether it holds or not, it proves nothing (`why`);
    `unverified`: its key could not be had.
    """

    domain: str
    selector: str
    result: Literal["pass", "fail", "refused", "unverified"] = "unverified"
    why: str = ""


class MessageFacts(Fact):
    """One message, read.

    `from_` holds every mailbox of every From field; `sender` is the single one, or None with `from_defect` saying why
    (two different addresses, none at all). `from_doubt` says why the From field had to be read leniently ("" if it is sound): the sender is
    served, and nothing proves them, since the server at the border may have read the field otherwise.
    `recipients_defect` says why `to` and `cc` cannot be what the writer signed ("" if they can): a signature covers one field of each.
    `authentication_results` are the Authentication-Results fields of the topmost block (RFC 8601), one a line, "" if none;
    `authentication_depth` counts the Received fields above it; `border` tells
    whether the shell trusted the server that writes them when the message was read (None: not asked, as in messages of earlier releases).
    `dkim` are the signatures, verified by ourselves where their keys were found. `return_path` is None where absent and "" for the null path. `new_text` is what the writer added;
    quotes, forwarded text and signatures are in `quoted_text`. `below_text` is what stands below or between the quotation where nothing
    stands above it: read by a person, never taken for a word. The shell sets both anew where a letter of ours is repeated and known. `passed_over` are the notices that gateways put above or below the new text
    (`parsers.notices`): no words of the writer. `language` is `id`, `en` or "" (undecided).
    `documents` are what its writer sent; `additions` what mail programs and gateways put there beside it (contact cards, logos, notices):
    kept and listed, and never evidence. `reaction` is the sign of a message that is nothing but one (`👍`).
    `forwarded` are the messages it brings with it.
    `lists` are the lists and groups it says it came through, `writers` whom its fields name beside From. `relay` is set by the shell:
    `group`, it came through a group of the department's; `rewritten`, From is the group's and `sender` whom `writers` names: unproven.
    `unread` says why the words of the message could not be read at all ("" if they were, or there are none): it is encrypted.
    `secrets` counts private keys and the like that were found and cut out, `passphrases` those written out in the text.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    subject: str = ""
    from_: tuple[Address, ...] = ()
    sender: Address | None = None
    from_defect: str = ""
    from_doubt: str = ""
    reply_to: tuple[Address, ...] = ()
    lists: tuple[str, ...] = ()
    writers: tuple[Address, ...] = ()
    relay: Literal["", "group", "rewritten"] = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    recipients_defect: str = ""
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None
    authentication_results: str = ""
    authentication_depth: int = 0
    border: bool | None = None
    dkim: tuple[DkimResult, ...] = ()
    auto_submitted: str = ""
    origin: Origin
    bounce: BounceFacts | None = None
    new_text: str = ""
    quoted_text: str = ""
    below_text: str = ""
    passed_over: tuple[str, ...] = ()
    unread: str = ""
    language: str = ""
    documents: tuple[DocumentFacts, ...] = ()
    additions: tuple[DocumentFacts, ...] = ()
    reaction: str = ""
    forwarded: tuple[Forwarded, ...] = ()
    secrets: int = 0
    passphrases: int = 0
    problems: tuple[str, ...] = ()
