"""The proofs of an SOP: what must hold of its rows before anybody's request is entrusted to them.

Each proof takes the SOP and yields (key path, fault, remedy). Together they show: every numbered row is there once; every way out
leads somewhere; every row can be reached and every case can end; no circle turns without an officer counting; nothing is fulfilled
without an officer's word; approval does not refuse; every text exists in both languages and no two words of a row are alike.
"""

from collections.abc import Callable, Iterable, Iterator

from rules.graph import first_circle, reachable
from rules.keywords import OFFICER_WORDS, normal
from rules.sop import ENDINGS, Sop, Step
from rules.unsound import Path, Place, Problem

Fault = tuple[Path, str, str]

OFFICER_OUTCOMES = ("approve", "reject", "incomplete", "done", "escalate")
"""The closed vocabulary of an officer's row; a row may declare more in `words`."""


def prove(sop: Sop, place: Place) -> list[Problem]:
    """Return every fault; proofs about ways between rows are only tried when each way leads somewhere."""
    faults = [fault for proof in (*_OF_ROWS, *_OF_NAMES) for fault in proof(sop)]
    if not faults:
        faults = [fault for proof in _OF_WAYS for fault in proof(sop)]
    return [place.problem(*fault) for fault in faults]


# --- rows ------------------------------------------------------------------------------------------------------------------


def rows_are_numbered(sop: Sop) -> Iterator[Fault]:
    """Every numbered row of the signed table stands once; a row the source lacks says why it was added."""
    seen: dict[int, str] = {}
    for name, step in sop.steps.items():
        if step.no is None and not step.added:
            yield (
                ("steps", name, "no"),
                "the row has no number",
                'give it its number, or `added = "why"` if the source lacks it',
            )
        if step.no is not None and step.added:
            yield (
                ("steps", name, "added"),
                "a numbered row of the source cannot be added",
                "strike `no` or `added`",
            )
        if step.no is not None and step.no in seen:
            yield (
                ("steps", name, "no"),
                f"row {step.no} is already {seen[step.no]}",
                "each number stands once",
            )
        if step.no is not None:
            seen.setdefault(step.no, name)
        if bool(step.source_says) != bool(step.we_read):
            yield ("steps", name), "`source_says` and `we_read` belong together", "write both or none"
    missing = [str(number) for number in range(1, sop.rows + 1) if number not in seen]
    if missing:
        yield (
            ("rows",),
            f"row {', '.join(missing)} of {sop.rows} is missing",
            "write every row of the signed table",
        )
    for number in (number for number in seen if number > sop.rows):
        yield ("steps", seen[number], "no"), f"the table has only {sop.rows} rows", "correct `no` or `rows`"


def rows_are_of_one_kind(sop: Sop) -> Iterator[Fault]:
    """A row is one thing: it waits for the applicant, is a task, lies in AMS, tells, ends, or passes on."""
    for name, step in sop.steps.items():
        yield from ((("steps", name, key), what, remedy) for key, what, remedy in _mixed(step))


def _mixed(step: Step) -> Iterator[tuple[str, str, str]]:
    waits = step.kind in {"needs", "task", "ams"}
    if waits and (step.next or step.ends or step.tell):
        yield (
            "next",
            "a row that waits for somebody is left by its outcomes",
            "strike `next`, `tell` and `ends`, or the outcomes",
        )
    if not waits and step.outcomes:
        yield (
            "outcomes",
            "nobody speaks in this row",
            'give it `needs`, `where = "ams"`, or an officer as performer',
        )
    if not waits and bool(step.next) == bool(step.ends):
        yield "next", "the row leads nowhere or to two places", "write either `next` or `ends`"
    if step.kind in {"needs", "ams"} and step.performer != "applicant":
        yield "performer", f"a row of kind {step.kind} is the applicant's", 'write performer = "applicant"'
    if step.needs and step.where:
        yield "where", "what is sent to us is not done in AMS", "strike `needs` or `where`"
    if step.approvals > 1 and "approve" not in step.outcomes:
        yield "approvals", "the row has no `approve` that two could say", "strike `approvals`"
    if step.checks and step.kind != "task":
        yield "checks", "checks are shown in an officer's task", "move them to the officer's row"
    if step.kind == "ams" and not (step.instruct and step.look_in_ams):
        yield (
            "instruct",
            "a row in AMS tells the applicant what to do and the officer where to look",
            "write `instruct` and `look_in_ams`",
        )


