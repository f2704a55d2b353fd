"""An SOP as `mailflow rules show` shows it: plain values with the keys of the contract (design §6), and a table for people."""

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from mailflow.cli.options import pairs
from rules.sop import Sop
from rules.step import Step

SHORT = 12
"""Signs of a digest that tell it from any other."""
_FIXED = (4, 20, 34)
"""Widths of number, row, and where it leads; the action has the rest."""
_NARROWEST, _WIDEST = 90, 140


def listed(sop: Sop, origin: str) -> dict[str, Any]:
    """One line of `rules list`."""
    return {
        "id": sop.id,
        "title": sop.title.id,
        "decree": sop.decree,
        "promise": sop.promise,
        "rows": sop.rows,
        "digest": sop.digest[:SHORT],
        "from": origin,
    }


def shown(sop: Sop, origin: str) -> dict[str, Any]:
    """The whole SOP."""
    whole = sop.model_dump(mode="json", by_alias=True, exclude={"steps", "text"})
    return {
        **whole,
        "digest": sop.digest,
        "from": origin,
        "steps": [_step(step) for step in sop.steps.values()],
    }


def _step(step: Step) -> dict[str, Any]:
    ways = {said: target for said, target in step.edges.items() if said != "next"}
    row = step.model_dump(mode="json", by_alias=True)
    return {
        "no": row.pop("no"),
        "id": row.pop("id"),
        "performer": row.pop("performer"),
        "action": row.pop("action"),
        "needs": row.pop("needs"),
        "standard_time": row.pop("time"),
        "output": row.pop("output"),
        **row,
        "outcomes": ways,
        "kind": step.kind,
    }


def lines(sop: Sop, origin: str) -> Iterator[str]:
    """The SOP for people: what it is, then its rows."""
    yield f"{sop.id}: {sop.title.id}"
    waiting = sop.waiting
    yield from pairs(
        (
            ("decree", sop.decree),
            ("promise", sop.promise),
            ("fee", sop.fee),
            ("opened by", [f"{way} at {row}" for way, row in sop.opens.rows.items()]),
            ("waiting", f"reminds after {', '.join(waiting.remind)}; closes after {waiting.close}"),
            ("opens", list(sop.opened_sops)),
            ("digest", sop.digest[:SHORT]),
            ("from", origin),
        )
    )
    yield ""
    width = min(max(shutil.get_terminal_size((110, 24)).columns, _NARROWEST), _WIDEST)
    widths = (*_FIXED[:2], width - sum(_FIXED) - 6, _FIXED[2])
    yield from _wrapped([["NO"], ["ROW", "performer"], ["ACTION"], ["LEADS TO"]], widths)
    for step in sop.steps.values():
        yield ""
        yield from _wrapped(
            [[_number(step)], [step.id, step.performer], [*_what(step)], [*_ways(step)]], widths
        )


def _number(step: Step) -> str:
    return str(step.no) if step.no else "+"


def _what(step: Step) -> Iterator[str]:
    yield step.action
    yield from (f"- {line}" for line in step.conditions)
    if step.needs:
        yield f"needs: {', '.join(step.needs)}"
    if step.completeness:
        yield f"completeness: {step.completeness}"
    if measures := [each for each in (step.time, step.output) if each]:
        yield f"standard: {', '.join(measures)}"
    if step.we_read:
        yield f"read as: {step.we_read}"
    if step.added:
        yield f"added: {step.added}"


def _ways(step: Step) -> Iterator[str]:
    if step.child:
        yield f"opens {step.child} and waits"
    if step.tell:
        yield f"tells {step.tell}"
    for said, target in step.edges.items():
        words = f" ({'/'.join(step.words[said])})" if said in step.words else ""
        yield f"-> {target}" if said == "next" else f"{said}{words} -> {target}"
    if step.ends:
        yield f"ends: {step.ends}"


def _wrapped(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Columns side by side, each broken at its width."""
    columns = [
        [
            line
            for text in cell
            for line in textwrap.wrap(text, width, subsequent_indent="  " if len(cell) > 1 else "")
        ]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(len(column) for column in columns)):
        parts = (
            (column[number] if number < len(column) else "").ljust(width)
            for column, width in zip(columns, widths, strict=True)
        )
        yield "  ".join(parts).rstrip()
