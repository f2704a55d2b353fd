"""An officer's word that nobody vouches for: its officer is asked, at the configured address, whether it is theirs.

The letter carries a token of its own, drawn for this message, task and evidence: whoever sends it back has received what was sent to that
address. It counts once, for a day, while the task stands as it stood; the word that then counts is the one the letter repeated. Where the
mail server says that a sender is false nothing is asked: such a mail may not even be confirmed.
"""

from datetime import timedelta

from mailflow.config import Config, Officer
from mailflow.dossier import Matter
from mailflow.store.tables import MessageRow, TaskRow
from mailflow.trust.authentication import authenticate
from mailflow.trust.recipients import is_for_us
from mailflow.trust.tokens import Token, find_tokens, is_confirmation
from parsers.facts import MessageFacts
from rules.words import YES_WORDS, applicant_word

VALID = timedelta(days=1)


def may_be_asked(facts: MessageFacts, config: Config) -> bool:
    """Whether a word is worth asking about: written to us, not refuted, and nobody's confirmation itself."""
    refuted = authenticate(facts, config).passed is False
    return is_for_us(facts, config) and not refuted and not facts.relay and not _tokens(facts)


def confirmed(matter: Matter, task: TaskRow, officer: Officer, facts: MessageFacts) -> MessageFacts | None:
    """Return the earlier message whose word this one confirms, None where it confirms none."""
    config, work = matter.office.config, matter.work
    if authenticate(facts, config).passed is False or not _agrees(facts):
        return None
    for token in _tokens(facts):
        row = work.session.get(MessageRow, token.number)
        known = row is not None and row.facts is not None and not row.confirmed
        if (
            row is not None
            and known
            and matter.now - row.received_at <= VALID
            and is_confirmation(matter.office.keyring, token, task, officer.email)
        ):
            row.confirmed = True
            work.session.add(row)
            return MessageFacts.model_validate_json(row.facts or "")
    return None


def _agrees(facts: MessageFacts) -> bool:
    return applicant_word(facts.new_text, {"confirm": YES_WORDS}).outcome == "confirm"


def _tokens(facts: MessageFacts) -> list[Token]:
    addresses = (each.address for each in (*facts.to, *facts.cc))
    return [each for each in find_tokens([facts.subject, *addresses]) if each.kind == "c"]
