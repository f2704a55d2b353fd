"""Replays what is asked for: which messages and stories, and what came of it as plain values."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, func, select

from mailflow.cases import by_ticket
from mailflow.errors import MailflowError
from mailflow.replay import record
from mailflow.replay.course import Course
from mailflow.replay.difference import Difference, Matching, Played, plain_standing
from mailflow.replay.kept import Kept, Missing
from mailflow.replay.lane import Books
from mailflow.replay.matching import Matcher
from mailflow.store.tables import CaseRow, MessageRow, MessageState, Transition
from mailflow.typed import row_number, ticket_in
from mailflow.work import Work
from rules.case import State
from rules.load import Rules
from rules.sop import Sop

NEWEST = 500
"""Messages that are replayed where nobody says which."""
_NEVER_ROUTED = (MessageState.BASELINE, MessageState.DUPLICATE, MessageState.RECEIVED, MessageState.PARKED)


@dataclass(kw_only=True)
class Chosen:
    """What is replayed: messages and stories (ids of cases that belong together); `left_out` messages of persons are older."""

    messages: list[int]
    stories: list[list[int]]
    left_out: int = 0


@dataclass(kw_only=True)
class Report:
    """What came of a replay."""

    chosen: Chosen
    compared: int = 0
    matching: list[Matching] = field(default_factory=list)
    readings: dict[int, list[str]] = field(default_factory=dict)
    not_reread: dict[int, str] = field(default_factory=dict)
    not_replayed: dict[str, str] = field(default_factory=dict)
    courses: list[Difference] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    older: list[dict[str, Any]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.matching or self.readings or self.courses)


def choose(work: Work, names: Sequence[str], newest: int) -> Chosen:
    """Choose what to replay: what is named, else the newest messages of persons and the cases they are part of."""
    groups = record.groups(work.session)
    if names:
        return _named(work, names, groups)
    query = (
        select(MessageRow.id)
        .where(MessageRow.origin == "person", col(MessageRow.state).not_in(_NEVER_ROUTED))
        .order_by(col(MessageRow.id).desc())
    )
    every = [number or 0 for number in work.session.exec(query)]
    messages = sorted(every[:newest] if newest else every)
    return Chosen(
        messages=messages,
        stories=_stories_of(work, messages, groups),
        left_out=len(every) - len(messages),
    )


def replay(work: Work, rules: Rules, chosen: Chosen, *, reread: bool) -> Report:
    """Replay it by these rules; `work.office.rules` are those in force."""
    report = Report(chosen=chosen)
    kept, books = Kept(work, reread=reread), Books(work, rules)
    matcher = Matcher(work, kept, rules, work.office.rules)
    with work.session.no_autoflush:
        for number in chosen.messages:
            _look_at(report, matcher, number)
        for story in chosen.stories:
            _keep(report, Course(work, record.story(work.office, work.session, story), kept, books).play())
        report.compared, report.not_reread = matcher.compared, dict(sorted(kept.not_reread.items()))
        report.older = list(_older(work, rules))
    return report


def _look_at(report: Report, matcher: Matcher, number: int) -> None:
    try:
        row = matcher.kept.row(number)
        if matcher.kept.reread and (otherwise := matcher.kept.read_otherwise(number)):
            report.readings[number] = otherwise
        found = matcher.compare(row)
    except Missing as missing:
        report.not_replayed[f"message {number}"] = str(missing)
        return
    if found is not None:
        report.matching.append(found)


def _keep(report: Report, played: Played) -> None:
    report.courses += played.differences
    report.same += played.same
    report.after += played.after
    report.unread += played.unread
    report.not_replayed |= played.not_replayed


def _named(work: Work, names: Sequence[str], groups: list[list[int]]) -> Chosen:
    messages: set[int] = set()
    cases: set[int] = set()
    for name in names:
        number = row_number(name)
        row = by_ticket(work.session, ticket_in(work.office, name))
        if row is not None:
            cases.add(row.id or 0)
        elif number is not None and work.session.get(MessageRow, number) is not None:
            messages.add(number)
        else:
            raise MailflowError(
                f"no request and no message {name}: see `mailflow cases`, and the messages of `mailflow case ID`"
            )
    stories = [group for group in groups if cases & set(group)]
    members = [number for group in stories for number in group]
    opened = select(Transition.message_id).where(
        col(Transition.case_id).in_(members),
        Transition.from_step == "",
        col(Transition.message_id).is_not(None),
    )
    brought = {number or 0 for number in work.session.exec(opened)}
    stories += [each for each in _stories_of(work, sorted(messages), groups) if each not in stories]
    return Chosen(messages=sorted(messages | brought), stories=stories)


def _stories_of(work: Work, messages: Sequence[int], groups: list[list[int]]) -> list[list[int]]:
    """The stories that messages are part of; asked in portions, because a statement takes only so many values."""
    touched: set[int] = set()
    for start in range(0, len(messages), 500):
        query = select(Transition.case_id).where(
            col(Transition.message_id).in_(messages[start : start + 500])
        )
        touched.update(work.session.exec(query))
    return [group for group in groups if touched & set(group)]


def _older(work: Work, rules: Rules) -> Iterator[dict[str, Any]]:
    """Open cases that go on under another version than these rules."""
    query = (
        select(CaseRow.sop, CaseRow.sop_digest, func.count())
        .where(CaseRow.state != State.CLOSED.value)
        .group_by(col(CaseRow.sop), col(CaseRow.sop_digest))
    )
    counts, every = Counter[str](), Counter[str]()
    for name, digest, number in work.session.exec(query):
        sop: Sop | None = rules.sops.get(name)
        every[name] += number
        if sop is None or sop.digest != digest:
            counts[name] += number
    yield from ({"sop": name, "open": every[name], "older": counts[name]} for name in sorted(counts))


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as one JSON document."""
    return {
        "differs": report.differs,
        "messages": {
            "looked_at": len(report.chosen.messages),
            "left_out": report.chosen.left_out,
            "matched": report.compared,
        },
        "cases": {
            "same": report.same,
            "not_followed_further": report.after,
            "version_unreadable": report.unread,
        },
        "older_versions": report.older,
        "matching": [vars(each) for each in report.matching],
        "courses": [_difference(each) for each in report.courses],
        "readings": [
            {"message": number, "otherwise": what} for number, what in sorted(report.readings.items())
        ],
        "not_reread": [{"message": number, "why": why} for number, why in report.not_reread.items()],
        "not_replayed": [{"id": name, "why": why} for name, why in report.not_replayed.items()],
    }


def _difference(found: Difference) -> dict[str, Any]:
    return {
        **vars(found),
        "recorded": plain_standing(found.recorded),
        "now": plain_standing(found.now),
    }
