"""Two questions about the ways between rows: what can be reached, and is there a circle."""

from collections import defaultdict
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

Edge = tuple[str, str]


def reachable(edges: Iterable[Edge], starts: Iterable[str]) -> set[str]:
    """Return every place that can be reached from `starts`, themselves included."""
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        onward[source].append(target)
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting.extend(onward[place])
    return seen


def first_circle(edges: Iterable[Edge]) -> tuple[str, ...]:
    """Return the places of one circle in the order they are passed, () where there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for source, target in edges:
        sorter.add(target, source)
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return tuple(circle[:-1])
    return ()
