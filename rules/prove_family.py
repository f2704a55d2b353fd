"""Proofs over all SOPs together: children, what is given to them, what is left to be told, and words that must differ between SOPs."""

from collections.abc import Iterator, Mapping

from rules.graph import first_circle
from rules.keywords import normal
from rules.sop import ENDINGS, Sop, Step
from rules.step import OTHERWISE
from rules.unsound import Fault

Sops = Mapping[str, Sop]


def family_faults(sops: Sops) -> Iterator[tuple[str, Fault]]:
    """Yield (SOP id, fault) for all that is unsound between SOPs."""
    yield from _circles(sops)
    for sop in sops.values():
        for name, step in sop.steps.items():
            if step.child:
                for key, what, remedy in _child(sops, step):
                    yield sop.id, (("steps", name, *key), what, remedy)
    yield from _same_words(sops)
    complaints = [sop.id for sop in sops.values() if sop.opens.linked]
    for other in complaints[1:]:
        what = f"PENGADUAN already opens {complaints[0]}"
        yield other, (("opens", "linked"), what, "only one SOP may be opened by it")


def _child(sops: Sops, step: Step) -> Iterator[Fault]:
    child = sops.get(step.child or "")
    if child is None:
        known = ", ".join(name for name, sop in sops.items() if sop.opens.parent)
        what = f'there is no SOP "{step.child}"'
        remedy = (
            f"name one of {known or 'the SOPs in force'}; if an empty file in rules.d/ masks it, remove that"
        )
        yield ("child",), what, remedy
        return
    if child.opens.parent is None:
        yield ("child",), f"{child.id} cannot be opened by another SOP", f"write opens.parent in {child.id}"
    endings = {name: row for name, row in child.steps.items() if row.ends}
    names = {*endings, *ENDINGS, OTHERWISE}
    for outcome in (outcome for outcome in step.outcomes if outcome not in names):
        remedy = f"name one of {', '.join(sorted(names))}"
        yield ("outcomes", outcome), f'{child.id} never ends as "{outcome}"', remedy
    for held in step.holds:
        if held not in endings:
            yield ("holds",), f'{child.id} never ends as "{held}"', f"name one of {', '.join(endings)}"
        elif endings[held].news is None:
            what = f"nothing says how our letter tells of it: row {held} of {child.id} has no `news`"
            yield ("holds",), what, f"write steps.{held}.news in {child.id}"
    facts = {row.fact for row in child.steps.values() if row.fact} | ({"reason"} if child.reasons else set())
    for fact, value in step.gives.items():
        if fact not in facts:
            yield (
                ("gives", fact),
                f"{child.id} asks for no such fact",
                f"name one of {', '.join(sorted(facts))}",
            )
        elif fact == "reason" and value not in child.reasons:
            yield (
                ("gives", fact),
                f'"{value}" is no reason of {child.id}',
                f"name one of {', '.join(child.reasons)}",
            )


def _circles(sops: Sops) -> Iterator[tuple[str, Fault]]:
    edges = [(sop.id, child) for sop in sops.values() for child in sop.opened_sops if child in sops]
    circle = first_circle(edges)
    if circle:
        way = " → ".join((*circle, circle[0]))
        row = next(
            step.id for step in sops[circle[0]].steps.values() if step.child == circle[1 % len(circle)]
        )
        yield (
            circle[0],
            (("steps", row, "child"), f"SOPs open each other in a circle: {way}", "strike one `child`"),
        )


def _same_words(sops: Sops) -> Iterator[tuple[str, Fault]]:
    taken: dict[str, str] = {}
    for sop in sops.values():
        for word in sop.word:
            other = taken.setdefault(normal(word), sop.id)
            if other != sop.id:
                yield sop.id, (("word",), f'"{word}" already sorts a mail to {other}', "choose another word")
