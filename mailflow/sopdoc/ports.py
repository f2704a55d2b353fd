"""Where at a symbol the arrows begin and end that use its sides: above one another, so that none covers another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mailflow.sopdoc.chart import Arrow, Chart, Node
from mailflow.sopdoc.lanes import Lane, Side

_APART = {1: (0.0,), 2: (-7.0, 7.0), 3: (-10.0, 0.0, 10.0)}
"""How far from the middle, in pixels; more than three share the outermost places."""
_UP, _LEVEL, _DOWN = -1, 0, 1


@dataclass(frozen=True, kw_only=True)
class Port:
    """One place at a symbol's side: the arrow `out` leaves by the lane, or the lane arrives; `aside`: an ending, or another SOP.

    `y` counts from the symbol's middle downwards; `outermost` tells on which side of its line a label has room.
    """

    side: Side
    y: float
    outermost: Literal["top", "bottom"]
    lane: Lane | None = None
    out: Arrow | None = None
    aside: Literal["ending", "child"] | None = None


_Wanted = tuple[int, Lane | None, Arrow | None, Literal["ending", "child"] | None]
"""Whether it leads up or down, and what it is."""


def ports(chart: Chart, lanes: Iterable[Lane], row: int) -> tuple[Port, ...]:
    """Return the ports of a row's symbol; what leads up lies above what leads down."""
    lanes = tuple(lanes)
    node = chart.nodes[row]
    wanted: dict[Side, list[_Wanted]] = {"left": [], "right": []}
    for lane in lanes:
        if lane.target == row:
            wanted[lane.side].append((_comes_from(lane), lane, None, None))
        for arrow in (arrow for arrow in lane.arrows if arrow.source == row):
            way = _UP if lane.target < row else _DOWN
            wanted[_leaves(node, lane)].append((way, lane, arrow, None))
    if node.ending:
        wanted[_freest(node, lanes, wanted)].append((_LEVEL, None, None, "ending"))
    if node.child:
        wanted[_freest(node, lanes, wanted)].append((_UP, None, None, "child"))
    return tuple(port for side, each in wanted.items() for port in _spread(side, each))


def _comes_from(lane: Lane) -> int:
    above = any(arrow.source < lane.target for arrow in lane.arrows)
    below = any(arrow.source > lane.target for arrow in lane.arrows)
    return _LEVEL if above and below else _UP if above else _DOWN


def _leaves(node: Node, lane: Lane) -> Side:
    if node.column == lane.column:
        return lane.side
    return "right" if node.column < lane.column else "left"


def _freest(node: Node, lanes: tuple[Lane, ...], wanted: dict[Side, list[_Wanted]]) -> Side:
    """The side with the fewest arrows at the symbol and lanes passing it; the right one of two alike."""

    def busy(side: Side) -> int:
        passing = (
            lane
            for lane in lanes
            if (lane.column, lane.side) == (node.column, side) and lane.first <= node.row <= lane.last
        )
        return len(wanted[side]) + sum(1 for _ in passing)

    return "left" if busy("left") < busy("right") else "right"


def _spread(side: Side, wanted: list[_Wanted]) -> list[Port]:
    places = _APART[min(len(wanted), len(_APART)) or 1]
    ordered = sorted(wanted, key=lambda each: each[0])
    return [
        Port(
            side=side,
            y=places[min(index, len(places) - 1)],
            outermost="bottom" if index and index == len(ordered) - 1 else "top",
            lane=lane,
            out=arrow,
            aside=aside,
        )
        for index, (_, lane, arrow, aside) in enumerate(ordered)
    ]
