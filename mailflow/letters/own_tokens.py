"""A token is its officer's alone, whoever pasted or quoted it: in a letter stands none but its receiver's own."""

from dataclasses import replace

from mailflow.outbox.render import Rendered
from mailflow.store.tables import TaskRow
from mailflow.trust.tokens import Token, is_task_token, tokens_within, without_tokens
from mailflow.work import Work


def without_tokens_of_others(work: Work, rendered: Rendered, recipient: str, reply_to: str) -> Rendered:
    """Return the letter without the tokens that neither `reply_to` names nor are bound to `recipient`."""
    found = tokens_within(f"{rendered.subject}\n{rendered.text}\n{rendered.html}")
    own = {each for each in found if each in tokens_within(reply_to) or _is_theirs(work, each, recipient)}
    if own == found:
        return rendered
    subject, text, html = (
        without_tokens(each, keep=own) for each in (rendered.subject, rendered.text, rendered.html)
    )
    return replace(rendered, subject=subject, text=text, html=html)


def _is_theirs(work: Work, token: Token, recipient: str) -> bool:
    task = work.session.get(TaskRow, token.number) if token.kind == "a" else None
    return task is not None and is_task_token(work.office.keyring, token, task, recipient)
