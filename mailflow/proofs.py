"""What is known of who sent each document of a request: the proof of the mail it came with, and of no other.

The same file sent again in a proven mail is proven. A mail that an officer forwarded has none of its own. What the applicant was asked
about and said yes to has the proof of that answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, select

from mailflow import cases
from mailflow.dossier import Matter
from mailflow.store.tables import Drawn, MessageRow, MessageState, OutboxRow, Transition
from mailflow.trust.authentication import Authentication, authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from parsers.identity import belongs_to, same_address
from rules.checks.evidence import Proof
from rules.checks.sender_authentication import ANSWERED, CONFIRMED, FORWARDED

CONFIRM = "applicant-message-unproven"
"""The letter that asks the applicant whether a message is really theirs."""
_BY_SERVER = frozenset({"dmarc", "dkim"})
_HEARD = frozenset({Drawn.ANSWER, Drawn.PROVEN})
_WORTH = {False: 0, None: 1, True: 2}


@dataclass(frozen=True)
class Mail:
    """A message of a request as it was read."""

    row: MessageRow
    facts: MessageFacts

    @property
    def number(self) -> int:
        """The row's id."""
        return self.row.id or 0


def of_mail(work: Work, facts: MessageFacts, address: str) -> Proof:
    """Return what is known of who sent a mail of the person with this address."""
    sender = facts.sender.address if facts.sender else ""
    proof = authenticate(facts, work.office.config)
    if proof.passed is None and _answers_us(work, facts, sender):
        trusted = work.office.config.trust.mode == "token-only"
        proof = Authentication(passed=True if trusted else None, method=ANSWERED)
    officer = work.office.config.officer_by_address(sender)
    if officer is not None and address and sender.lower() != address.lower():
        return Proof(sender=address, authenticated=None, method=FORWARDED)
    return Proof(sender=sender, authenticated=proof.passed, method=proof.method)


def drawn_by(work: Work, message: MessageRow, facts: MessageFacts) -> Work:
    """Return the work that this mail gives: its letters are counted in the allowance of mail as far proven as it is."""
    passed = authenticate(facts, work.office.config).passed
    drawn = Drawn.UNPROVEN
    if passed or message.confirmed:
        drawn = Drawn.PROVEN
    elif passed is None and facts.sender is not None and _answers_us(work, facts, facts.sender.address):
        drawn = Drawn.ANSWER
    return replace(work, cause=message.id, drawn=drawn)


def is_refuted(work: Work, message: MessageRow, facts: MessageFacts) -> bool:
    """Whether the mail server says that somebody else wrote it, and nobody has said otherwise since."""
    return not message.confirmed and authenticate(facts, work.office.config).passed is False


def is_known_to_read(matter: Matter, mails: Sequence[MessageFacts]) -> bool:
    """Whether the applicant's address may be sent files: it was proven, or answered a letter of ours, or is no stranger's and not refuted.

    A stranger's may be anybody's: what a forger sends in its name shall draw no answer many times its size.
    """
    config, address = matter.office.config, matter.case.address
    if matter.work.drawn in _HEARD:
        return True
    theirs = [each for each in mails if each.sender and same_address(each.sender.address, address)]
    passed = {authenticate(each, config).passed for each in theirs}
    if True in passed or any(_answers_us(matter.work, each, address) for each in theirs):
        return True
    return not is_strangers(matter) and False not in passed


def is_strangers(matter: Matter) -> bool:
    """Whether the request's address is none of our own domain, where senders are authenticated."""
    config = matter.office.config
    at_home = belongs_to(matter.case.address, config.department.domain)
    return config.trust.mode == "authenticated" and not at_home


def is_first_heard(matter: Matter) -> bool:
    """Whether no letter of this request has gone yet in answer to mail that the applicant's address was known to have sent."""
    query = select(OutboxRow.id).where(
        OutboxRow.case_id == matter.row.id,
        OutboxRow.recipient_key == matter.row.address_key,
        col(OutboxRow.drawn).in_(_HEARD),
    )
    return matter.work.session.exec(query).first() is None


def of_documents(matter: Matter) -> dict[str, Proof]:
    """Return what is known of the mail each document of a case came with, by the document's digest."""
    mails = _mails(matter)
    said_yes = _said_yes(matter, mails)
    known = {mail.number: _proof(matter, mail, mails, said_yes) for mail in mails}
    nothing = Proof(sender=matter.case.address)
    found: dict[str, Proof] = {}
    for document in matter.case.documents:
        digest = document.facts.digest
        again = [mail.number for mail in mails if any(each.digest == digest for each in mail.facts.documents)]
        proven = (
            known[each] for each in again if _is_applicants(matter, known[each]) and known[each].authenticated
        )
        found[digest] = next(proven, known.get(document.message, nothing))
    return found


