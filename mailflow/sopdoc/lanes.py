"""Where arrows run that do not lead to the next row: in lanes beside the symbols, one for all that lead to the same row.

A lane keeps to the column of the row it leads to, on the side its arrows come from; symbols stand in the middle of the columns, so no
lane ever crosses one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mailflow.sopdoc.chart import Arrow, Chart

Side = Literal["left", "right"]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """The way to row `target`; `slot` counts the lanes of this side of this column from the symbols outward."""

    target: int
    column: int
    side: Side
    slot: int
    arrows: tuple[Arrow, ...]

    @property
    def first(self) -> int:
        """The uppermost row it touches."""
        return min(self.target, *(arrow.source for arrow in self.arrows))

    @property
    def last(self) -> int:
        """The lowest row it touches."""
        return max(self.target, *(arrow.source for arrow in self.arrows))

    def over(self, row: int) -> list[Arrow]:
        """Return the arrows that run over the upper edge of a row."""
        return [arrow for arrow in self.arrows if min(arrow.source, self.target) < row <= _lower(arrow)]

    def under(self, row: int) -> list[Arrow]:
        """Return the arrows that run over the lower edge of a row."""
        return self.over(row + 1)


def _lower(arrow: Arrow) -> int:
    return max(arrow.source, arrow.target)


def lanes(chart: Chart) -> tuple[Lane, ...]:
    """Give every arrow that does not lead to the next row its lane; short lanes run nearest to the symbols."""
    together: dict[tuple[int, Side], list[Arrow]] = {}
    for arrow in chart.arrows:
        if not arrow.straight:
            together.setdefault((arrow.target, _side(chart, arrow)), []).append(arrow)
    found: list[Lane] = []
    for (target, side), arrows in sorted(together.items(), key=lambda each: _length(each[1])):
        lane = Lane(target=target, column=chart.nodes[target].column, side=side, slot=0, arrows=tuple(arrows))
        found.append(_in_free_slot(lane, found))
    return tuple(found)


def _side(chart: Chart, arrow: Arrow) -> Side:
    there, here = chart.nodes[arrow.target].column, chart.nodes[arrow.source].column
    if here == there:
        return "left" if there == 0 else "right"
    return "left" if here < there else "right"


def _length(arrows: Iterable[Arrow]) -> int:
    return max(abs(arrow.source - arrow.target) for arrow in arrows)


def _in_free_slot(lane: Lane, others: list[Lane]) -> Lane:
    taken = {
        other.slot
        for other in others
        if (other.column, other.side) == (lane.column, lane.side)
        and other.first <= lane.last
        and lane.first <= other.last
    }
    slot = next(slot for slot in range(len(others) + 1) if slot not in taken)
    return Lane(target=lane.target, column=lane.column, side=lane.side, slot=slot, arrows=lane.arrows)
