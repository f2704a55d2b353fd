"""What a replay found, in words."""

from collections.abc import Iterator
from typing import Any

from mailflow.cli.options import plain

_CAUSE = {
    "rules": "",
    "program": " (not by the rules: the program, the configuration or the calendar has changed)",
}


def in_words(data: dict[str, Any]) -> Iterator[str]:
    """Return the report as lines for a person."""
    yield from _head(data)
    yield ""
    if data["matching"]:
        yield "Messages that would open something else:"
        for each in data["matching"]:
            yield from _matching(each)
    if data["courses"]:
        yield "Requests that would go another way (the first difference of each):"
        for each in data["courses"]:
            yield from _course(each)
    if data["readings"]:
        yield "Messages that are read otherwise:"
        yield from (
            f"  message {each['message']}: {'; '.join(map(plain, each['otherwise']))}"
            for each in data["readings"]
        )
    if not data["differs"]:
        yield "Nothing would differ."
    yield from _left(data)


def _head(data: dict[str, Any]) -> Iterator[str]:
    rules = "the rules in force" if data["rules"] == "in force" else data["rules"]
    yield f"This is what NEW requests would meet under {rules}; requests under way keep the version they began with."
    older = ", ".join(f"{each['older']} of {each['open']} {each['sop']}" for each in data["older_versions"])
    if older:
        yield f"Open requests that go on under another version: {older}."
    messages, cases = data["messages"], data["cases"]
    left_out = (
        f"; {messages['left_out']} older ones left out (--newest 0: all)" if messages["left_out"] else ""
    )
    yield f"Looked at {messages['looked_at']} messages, {messages['matched']} of them for what they open{left_out}."
    differing = len({each["case"] for each in data["courses"]})
    yield f"Requests: {len(cases['same'])} go the same way, {differing} differ, {len(data['not_replayed'])} cannot be replayed."


def _matching(each: dict[str, Any]) -> Iterator[str]:
    then, now = (", ".join(each[name]) or "nothing" for name in ("recorded", "now"))
    chosen = f" ({each['chosen']})" if each["chosen"] else ""
    yield f"  message {each['message']} of {each['received']:%Y-%m-%d %H:%M}: opened {then}{chosen}; now {now}"
    yield f"    {'; '.join(map(plain, each['reasons']))}"
    if each["cases"]:
        yield f"    its request: {', '.join(each['cases'])}"


def _course(each: dict[str, Any]) -> Iterator[str]:
    message = f", message {each['message']}" if each["message"] else ""
    yield f"  {each['case']} {each['sop']}, {each['at']:%Y-%m-%d %H:%M}, row {each['row'] or '-'}, {each['heard']}{message}: {each['what']}{_CAUSE[each['cause']]}"
    if each["recorded"] or each["now"]:
        yield f"    then: {_standing(each['recorded'], each['recorded_at'])}"
        yield f"    now:  {_standing(each['now'], each['now_at'])}"
    if each["note"]:
        yield f"    {plain(each['note'])}"


def _standing(standing: dict[str, Any] | None, at: Any) -> str:
    if standing is None:
        return "nothing"
    return f"{at:%Y-%m-%d %H:%M} {standing['case']} {standing['event']}, at {standing['step']}, {standing['state']}"


def _left(data: dict[str, Any]) -> Iterator[str]:
    if after := data["cases"]["not_followed_further"]:
        yield f"Not followed further, because a request they belong to goes another way: {', '.join(after)}"
    if unread := data["cases"]["version_unreadable"]:
        yield f"Times between what was recorded were not compared, this program no longer reads their version: {', '.join(unread)}"
    for each in data["not_replayed"]:
        yield f"Not replayed: {each['id']}: {plain(each['why'])}"
    for each in data["not_reread"]:
        yield f"Message {each['message']} was not read again: {plain(each['why'])}"