# --- names -----------------------------------------------------------------------------------------------------------------


def ways_lead_somewhere(sop: Sop) -> Iterator[Fault]:
    """Every outcome, `next` and opening names a row or an ending."""
    places = {*sop.steps, *ENDINGS}
    for name, step in sop.steps.items():
        if name in ENDINGS:
            yield ("steps", name), f"{name} is an ending every SOP has", "rename the row"
        for outcome, target in step.edges.items():
            path = ("steps", name, "next") if outcome == "next" else ("steps", name, "outcomes", outcome)
            if target not in places:
                yield (
                    path,
                    f'there is no row "{target}"',
                    f"name one of {', '.join(sop.steps)}, or {', '.join(ENDINGS)}",
                )
    if sop.opens.letter not in sop.steps:
        yield (
            ("opens", "letter"),
            f'there is no row "{sop.opens.letter}"',
            f"name one of {', '.join(sop.steps)}",
        )


def needs_are_declared(sop: Sop) -> Iterator[Fault]:
    """Every need of a row is declared, and every declared need is asked for."""
    asked = {need for step in sop.steps.values() for need in step.needs}
    for name, step in sop.steps.items():
        for need in (need for need in step.needs if need not in sop.needs):
            yield ("steps", name, "needs"), f'there is no need "{need}"', f"declare [needs.{need}]"
    for need in (need for need in sop.needs if need not in asked):
        yield ("needs", need), "no row asks for it", "add it to a row's `needs`, or strike it"


def outcomes_are_known(sop: Sop) -> Iterator[Fault]:
    """A row's outcomes are words its kind can hear, and each kind has the one that moves it."""
    for name, step in sop.steps.items():
        if step.kind not in {"needs", "task", "ams"}:
            continue
        known = {"complete"} if step.kind == "needs" else {*OFFICER_OUTCOMES, *step.words}
        for outcome in (outcome for outcome in step.outcomes if outcome not in known):
            remedy = f"use one of {', '.join(sorted(known))}, or declare words.{outcome}"
            yield ("steps", name, "outcomes", outcome), f'"{outcome}" cannot be said in this row', remedy
        needed = {"needs": "complete", "ams": "done"}.get(step.kind)
        if needed and needed not in step.outcomes:
            yield ("steps", name, "outcomes"), f"`{needed}` leads nowhere", f"write outcomes.{needed}"
        for word in (word for word in step.text if word not in step.outcomes):
            yield ("steps", name, "text"), f'the row has no outcome "{word}"', "name one of its outcomes"


def words_differ(sop: Sop) -> Iterator[Fault]:
    """A declared word is single, stands in both languages, belongs to an outcome, and is no other word of the row."""
    for name, step in sop.steps.items():
        taken = {normal(word): outcome for outcome, words in OFFICER_WORDS.items() for word in words}
        for outcome, words in step.words.items():
            path = ("steps", name, "words", outcome)
            if outcome not in step.outcomes:
                yield path, "the row has no such outcome", f"write outcomes.{outcome}"
            if len(words) < 2:  # noqa: PLR2004 - one per language
                yield path, "a word is missing", "write it in Indonesian and in English"
            for word in words:
                if not word.isalpha():
                    yield path, f'"{word}" is not a single word', "use letters only"
                if taken.get(normal(word), outcome) != outcome or outcome in OFFICER_WORDS:
                    yield (
                        path,
                        f'"{word}" already means {taken.get(normal(word), outcome)}',
                        "choose another word",
                    )
                taken[normal(word)] = outcome


# --- ways ------------------------------------------------------------------------------------------------------------------


