"""A token is its officer's alone, whoever pasted or quoted it: in a letter stands none but its receiver's own."""

from dataclasses import replace

from mailflow.outbox.render import Rendered
from mailflow.store.tables import TaskRow
from mailflow.trust.tokens import Token, is_confirmation, is_task_token, tokens_within, without_tokens
from mailflow.work import Work


def without_tokens_of_others(
    work: Work, rendered: Rendered, recipient: str, reply_to: str, task_id: int | None
) -> Rendered:
    """Return the letter without the tokens that neither `reply_to` names nor are bound to `recipient`.

    `task_id`: the task it is about, whose words alone a token in it may confirm.
    """
    found = tokens_within(f"{rendered.subject}\n{rendered.text}\n{rendered.html}")
    own = {
        each
        for each in found
        if each in tokens_within(reply_to) or _is_theirs(work, each, recipient, task_id)
    }
    if own == found:
        return rendered
    subject, text, html = (
        without_tokens(each, keep=own) for each in (rendered.subject, rendered.text, rendered.html)
    )
    return replace(rendered, subject=subject, text=text, html=html)


def _is_theirs(work: Work, token: Token, recipient: str, task_id: int | None) -> bool:
    task = work.session.get(TaskRow, token.number if token.kind == "a" else task_id or 0)
    bound = is_task_token if token.kind == "a" else is_confirmation
    return task is not None and bound(work.office.keyring, token, task, recipient)
