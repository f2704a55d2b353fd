"""Proofs about each row by itself: its number, its kind, its names, its words."""

from collections.abc import Iterator

from rules.checks import known as known_checks
from rules.keywords import OFFICER_WORDS, normal
from rules.sop import ENDINGS, Sop, Step
from rules.unsound import Fault

OFFICER_OUTCOMES = ("approve", "reject", "incomplete", "done", "escalate")
"""The closed vocabulary of an officer's row; a row may declare more in `words`."""


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
    if not sop.opens.rows:
        yield ("opens",), "nobody can open a case", "write `letter`, `notice`, `parent` or `linked`"
    for way, row in sop.opens.rows.items():
        if row not in sop.steps:
            yield ("opens", way), f'there is no row "{row}"', f"name one of {', '.join(sop.steps)}"


def needs_are_declared(sop: Sop) -> Iterator[Fault]:
    """Every need of a row is declared, and every declared need is asked for."""
    asked = {need for step in sop.steps.values() for need in step.needs}
    for name, step in sop.steps.items():
        for need in (need for need in step.needs if need not in sop.needs):
            yield ("steps", name, "needs"), f'there is no need "{need}"', f"declare [needs.{need}]"
    for need in (need for need in sop.needs if need not in asked):
        yield ("needs", need), "no row asks for it", "add it to a row's `needs`, or strike it"


def checks_exist(sop: Sop) -> Iterator[Fault]:
    """Every check or group of checks a row names exists."""
    for name, step in sop.steps.items():
        for check in (check for check in step.checks if check not in known_checks()):
            remedy = f"name one of {', '.join(sorted(known_checks()))}"
            yield ("steps", name, "checks"), f'there is no check "{check}"', remedy


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
        for word in (word for word in step.explain if word not in step.edges):
            yield (
                ("steps", name, "explain", word),
                f'the row has no outcome "{word}"',
                "name one of its outcomes",
            )
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


PROOFS = (
    rows_are_numbered,
    rows_are_of_one_kind,
    ways_lead_somewhere,
    needs_are_declared,
    checks_exist,
    outcomes_are_known,
    words_differ,
)