def every_row_is_reached(sop: Sop) -> Iterator[Fault]:
    """Every row can be reached from an opening."""
    reached = reachable(_edges(sop), [sop.opens.letter])
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
    """Every circle holds a KURANG, which `waiting.rounds` bounds."""
    circle = first_circle(_edges(sop, without=("incomplete",)))
    if circle:
        way = " → ".join((*circle, circle[0]))
        yield (
            ("steps", circle[0]),
            f"a circle that nobody counts: {way}",
            "let an `incomplete` of an officer be part of it",
        )


def officers_ask_the_applicant(sop: Sop) -> Iterator[Fault]:
    """KURANG leads to a row in which the applicant can answer."""
    for name, step in sop.steps.items():
        target = step.outcomes.get("incomplete")
        if target is not None and (target in ENDINGS or sop.steps[target].kind not in {"needs", "ams"}):
            yield (
                ("steps", name, "outcomes", "incomplete"),
                "nobody is asked there",
                "lead it to a row with `needs` or in AMS",
            )


def approval_approves(sop: Sop) -> Iterator[Fault]:
    """`approve`, `done` and declared words never settle at a refusal, `reject` never at a fulfilment."""
    for name, step in sop.steps.items():
        for outcome, target in step.outcomes.items():
            path, settled = ("steps", name, "outcomes", outcome), _settle(sop, target)
            if outcome in {"approve", "done", *step.words} and settled in ENDINGS:
                yield (
                    path,
                    f'"{outcome}" ends as {settled}',
                    "the leaflets' own error: lead it to the row for what conforms",
                )
            if outcome == "reject" and settled in sop.steps and sop.steps[settled].ends == "fulfilled":
                yield path, "a refusal fulfils the request", 'lead it to "rejected"'


def fulfilment_has_its_officer(sop: Sop) -> Iterator[Fault]:
    """Nothing is fulfilled without an officer's `approve`, `done` or own word."""
    spoken = {
        (name, outcome)
        for name, step in sop.steps.items()
        for outcome in ("approve", "done", *step.words)
        if step.kind != "needs"
    }
    edges = [
        (name, target)
        for name, step in sop.steps.items()
        for outcome, target in step.edges.items()
        if (name, outcome) not in spoken
    ]
    unspoken = reachable(edges, [sop.opens.letter])
    for name in (name for name in unspoken if name in sop.steps and sop.steps[name].ends == "fulfilled"):
        yield (
            ("steps", name, "ends"),
            "a case gets here without any officer's word",
            "put an officer's row before it",
        )


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
    settled = _settle(sop, sop.opens.letter)
    if settled in ENDINGS or sop.steps[settled].kind == "ams" or sop.steps[settled].ends:
        yield (
            ("opens", "letter"),
            "a letter cannot open a case there",
            "begin at a row with `needs` or an officer's row",
        )


def _an_officer_can_tell(step: Step) -> bool:
    return step.kind == "ams" or step.performer != "applicant" or bool(step.added)


def _edges(sop: Sop, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    skip = set(without)
    return [
        (name, target)
        for name, step in sop.steps.items()
        for outcome, target in step.edges.items()
        if outcome not in skip
    ]


def _settle(sop: Sop, target: str) -> str:
    """Follow `next` to where a case comes to rest; the rows of a circle of `next` settle at its entry."""
    seen: set[str] = set()
    while target in sop.steps and (onward := sop.steps[target].next) and target not in seen:
        seen.add(target)
        target = onward
    return target


_Proof = Callable[[Sop], Iterator[Fault]]
_OF_ROWS: tuple[_Proof, ...] = (rows_are_numbered, rows_are_of_one_kind)
_OF_NAMES: tuple[_Proof, ...] = (ways_lead_somewhere, needs_are_declared, outcomes_are_known, words_differ)
_OF_WAYS: tuple[_Proof, ...] = (
    every_row_is_reached,
    every_case_can_end,
    circles_are_counted,
    officers_ask_the_applicant,
    approval_approves,
    fulfilment_has_its_officer,
    shortcuts_skip_own_rows,
    openings_wait_for_the_applicant,
)
