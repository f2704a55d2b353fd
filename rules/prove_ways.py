"""Proofs about the ways between rows; they hold good only where every way leads somewhere (`prove_rows`)."""

from collections.abc import Iterable, Iterator

from rules.graph import first_circle, reachable
from rules.sop import ENDINGS, Sop, Step
from rules.step import LETTER, LIMIT, WAITS_FOR_APPLICANT
from rules.unsound import Fault


def every_row_is_reached(sop: Sop) -> Iterator[Fault]:
    """Every row can be reached from an opening."""
    reached = reachable(_edges(sop), sop.opens.rows.values())
    for name in (name for name in sop.steps if name not in reached):
        yield ("steps", name), "no way leads to this row", "let an outcome or `next` lead to it, or strike it"


def every_case_can_end(sop: Sop) -> Iterator[Fault]:
    """From every row a fulfilled or moot ending can be reached."""
    backwards = [(target, source) for source, target in _edges(sop)]
    endings = [name for name, step in sop.steps.items() if step.ends]
    can_end = reachable(backwards, endings)
    for name in (name for name in sop.steps if name not in can_end):
        yield (
            ("steps", name),
            "from this row no case is ever fulfilled",
            "let an outcome lead on to a row that `ends`",
        )


def circles_are_counted(sop: Sop) -> Iterator[Fault]:
    """Every circle holds a KURANG, which `waiting.rounds` bounds, or a row whose `limit` bounds the applicant's answers."""
    counted = {
        (name, outcome)
        for name, step in sop.steps.items()
        for outcome in step.edges
        if outcome == "incomplete" or (LIMIT in step.outcomes and outcome in {LETTER, *step.words})
    }
    circle = first_circle(_edges(sop, without=counted))
    if circle:
        first = min(range(len(circle)), key=lambda index: list(sop.steps).index(circle[index]))
        circle = circle[first:] + circle[:first]
        way = " → ".join((*circle, circle[0]))
        yield (
            ("steps", circle[0]),
            f"a circle that nobody counts: {way}",
            "let an `incomplete` of an officer be part of it, or give the applicant's row a `limit`",
        )


def officers_ask_the_applicant(sop: Sop) -> Iterator[Fault]:
    """KURANG leads to a row in which the applicant can answer."""
    for name, step in sop.steps.items():
        target = step.outcomes.get("incomplete")
        settled = _settle(sop, target) if target else ""
        if target and (settled in ENDINGS or sop.steps[settled].kind not in WAITS_FOR_APPLICANT):
            yield (
                ("steps", name, "outcomes", "incomplete"),
                "nobody is asked there",
                "lead it to a row with `needs`, with `words`, in AMS, or of a child",
            )


def approval_approves(sop: Sop) -> Iterator[Fault]:
    """`approve`, `done` and declared words never settle at a refusal, `reject` never at a fulfilment."""
    for name, step in sop.steps.items():
        for outcome, target in step.outcomes.items():
            path, settled = ("steps", name, "outcomes", outcome), _settle(sop, target)
            if outcome in _spoken_by_officer(step) and settled in ENDINGS:
                yield (
                    path,
                    f'"{outcome}" ends as {settled}',
                    "the leaflets' own error: lead it to the row for what conforms",
                )
            if outcome == "reject" and settled in sop.steps and sop.steps[settled].ends == "fulfilled":
                yield path, "a refusal fulfils the request", 'lead it to "rejected"'


def fulfilment_has_its_officer(sop: Sop) -> Iterator[Fault]:
    """Nothing is fulfilled without an officer's `approve`, `done` or own word; what is known already is no word."""
    spoken = {
        (name, outcome)
        for name, step in sop.steps.items()
        for outcome in _spoken_by_officer(step)
        if outcome not in step.sure
    }
    unspoken = reachable(_edges(sop, without=spoken), sop.opens.rows.values())
    for name in (name for name in unspoken if name in sop.steps and sop.steps[name].ends == "fulfilled"):
        yield (
            ("steps", name, "ends"),
            "a case gets here without any officer's word",
            "put an officer's row before it",
        )


def _spoken_by_officer(step: Step) -> tuple[str, ...]:
    return ("approve", "done", *step.words) if step.kind in {"task", "ams"} else ()


def shortcuts_skip_own_rows(sop: Sop) -> Iterator[Fault]:
    """SELESAI may cover only rows an officer does or can see in AMS, never what the applicant must send or be told."""
    for name, step in sop.steps.items():
        skipped = sop.between(name, step.outcomes["done"]) if "done" in step.outcomes else ()
        for other in (
            other for other in skipped if sop.steps[other].no and not _an_officer_can_tell(sop.steps[other])
        ):
            yield (
                ("steps", name, "outcomes", "done"),
                f"SELESAI would skip the applicant's row {other}",
                "lead it to that row",
            )


def openings_wait_for_the_applicant(sop: Sop) -> Iterator[Fault]:
    """A letter opens a row in which its documents count."""
    settled = _settle(sop, sop.opens.letter) if sop.opens.letter else None
    if settled and (settled in ENDINGS or sop.steps[settled].kind == "ams" or sop.steps[settled].ends):
        yield (
            ("opens", "letter"),
            "a letter cannot open a case there",
            "begin at a row with `needs` or an officer's row",
        )


def _an_officer_can_tell(step: Step) -> bool:
    return step.kind == "ams" or step.performer != "applicant" or bool(step.added)


def _edges(sop: Sop, without: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Return the ways between rows, less those by (row, outcome) of `without`."""
    skip = set(without)
    return [
        (name, target)
        for name, step in sop.steps.items()
        for outcome, target in step.edges.items()
        if (name, outcome) not in skip
    ]


def _settle(sop: Sop, target: str) -> str:
    """Follow `next` to where a case comes to rest; the rows of a circle of `next` settle at its entry."""
    seen: set[str] = set()
    while target in sop.steps and (onward := sop.steps[target].next) and target not in seen:
        seen.add(target)
        target = onward
    return target


PROOFS = (
    every_row_is_reached,
    every_case_can_end,
    circles_are_counted,
    officers_ask_the_applicant,
    approval_approves,
    fulfilment_has_its_officer,
    shortcuts_skip_own_rows,
    openings_wait_for_the_applicant,
)
