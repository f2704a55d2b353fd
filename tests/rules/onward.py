"""The way from each row: what willing people say so that a request is fulfilled, or comes to a row that opens another one."""

from collections.abc import Iterator

from rules.sop import Sop

_UNSAID = frozenset({"silent", "limit", "incomplete"})
_WAYS: dict[tuple[str, bool, bool], dict[str, str]] = {}


def onward(sop: Sop, *, to_child: bool = False, many: bool = False) -> dict[str, str]:
    """Return the outcome of each row that leads there by the fewest rows, among what a person can say; of `many` persons each fact."""
    key = (sop.digest, to_child, many)
    if key not in _WAYS:
        there = {
            name for name, step in sop.steps.items() if (step.child if to_child else step.ends == "fulfilled")
        }
        _WAYS[key] = _ways(sop, there, many=many)
    return _WAYS[key]


def _ways(sop: Sop, there: set[str], *, many: bool) -> dict[str, str]:
    best: dict[str, str] = {}
    while fresh := dict(_nearer(sop, there, many=many)):
        best |= fresh
        there = there | set(fresh)
    return best


def _nearer(sop: Sop, there: set[str], *, many: bool) -> Iterator[tuple[str, str]]:
    """Yield the rows from which one outcome leads to a row that is there, with that outcome."""
    for name, step in sop.steps.items():
        unsaid = _UNSAID | ({"done"} if many and step.fact else set())
        says = [each for each, target in step.edges.items() if target in there and each not in unsaid]
        if name not in there and says:
            yield name, says[0]
