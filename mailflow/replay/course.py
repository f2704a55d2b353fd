"""One story played again: beside the record under the rules to be tried, and under the rules it ran by then, to tell whose doing it is.

The version of then also knows what the record does not say: when an alarm was due that nothing rang, because the program was away; and
what was known of the world, where that has changed since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from sqlmodel import col, select

from mailflow.replay.difference import Difference, Played
from mailflow.replay.effects import differing, findings_differ
from mailflow.replay.heard import AT_ONCE, STALE, Heard
from mailflow.replay.kept import Kept, Missing
from mailflow.replay.lane import Books, Closed, Lane, Step
from mailflow.replay.record import BESIDES, Move, Story
from mailflow.staff.reassign import REASSIGNED
from mailflow.store.tables import Outage
from mailflow.tasks import ASSIGNED
from mailflow.work import Work
from rules.case import Alarm
from rules.events import Woke
from rules.sop import Sop


class _Otherwise(Exception):  # noqa: N818 - what was looked for
    """The first difference in the course of a case: the story is followed no further."""

    def __init__(self, found: Difference) -> None:
        super().__init__(found.case)
        self.found = found


@dataclass
class _Track:
    """A lane with the one who hears for it, and why it did nothing at the last event."""

    lane: Lane
    heard: Heard
    why: str = ""


class Course:
    """Plays one story. `books`: the rules to be tried, and the versions of then."""

    def __init__(self, work: Work, story: Story, kept: Kept, books: Books) -> None:
        self.work, self.story, self.kept, self.books = work, story, kept, books
        self.played = Played()
        by_today = Lane(work, story, books.rules, lambda _, name: books.today(name))
        self._now = _Track(by_today, Heard(work, story, kept, today=True))
        self._then = self._of_then() if kept.reread or self._has_changed() else None

    def play(self) -> Played:
        """Follow the record until a case goes another way, or to its end."""
        done = 0
        try:
            for done, move in enumerate(self.story.moves):
                self._ring_before(move.at, move)
                self._follow(done, move)
            self._ring_before(self.work.office.now(), None)
            self._compare_endings()
        except _Otherwise as otherwise:
            self.played.differences.append(otherwise.found)
            self._stop(done, otherwise.found.case)
        except Missing as missing:
            case = self.story.moves[done].case
            self.played.not_replayed[case] = str(missing)
            for ticket in self._unfinished(done):
                self.played.not_replayed.setdefault(ticket, f"belongs to {case}, which cannot be replayed")
        otherwise_ = {each.case for each in self.played.differences}
        aside = {*otherwise_, *self.played.after, *self.played.not_replayed}
        self.played.same = [ticket for ticket in self.story.cases if ticket not in aside]
        return self.played

    # --- the two sets of rules --------------------------------------------------------------------------------------------

    def _has_changed(self) -> bool:
        rows, sops = self.story.cases.values(), self.books.rules.sops
        return any(row.sop not in sops or sops[row.sop].digest != row.sop_digest for row in rows)

    def _of_then(self) -> _Track | None:
        for row in self.story.cases.values():
            if self.books.then(row.sop_digest, row.sop) is None:
                self.played.unread.append(row.ticket)
        if self.played.unread:
            return None
        lane = Lane(self.work, self.story, self.books.rules, self._version)
        return _Track(lane, Heard(self.work, self.story, self.kept, today=False))

    def _version(self, ticket: str, name: str) -> Sop:
        row = self.story.cases.get(ticket)
        found = self.books.then(row.sop_digest, row.sop) if row else None
        return found or self.books.today(name)

    # --- one event ----------------------------------------------------------------------------------------------------------

    def _follow(self, index: int, move: Move) -> None:
        """Let a recorded event happen again, unless it came with the one before."""
        if move.event in BESIDES:
            self._beside(move)
            return
        if index < self._followed:
            return
        expected = [each for each in self.story.moves[index:] if each.event not in BESIDES]
        supposed: Mapping[str, str] = {}
        then: list[Step] = []
        if self._then is not None:
            then, supposed = self._run_supposing(self._then, move, expected)
        if self._then is None:
            now, _ = self._run_supposing(self._now, move, expected)
        else:
            self._now.lane.supposed = supposed
            now = self._run(self._now, move)
            self._now.lane.supposed = {}
        self._compare(move, expected, then, now)
        last = expected[len(now) - 1]
        self._followed = self.story.moves.index(last, index) + 1

    _followed = 0
    """How many of the recorded moves have happened again."""

    def _run(self, track: _Track, move: Move) -> list[Step]:
        """Let it happen in one lane; nothing where it cannot happen there, `why` says so."""
        lane, track.why = track.lane, ""
        row = self.story.cases[move.case]
        try:
            if move.opens:
                if row.parent_id is not None:
                    return []  # what another case opens comes with that one
                beginning, opened = track.heard.beginning(move, lane)
                return lane.open(beginning, row.sop, opened, move.at)
            if move.case not in lane.cases:
                return []
            found = track.heard.event(move, lane)
            if found is None:
                return []
            ticket, event = found
            alarm = lane.cases[ticket].alarm
            rung = isinstance(event, Woke) and event.alarm != STALE
            return lane.happen(ticket, event, max(move.at, alarm.at) if rung and alarm else move.at)
        except Closed as closed:
            track.why = str(closed)
            return []

    def _run_supposing(
        self, track: _Track, move: Move, expected: list[Move]
    ) -> tuple[list[Step], Mapping[str, str]]:
        """The same; where what is known of the world today does not explain what happened, suppose that something else was known."""
        before = track.lane.snapshot()
        steps = self._run(track, move)
        if _fits(steps, expected):
            return steps, {}
        for supposed in _suppositions(track.lane):
            track.lane.restore(before)
            track.lane.supposed = supposed
            other = self._run(track, move)
            track.lane.supposed = {}
            if _fits(other, expected):
                return other, supposed
        track.lane.restore(before)
        return self._run(track, move), {}

    def _beside(self, move: Move) -> None:
        """What was recorded beside: a task that somebody else was given is nobody's any more."""
        gone = [each.strip() for each in move.note.rpartition(": ")[0].split(",")]
        for track in (self._now, self._then):
            case = track.lane.cases.get(move.case) if track else None
            if track is None or case is None:
                continue
            if move.event == ASSIGNED or (move.event == REASSIGNED and case.taken_by in gone):
                track.lane.change(move.case, taken_by=None)

    # --- alarms that nothing recorded ---------------------------------------------------------------------------------------

    def _ring_before(self, until: datetime, move: Move | None) -> None:
        """Under the rules to be tried a case may wake before the next thing that was recorded; one that was due then too was not rung."""
        if self._then is None:
            return
        due: list[tuple[datetime, str, Alarm]] = []
        for ticket, case in self._now.lane.cases.items():
            known = self._then.lane.cases.get(ticket)
            then_at = known.alarm.at if known is not None and known.alarm is not None else until
            alarm = case.alarm
            if alarm and alarm.at + AT_ONCE < min(until, then_at) and not self._was_away(alarm.at, until):
                due.append((alarm.at, ticket, alarm))
        if not due:
            return
        at, ticket, alarm = min(due, key=lambda each: each[0])
        row = self._now.lane.cases[ticket].step
        steps = self._now.lane.happen(ticket, Woke(alarm=alarm.name, round=alarm.round), at)
        recorded = self.story.next_of(ticket, move.number) if move else None
        raise _Otherwise(
            Difference(
                case=ticket,
                sop=self._sop_of(ticket),
                what="time",
                cause="rules",
                at=at,
                row=row,
                heard=f"clock: {alarm.name}",
                recorded=recorded.standing if recorded else None,
                recorded_at=recorded.at if recorded else None,
                now=steps[0].standing,
                now_at=at,
                note="" if recorded else "nothing is recorded of it yet",
            )
        )

    def _was_away(self, at: datetime, until: datetime) -> bool:
        query = select(Outage.id).where(
            Outage.loop == "clock", col(Outage.began) <= at, col(Outage.ended) >= until - AT_ONCE
        )
        return self.work.session.exec(query).first() is not None

    # --- comparing ----------------------------------------------------------------------------------------------------------

    def _compare(self, move: Move, expected: list[Move], then: list[Step], now: list[Step]) -> None:
        """Raise where the rules to be tried go another way than the record; note what else is otherwise."""
        if not _fits(now, expected):
            raise _Otherwise(self._otherwise(move, expected, then, now))
        if self._then is None:
            return
        if not _fits(then, expected):
            self._then = None  # this program no longer goes the way of then: it can explain nothing further
            return
        for before, after in zip(then, now, strict=True):
            for what, note in differing(before, after):
                self._note(move, after, what=what, note=note)
            lanes = self._then.lane, self._now.lane
            found = findings_differ(self.work, lanes, (before, after), read_anew=self.kept.reread)
            if found:
                self._note(move, after, what="checks", note=found)

    def _note(self, move: Move, step: Step, **otherwise: Any) -> None:
        known = {(each.case, each.what) for each in self.played.differences}
        if (step.case, otherwise["what"]) not in known:
            found = Difference(
                case=step.case,
                sop=self._sop_of(step.case),
                cause="rules",
                at=move.at,
                row=step.decision.case.step,
                heard=_heard(move),
                message=move.message,
                **otherwise,
            )
            self.played.differences.append(found)

    def _otherwise(self, move: Move, expected: list[Move], then: list[Step], now: list[Step]) -> Difference:
        place = next(
            (index for index, step in enumerate(now) if not _fits(now[index : index + 1], expected[index:])),
            len(now),
        )
        recorded = expected[place] if place < len(expected) else None
        step = now[place] if place < len(now) else None
        same_then = place < len(then) and step is not None and then[place].standing == step.standing
        is_programs = self._then is None and not self.played.unread and not self._has_changed()
        nothing_either = self._then is not None and step is None and not then[place:]
        alarm = self._now.lane.cases[move.case].alarm if move.case in self._now.lane.cases else None
        late = move.actor == "clock" and not now
        note = self._now.why or (f"the case wakes only at {alarm.at.isoformat()}" if late and alarm else "")
        case = recorded.case if recorded else step.case if step else move.case
        return Difference(
            case=case,
            sop=self._sop_of(case),
            what="time" if late else "course",
            cause="program" if same_then or is_programs or nothing_either else "rules",
            at=move.at,
            row=(recorded or move).came_from,
            heard=_heard(move),
            message=move.message,
            recorded=recorded.standing if recorded else None,
            recorded_at=recorded.at if recorded else None,
            now=step.standing if step else None,
            now_at=step.at if step else None,
            note=note,
        )

    def _compare_endings(self) -> None:
        for ticket, row in self.story.cases.items():
            case = self._now.lane.cases.get(ticket)
            if case is not None and case.ending != row.ending:
                last = [each for each in self.story.moves if each.case == ticket][-1]
                note = f"ends {case.ending or 'not'}, then {row.ending or 'not'}"
                raise _Otherwise(
                    Difference(
                        case=ticket,
                        sop=row.sop,
                        what="course",
                        cause="program" if self._then is None else "rules",
                        at=last.at,
                        row=last.step,
                        heard=_heard(last),
                        recorded=last.standing,
                        recorded_at=last.at,
                        note=note,
                    )
                )

    # --- what is left -------------------------------------------------------------------------------------------------------

    def _unfinished(self, done: int) -> list[str]:
        return list(dict.fromkeys(each.case for each in self.story.moves[done:]))

    def _stop(self, done: int, case: str) -> None:
        self.played.after = [ticket for ticket in self._unfinished(done) if ticket != case]

    def _sop_of(self, ticket: str) -> str:
        row = self.story.cases.get(ticket)
        return row.sop if row else self._now.lane.sops[ticket].id


def _fits(steps: list[Step], expected: list[Move]) -> bool:
    """Whether what happened in a lane is what was recorded."""
    return 0 < len(steps) <= len(expected) and all(
        step.standing == move.standing for step, move in zip(steps, expected, strict=False)
    )


def _suppositions(lane: Lane) -> Iterator[Mapping[str, str]]:
    """Everything that could have been known of the world, of what the rows of these SOPs ask it."""
    known: dict[str, set[str]] = {}
    for sop in lane.sops.values():
        for step in sop.steps.values():
            if step.fact and step.sure:
                known.setdefault(step.fact, {""}).update(step.sure)
    for values in product(*(sorted(each) for each in known.values())):
        yield dict(zip(known, values, strict=True))


def _heard(move: Move) -> str:
    """Who did what then, as the ledger names it."""
    return f"{move.actor.partition(':')[0]}: {move.event}"
