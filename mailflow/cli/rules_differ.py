"""What of an SOP differs by meaning from another version of it, row by row, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rules.sop import Sop
from rules.span import parse_span

NO_MEANING = frozenset({"examples", "text", "children"})
"""What may change without changing what happens to a request; a child's own changes are told with the child."""
_LONG = 44
"""Signs of a value that still stands well in one line with its counterpart."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that was changed: `before` or `after` is None where it was not there."""

    sop: str
    place: str
    before: Any
    after: Any

    def lines(self) -> list[str]:
        """Return it in words; long values stand one below the other."""
        before, after = self._words()
        if max(len(before), len(after)) <= _LONG:
            return [f"{self.place}: {before} -> {after}"]
        return [f"{self.place}:", f"  - {before}", f"  + {after}"]

    def as_json(self) -> dict[str, Any]:
        """Return it with the keys of the contract."""
        return asdict(self)

    def _words(self) -> tuple[str, str]:
        old, new = self.before, self.after
        if _long_lists(old, new):
            left, joined = (
                [each for each in old if each not in new],
                [each for each in new if each not in old],
            )
            if left or joined:
                return _said(left), _said(joined)
        return _said(old), _said(new)


def differences(before: Sop | None, after: Sop | None) -> list[Difference]:
    """Return what differs; None stands for an SOP that is not there."""
    sop = after or before
    if sop is None:
        return []
    if before is None or after is None:
        return [
            Difference(
                sop=sop.id, place="SOP", before=before and before.title.id, after=after and after.title.id
            )
        ]
    old, new = _meaning(before), _meaning(after)
    rows_before, rows_after = old.pop("steps"), new.pop("steps")
    found = [*_compare("", old, new), *_rows(rows_before, rows_after)]
    return [Difference(sop=sop.id, place=place, before=one, after=other) for place, one, other in found]


Found = tuple[str, Any, Any]


def _meaning(sop: Sop) -> dict[str, Any]:
    return sop.model_dump(mode="json", by_alias=True, exclude=set(NO_MEANING))


def _rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Found]:
    """Rows that went, came, changed their order, and what changed in those that stayed."""
    for name in before.keys() - after.keys():
        yield f"row {name}", before[name]["action"], None
    for name, row in after.items():
        if name not in before:
            yield f"row {name}", None, row["action"]
        else:
            yield from _compare(f"row {name}: ", before[name], row)
    stayed = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if stayed != order:
        yield "order of rows", stayed, order


def _compare(place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Found]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if isinstance(old, dict) or isinstance(new, dict):
            old, new = old or {}, new or {}
            whole = not (old and new) and _is_table(old or new)
            if whole:
                yield f"{place}{key}", _plain(old), _plain(new)
            else:
                yield from _compare(f"{place}{key}.", old, new)
        elif isinstance(old, list) and isinstance(new, list) and _tables(old + new):
            yield from _compare(f"{place}{key}.", _numbered(old), _numbered(new))
        elif not _same(old, new):
            yield f"{place}{key}", _plain(old), _plain(new)


def _same(old: Any, new: Any) -> bool:
    """Equal, or the same length of time written otherwise (`1 day`, `1 days`)."""
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    if old == new or (not old and not new):
        return True
    try:
        return parse_span(old) == parse_span(new)
    except (ValueError, TypeError):
        return False


def _tables(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)


def _is_table(value: Mapping[str, Any]) -> bool:
    """A table that came or went as one thing: a need, a class of request, a text in both languages."""
    return any(not isinstance(each, str) for each in value.values()) or set(value) == {"id", "en"}


def _long_lists(old: Any, new: Any) -> bool:
    """Lists of which only what went and what came is told: long ones, where nothing stands twice."""
    both = isinstance(old, list) and isinstance(new, list)
    return (
        both
        and any(len(_said(each)) > _LONG for each in (old, new))
        and len({*old}) + len({*new}) == len(old + new)
    )


def _numbered(values: list[Any]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values, start=1)}


def _plain(value: Any) -> Any:
    """Nothing said is None, whatever its type."""
    return None if value in ("", [], {}, False) else value


def _said(value: Any) -> str:
    if value is None or value == []:
        return "(nothing)"
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(each)}" for key, each in value.items() if _plain(each) is not None)
    return "yes" if value is True else str(value)
