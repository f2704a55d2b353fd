"""Letters that answer an officer's mail of their own, or tell an officer of many cases at once."""

from dataclasses import dataclass, replace
from typing import Any

from mailflow.config import Officer
from mailflow.letters.notices import bare
from mailflow.letters.post import Post, post
from mailflow.outbox.letter import Letter
from mailflow.store.tables import MessageRow
from mailflow.trust.tokens import without_tokens
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.errands import Errand

QUOTE = 600


@dataclass(frozen=True)
class OwnMail:
    """An officer's own mail, and what it asks for."""

    work: Work
    message: MessageRow
    facts: MessageFacts
    officer: Officer
    asked: Errand

    @property
    def language(self) -> str:
        """The language of officers' letters."""
        return self.work.office.config.department.language

    def say(self, template: str, *, letter: Letter | None = None, owed: bool = False, **fields: Any) -> None:
        """Answer at the officer's configured address; `owed`: a receipt of something done, which no limit keeps back."""
        answer = letter or bare(self.work.office, self.language)
        fields.setdefault("quote", without_tokens(self.facts.new_text.strip())[:QUOTE])
        what = Post(
            scope=f"message:{self.message.id}",
            effect=template,
            recipient=self.officer.email,
            template=template,
            letter=replace(answer, name=self.officer.name, **fields),
            in_reply_to=self.facts.message_id,
            case_id=self.message.case_id,
            reaction=True,
            owed=owed,
        )
        post(self.work, what)
