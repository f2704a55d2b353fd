"""Rows to symbols and arrows: what of the rules belongs into the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mailflow.sopdoc import words
from rules.sop import ENDINGS, Sop, Step

Symbol = Literal["terminator", "process", "decision"]
_TURNS_BACK = frozenset({"incomplete", "reject", "escalate"})


@dataclass(frozen=True, kw_only=True)
class Node:
    """A row's symbol in the column of who performs it.

    `ending`: the label of a way on which a request ends here, "" where there is none; `ending_added` where the source lacks that way.
    `child`: another SOP is followed. `added`: the source lacks the row.
    """

    row: int
    column: int
    symbol: Symbol
    ending: str = ""
    ending_added: bool = False
    child: bool = False
    added: bool = False


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """A way from one row to another; `added` where the source lacks it."""

    source: int
    target: int
    label: str = ""
    added: bool = False

    @property
    def straight(self) -> bool:
        """Whether it leads to the very next row."""
        return self.target == self.source + 1


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The whole drawing, before it has places: a node per row, and the columns they stand in."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    columns: int


def chart(sop: Sop, sops: Mapping[str, Sop]) -> Chart:
    """Return the drawing of an SOP; `sops` are all in force, for how the ones it waits for end."""
    columns = list(words.performers(sop))
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    for row, step in enumerate(sop.steps.values()):
        ways = ways_out(sop, step)
        ends = [said for said, target in ways.items() if target in ENDINGS]
        nodes.append(
            Node(
                row=row,
                column=columns.index(step.performer),
                symbol=_symbol(sop, step),
                ending=" / ".join(dict.fromkeys(words.answer(step, said, sops) for said in ends)),
                ending_added=bool(step.added) or all(turns_back_unsaid(step, said) for said in ends),
                child=step.child is not None,
                added=step.added is not None,
            )
        )
        arrows += _arrows(sop, sops, step, row)
    return Chart(nodes=tuple(nodes), arrows=tuple(arrows), columns=len(columns))


def ways_out(sop: Sop, step: Step) -> dict[str, str]:
    """Return where a row leads, by outcome.

    Left to words: asking for the same again, giving up what is done in AMS, and SELESAI for several rows in one sitting.
    """
    return {
        said: target
        for said, target in step.edges.items()
        if target != step.id
        and not (step.kind == "ams" and target in ENDINGS)
        and not (said == "done" and target == shortcut(sop, step))
    }


def shortcut(sop: Sop, step: Step) -> str | None:
    """Return where SELESAI passes over rows that the same person may have done in one sitting; these rows are still the way."""
    order = list(sop.steps)
    done = step.outcomes.get("done")
    if done not in sop.steps:
        return None
    onward = [step.outcomes[said] for said in ("approve", *step.words) if said in step.outcomes]
    passes = (order.index(to) for to in onward if to in sop.steps)
    return done if any(order.index(step.id) < row < order.index(done) for row in passes) else None


def turns_back_unsaid(step: Step, said: str) -> bool:
    """Whether a numbered row is no decision in the source, and yet may be turned back here."""
    return step.no is not None and said in _TURNS_BACK and not _decides(step)


def _arrows(sop: Sop, sops: Mapping[str, Sop], step: Step, row: int) -> list[Arrow]:
    order = list(sop.steps)
    ways = ways_out(sop, step)
    said_of: dict[str, list[str]] = {}
    for said, target in ways.items():
        if target in sop.steps:
            said_of.setdefault(target, []).append(said)
    labels = {
        target: dict.fromkeys(words.answer(step, said, sops) for said in all_said)
        for target, all_said in said_of.items()
    }
    only_way = len(set(ways.values())) == 1
    return [
        Arrow(
            source=row,
            target=order.index(target),
            label="" if only_way else " / ".join(labels[target]),
            added=bool(step.added or sop.steps[target].added)
            or all(turns_back_unsaid(step, said) for said in all_said),
        )
        for target, all_said in said_of.items()
    ]


def _symbol(sop: Sop, step: Step) -> Symbol:
    """A decision where somebody decides; begin and end are rounded, as the ordinance has it."""
    if len(set(ways_out(sop, step).values())) > 1 and _decides(step):
        return "decision"
    first = next(iter(sop.steps)) == step.id
    return "terminator" if step.ends or first else "process"


def _decides(step: Step) -> bool:
    speaks = {"approve", "escalate", "letter", *step.words}
    return step.kind in {"task", "ask", "needs"} and bool(step.conditions or speaks & set(step.outcomes))
