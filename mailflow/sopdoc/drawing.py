"""Each row's part of the flow chart. The parts meet at the edges of the rows, however high these become."""

from collections.abc import Iterator
from functools import cached_property
from itertools import count

from markupsafe import Markup

from mailflow.sopdoc import shapes
from mailflow.sopdoc.chart import Arrow, Chart, Node
from mailflow.sopdoc.lanes import Lane, lanes
from mailflow.sopdoc.ports import Port, ports
from mailflow.sopdoc.shapes import FAR

_TURN = 29
"""How far above the middle of a row an arrow from above turns to its column."""
_NEAREST, _OUTERMOST, _LANES_APART = 36, 6, 9
"""How far from the middle of a column its first lane runs, from its edge the last, and both from one another."""
_STUB = 13
"""Length of the line to an ending or another SOP."""
_AWAY_FROM_ENDING = 7
"""How far from its line a label stands that must clear the symbol of an ending."""
_ROOM = 60
"""Width of a label that has a neighbouring column to reach into."""
_CONNECTORS_APART = 20
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Drawing:
    """A chart with places: `width` is that of all columns together, in pixels."""

    def __init__(self, chart: Chart, width: int) -> None:
        self.chart, self.width = chart, width
        self._column = width / chart.columns
        self._letters = count()

    def row(self, row: int, title: str) -> Markup:
        """Return the picture of a row."""
        parts = [*self._frame(), *self._passing(row), *self._from_above(row), *self._to_below(row)]
        node = self.chart.nodes[row]
        parts += [part for port in self._ports(row) for part in self._port(node, port)]
        parts.append(shapes.symbol(node.symbol, self._x(node.column), added=node.added))
        return shapes.picture(self.width, Markup("").join(parts), title)

    def break_after(self, row: int) -> tuple[Markup, Markup]:
        """Return what stands below this row and above the next where a sheet ends between them: connectors, lettered alike."""
        below, above = [*self._frame()], [*self._frame()]
        crossing = sorted(self._crossing(row))
        places = _apart([x for x, *_ in crossing], self.width)
        for place, (x, upward, added) in zip(places, crossing, strict=True):
            letter = LETTERS[next(self._letters) % len(LETTERS)]
            below.append(shapes.line((x, -FAR), (x, -12), (place, -12), (place, -5), added=added))
            above.append(shapes.line((place, 5), (place, 12), (x, 12), (x, FAR), added=added))
            if upward:
                above.append(shapes.head(place, 5, "up"))
            else:
                below.append(shapes.head(place, -5, "down"))
            below.append(shapes.connector(place, letter, top=-5))
            above.append(shapes.connector(place, letter, top=-14))
        return (
            shapes.picture(self.width, Markup("").join(below), "Dilanjutkan pada halaman berikutnya"),
            shapes.picture(self.width, Markup("").join(above), "Lanjutan dari halaman sebelumnya"),
        )

    def height(self, row: int) -> int:
        """Return how high a row must be for the words at its symbol."""
        node = self.chart.nodes[row]
        below = max((self._lines(arrow.label) for arrow in self._straight_from(row)), default=0)
        below += 9 if below and self._sides_below(row) == {"left", "right"} else 0
        sides = [(port, port.out.label) for port in self._ports(row) if port.out]
        beside = max(
            (abs(port.y) + 3 + self._lines(label, self._room(node, port)) for port, label in sides),
            default=0,
        )
        return round(2 * max(shapes.half_height(node.symbol) + 5 + below, beside, _TURN + 4))

    @staticmethod
    def _lines(label: str, room: float = _ROOM) -> int:
        return shapes.LABEL_LINE * len(shapes.label_lines(label, room))

    def _room(self, node: Node, port: Port) -> float:
        """Width of a label at a symbol's side; at the edge of the table it has no neighbouring column."""
        return self._column / 2 - 26 if node.column == 0 and port.side == "left" else _ROOM

    def _straight_from(self, row: int) -> Iterator[Arrow]:
        return (arrow for arrow in self.chart.arrows if arrow.source == row and arrow.straight)

    @cached_property
    def _lanes(self) -> tuple[Lane, ...]:
        return lanes(self.chart)

    def _x(self, column: int) -> float:
        return (column + 0.5) * self._column

    def _lane_x(self, lane: Lane) -> float:
        most = max(each.slot for each in self._lanes)
        room = self._column / 2 - _NEAREST - _OUTERMOST
        away = _NEAREST + lane.slot * min(_LANES_APART, room / most if most else room)
        return self._x(lane.column) + (away if lane.side == "right" else -away)

    def _frame(self) -> Iterator[Markup]:
        """The lines between the columns."""
        for column in range(1, self.chart.columns):
            x = column * self._column - 0.5  # as the border of the cells above
            yield Markup('<path class="column" d="M{} {} V{}"/>').format(f"{x:g}", -FAR, FAR)

    def _passing(self, row: int) -> Iterator[Markup]:
        """Lanes that run through a row; those that begin or end in it are drawn with its ports."""
        for lane in self._lanes:
            through = [arrow for arrow in lane.over(row) if arrow in lane.under(row)]
            if through and lane.target != row:
                x = self._lane_x(lane)
                yield shapes.line((x, -FAR), (x, FAR), added=all(arrow.added for arrow in through))

    def _from_above(self, row: int) -> Iterator[Markup]:
        node = self.chart.nodes[row]
        for arrow in self.chart.arrows:
            if arrow.target == row and arrow.straight:
                x, above = self._x(node.column), self._x(self.chart.nodes[arrow.source].column)
                top = -shapes.half_height(node.symbol)
                bend = [(above, -_TURN), (x, -_TURN)] if above != x else []
                yield shapes.line((above, -FAR), *bend, (x, top), added=arrow.added)
                yield shapes.head(x, top, "down")

    def _to_below(self, row: int) -> Iterator[Markup]:
        node = self.chart.nodes[row]
        for arrow in self._straight_from(row):
            x, bottom = self._x(node.column), shapes.half_height(node.symbol)
            yield shapes.line((x, bottom), (x, FAR), added=arrow.added)
            yield self._label_below(row, x, bottom, arrow.label)

    def _label_below(self, row: int, x: float, y: float, text: str) -> Markup:
        """The label of the way down stands where no label of a side is."""
        taken = self._sides_below(row)
        if taken == {"right"}:
            return shapes.label((x - 4, y + 9), text, "end")
        return shapes.label((x + 4, y + (18 if taken == {"left", "right"} else 9)), text, "start")

    def _sides_below(self, row: int) -> set[str]:
        """The sides at which a label stands below the middle of a row's symbol."""
        return {port.side for port in self._ports(row) if port.outermost == "bottom"}

    def _ports(self, row: int) -> tuple[Port, ...]:
        return ports(self.chart, self._lanes, row)

    def _port(self, node: Node, port: Port) -> Iterator[Markup]:
        """What begins or ends at one place of a symbol's side."""
        outward = 1 if port.side == "right" else -1
        edge = self._x(node.column) + outward * shapes.half_width(node.symbol, port.y)
        if port.lane is None:
            yield from self._aside(node, port, edge, outward)
            return
        lane = self._lane_x(port.lane)
        if port.out is None:
            above = [arrow for arrow in port.lane.arrows if arrow.source < node.row]
            below = [arrow for arrow in port.lane.arrows if arrow.source > node.row]
            for arrows, far in ((above, -FAR), (below, FAR)):
                if arrows:
                    added = all(arrow.added for arrow in arrows)
                    yield shapes.line((lane, far), (lane, port.y), (edge, port.y), added=added)
            yield shapes.head(edge, port.y, "left" if port.side == "right" else "right")
            return
        far = -FAR if port.lane.target < node.row else FAR
        yield shapes.line((edge, port.y), (lane, port.y), (lane, far), added=port.out.added)
        yield self._label(port, edge, port.out.label, room=self._room(node, port))

    def _aside(self, node: Node, port: Port, edge: float, outward: int) -> Iterator[Markup]:
        """An ending in the middle of the table, or another SOP that is followed."""
        end = edge + outward * _STUB
        ends = port.aside == "ending"
        yield shapes.line((edge, port.y), (end, port.y), added=ends and node.ending_added)
        yield shapes.head(end, port.y, "right" if outward > 0 else "left")
        if ends:
            left = end if outward > 0 else end - shapes.ENDING
            yield shapes.ending(left, port.y, added=node.ending_added)
            yield self._label(port, edge, node.ending, away=_AWAY_FROM_ENDING)
        else:
            yield shapes.head(edge, port.y, "left" if outward > 0 else "right")
            yield shapes.connector(end + outward * 9, "SOP", top=port.y - 6)

    @staticmethod
    def _label(port: Port, edge: float, text: str, *, away: float = 3, room: float = _ROOM) -> Markup:
        x, anchor = (edge + 2, "start") if port.side == "right" else (edge - 2, "end")
        if port.outermost == "top":
            return shapes.label((x, port.y - away), text, anchor, grows="up", room=room)
        return shapes.label((x, port.y + 6 + away), text, anchor, room=room)

    def _crossing(self, row: int) -> Iterator[tuple[float, bool, bool]]:
        """Where arrows cross the lower edge of a row: x, whether they lead up, whether the source lacks them."""
        for arrow in self._straight_from(row):
            yield self._x(self.chart.nodes[row].column), False, arrow.added
        for lane in self._lanes:
            if arrows := lane.under(row):
                upward = lane.target <= row
                yield self._lane_x(lane), upward, all(arrow.added for arrow in arrows)


def _apart(places: list[float], width: float) -> list[float]:
    """Move places, which are in order, as far apart as connectors need, within the picture; the first and the last give way alike."""
    moved = places[:1]
    for place in places[1:]:
        moved.append(max(place, moved[-1] + _CONNECTORS_APART))
    if not moved:
        return moved
    edge = _CONNECTORS_APART / 2
    back = (moved[-1] - places[-1]) / 2
    back = max(min(back, moved[0] - edge), moved[-1] - (width - edge))
    return [each - back for each in moved]