def of_words(matter: Matter) -> Proof:
    """Return the weakest that is known of the applicant's mails: words are put together from all of them."""
    proofs = [
        of_mail(matter.work, each.facts, matter.case.address)
        for each in _mails(matter)
        if each.row.sender_key == matter.row.address_key
    ]
    return min(proofs, key=lambda each: _WORTH[each.authenticated], default=Proof(sender=matter.case.address))


def all_vouched_for(matter: Matter) -> bool:
    """Tell whether a mail server vouched for the applicant's address with every document of a case."""
    there = of_documents(matter)
    papers = [there.get(each.facts.digest) for each in matter.case.documents]
    return bool(papers) and all(
        each is not None
        and each.authenticated is True
        and each.method in _BY_SERVER
        and _is_applicants(matter, each)
        for each in papers
    )


def is_certain(work: Work, message: MessageRow, facts: MessageFacts) -> bool:
    """Tell whether what cannot be taken back may happen on the word of an answer to our letter.

    Its Message-ID may have travelled: a server must vouch for the sender, or the applicant have said yes to our question about this very
    mail. Where senders are not authenticated at all, the letter's own address is all there is.
    """
    trusted = work.office.config.trust.mode == "token-only"
    return message.confirmed or trusted or authenticate(facts, work.office.config).passed is True


def _mails(matter: Matter) -> list[Mail]:
    """The messages of a case and those its documents came with, the oldest first; what is held is not known to be the applicant's."""
    brought = {each.message for each in matter.case.documents}
    own = (col(MessageRow.case_id) == matter.row.id) & (MessageRow.sender_key == matter.row.address_key)
    query = select(MessageRow).where(
        own | col(MessageRow.id).in_(brought),
        MessageRow.state != MessageState.HELD,
        col(MessageRow.facts).is_not(None),
    )
    rows = matter.work.session.exec(query.order_by(col(MessageRow.id)))
    return [Mail(row, MessageFacts.model_validate_json(row.facts)) for row in rows if row.facts]


def _proof(matter: Matter, mail: Mail, mails: Sequence[Mail], said_yes: Sequence[Mail]) -> Proof:
    """The mail's own proof, or that of the applicant's yes to it, as far as it is worth more; what was refuted needs a proven one."""
    own = of_mail(matter.work, mail.facts, matter.case.address)
    answers = [*_answers(matter, mail, mails), *(each for each in said_yes if each.number > mail.number)]
    known = [of_mail(matter.work, each.facts, matter.case.address).authenticated for each in answers]
    if own.authenticated and _is_applicants(matter, own):
        return own
    if True in known:
        return Proof(sender=own.sender, authenticated=True, method=CONFIRMED)
    if None in known and own.authenticated is not False:
        return Proof(sender=own.sender, authenticated=None, method=CONFIRMED)
    return own


def _answers(matter: Matter, mail: Mail, mails: Sequence[Mail]) -> list[Mail]:
    """The applicant's answers to the very question about a mail that was held."""
    if not mail.row.confirmed:
        return []
    asked = select(OutboxRow.message_id).where(
        OutboxRow.scope == f"message:{mail.row.id}", OutboxRow.template == CONFIRM
    )
    questions = set(matter.work.session.exec(asked))
    return [each for each in mails if questions & set(each.facts.in_reply_to)]


def _said_yes(matter: Matter, mails: Sequence[Mail]) -> list[Mail]:
    """The applicant's BENAR where an officer asked whether the request is theirs: it is about all that had come by then."""
    query = select(Transition.message_id).where(
        Transition.case_id == matter.row.id, Transition.event == "confirmed", Transition.actor == "applicant"
    )
    numbers = set(matter.work.session.exec(query))
    return [each for each in mails if each.row.id in numbers]


def _answers_us(work: Work, facts: MessageFacts, sender: str) -> bool:
    query = select(OutboxRow.id).where(
        col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references}),
        OutboxRow.recipient_key == cases.address_key(work.office, sender),
    )
    return work.session.exec(query).first() is not None


def _is_applicants(matter: Matter, proof: Proof) -> bool:
    return proof.sender.lower() == matter.case.address.lower()
