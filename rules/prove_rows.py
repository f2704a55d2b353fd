"""Proofs about each row by itself: its number, its kind, its names, its words."""

from collections.abc import Callable, Iterator

from rules.checks import known as known_checks
from rules.keywords import APPLICANT_WORDS, OFFICER_WORDS, normal
from rules.sop import ENDINGS, Sop, Step
from rules.step import LETTER, LIMIT, OTHERWISE, SILENT
from rules.unsound import Fault

OFFICER_OUTCOMES = ("approve", "reject", "incomplete", "done", "escalate")
"""The closed vocabulary of an officer's row; a row may declare more in `words`."""


def mails_can_be_sorted_to_it(sop: Sop) -> Iterator[Fault]:
    """An officer sorts a mail to the SOP with one word in each language."""
    if len(sop.word) < 2:  # noqa: PLR2004 - one per language
        yield (
            ("word",),
            "is missing",
            'write it in Indonesian and in English, like `word = ["LUPA", "FORGOTTEN"]`',
        )


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
    """A row is one thing: it waits for the applicant, is a task, lies in AMS, opens a child, tells, ends, or passes on."""
    for name, step in sop.steps.items():
        for key, is_wrong, what, remedy in _OF_ONE_KIND:
            if is_wrong(step):
                yield ("steps", name, key), what, remedy


def _waits(step: Step) -> bool:
    return step.kind not in {"tell", "pass"}


def _answers(step: Step) -> bool:
    return step.kind == "ask" or step.asks


_OF_ONE_KIND: tuple[tuple[str, Callable[[Step], bool], str, str], ...] = (
    (
        "next",
        lambda step: _waits(step) and bool(step.next or step.ends or step.tell),
        "a row that waits for somebody is left by its outcomes",
        "strike `next`, `tell` and `ends`, or the outcomes",
    ),
    (
        "next",
        lambda step: not _waits(step) and bool(step.next) == bool(step.ends),
        "the row leads nowhere or to two places",
        "write either `next` or `ends`, or `outcomes` for the words that can be said here",
    ),
    (
        "performer",
        lambda step: step.kind in {"needs", "ams"} and step.performer != "applicant",
        "a row that waits for documents, or lies in AMS, is the applicant's",
        'write performer = "applicant"',
    ),
    (
        "child",
        lambda step: step.kind == "child" and bool(step.needs or step.where or step.words),
        "a row that opens another SOP waits for its end and for nothing else",
        "strike `needs`, `where` and `words`",
    ),
    (
        "where",
        lambda step: bool(step.needs and step.where),
        "what is sent to us is not done in AMS",
        "strike `needs` or `where`",
    ),
    (
        "approvals",
        lambda step: step.approvals > 1 and "approve" not in step.outcomes,
        "the row has no `approve` that two could say",
        "strike `approvals`",
    ),
    (
        "checks",
        lambda step: bool(step.checks) and step.kind != "task",
        "checks are shown in an officer's task",
        "move them to the officer's row",
    ),
    (
        "instruct",
        lambda step: step.kind == "ams" and not (step.instruct and step.look_in_ams),
        "a row in AMS tells the applicant what to do and the officer where to look",
        "write `instruct` and `look_in_ams`",
    ),
    (
        "question",
        lambda step: _answers(step) and step.question is None,
        "the applicant is not told what is asked",
        "write `question` in both languages",
    ),
    (
        "question",
        lambda step: bool(step.question) and not _answers(step),
        "nobody answers a question here",
        "strike `question`, or declare `words` for the answers",
    ),
    (
        "fact",
        lambda step: bool(step.fact) and step.kind != "task",
        "only an officer's row asks for a fact",
        "strike `fact`",
    ),
    (
        "sure",
        lambda step: bool(set(step.sure) - set(step.outcomes)) or (bool(step.sure) and not step.fact),
        "what is sure is no outcome of the row, or there is no `fact`",
        "name outcomes of the row, and the `fact` they are values of",
    ),
    (
        "child",
        lambda step: bool(step.gives or step.holds) and step.kind != "child",
        "`gives` and `holds` belong to a row that opens another SOP",
        "write `child`, or strike them",
    ),
    (
        "reopens",
        lambda step: bool(step.reopens) and not step.ends,
        "only an ending can be opened again",
        "strike `reopens`",
    ),
    (
        "news",
        lambda step: bool(step.news) and not (step.ends or step.tell),
        "only an ending, or what is told in passing, has news for another letter",
        "strike `news`",
    ),
)
"""What a row of its kind must not have, or must: key, whether a row is at fault, what, remedy."""


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
    for name, step in sop.steps.items():
        if step.reopens is not None and step.reopens not in sop.steps:
            what = f'there is no row "{step.reopens}"'
            yield ("steps", name, "reopens"), what, f"name one of {', '.join(sop.steps)}"
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


_NEEDED = {"needs": "complete", "ams": "done", "child": OTHERWISE}
"""The outcome that moves a row of each kind on."""


def outcomes_are_known(sop: Sop) -> Iterator[Fault]:
    """A row's outcomes are words its kind can hear, and each kind has the one that moves it."""
    for name, step in sop.steps.items():
        if step.kind in {"tell", "pass"}:
            continue
        known = _outcomes_of(step)
        for outcome in (outcome for outcome in step.outcomes if known and outcome not in known):
            remedy = f"use one of {', '.join(sorted(known))}, or declare words.{outcome}"
            yield ("steps", name, "outcomes", outcome), f'"{outcome}" cannot be said in this row', remedy
        needed = _NEEDED.get(step.kind)
        if needed and needed not in step.outcomes:
            yield ("steps", name, "outcomes"), f"`{needed}` leads nowhere", f"write outcomes.{needed}"
        for word in (word for word in step.explain if word not in step.edges):
            what = f'the row has no outcome "{word}"'
            yield ("steps", name, "explain", word), what, "name one of its outcomes"
        for word in (word for word in step.text if word not in step.outcomes):
            yield ("steps", name, "text"), f'the row has no outcome "{word}"', "name one of its outcomes"


def _outcomes_of(step: Step) -> set[str]:
    """Return what can be said in a row; empty for a child's row, whose outcomes are the child's endings (`prove_family`)."""
    if step.kind == "child":
        return set()
    if step.kind == "needs":
        return {"complete", *step.words, *({LETTER, SILENT, LIMIT} if step.words else ())}
    if step.kind == "ask":
        return {*step.words, LETTER, SILENT, LIMIT}
    return {*OFFICER_OUTCOMES, *step.words}


_FREE = frozenset({"confirm", "finished"})
"""An applicant's usual words that a row may give a meaning of its own."""


def words_differ(sop: Sop) -> Iterator[Fault]:
    """A declared word is single, stands in both languages, belongs to an outcome, and is no other word of the row."""
    for name, step in sop.steps.items():
        usual = APPLICANT_WORDS if step.asks else OFFICER_WORDS
        taken = {
            normal(word): outcome
            for outcome, words in usual.items()
            for word in words
            if not (usual is APPLICANT_WORDS and outcome in _FREE)
        }
        for outcome, words in step.words.items():
            path = ("steps", name, "words", outcome)
            if outcome not in step.outcomes:
                yield path, "the row has no such outcome", f"write outcomes.{outcome}"
            yield from _wrong_words(path, outcome, words, taken)
            if outcome in OFFICER_WORDS:
                yield path, f'"{outcome}" has its own words already', "choose another name for the outcome"


def classes_have_words(sop: Sop) -> Iterator[Fault]:
    """A class is named by words that mean nothing else in any officer's row, and by no outcome's name."""
    taken = {normal(word): outcome for outcome, words in OFFICER_WORDS.items() for word in words}
    for step in sop.steps.values():
        taken |= {normal(word): outcome for outcome, words in step.words.items() for word in words}
    for name, each in sop.classes.items():
        yield from _wrong_words(("classes", name, "words"), name, each.words, taken)
        if any(name in step.outcomes for step in sop.steps.values()):
            yield ("classes", name), "a row has an outcome of this name", "rename the class"


def _wrong_words(
    path: tuple[str, ...], outcome: str, words: tuple[str, ...], taken: dict[str, str]
) -> Iterator[Fault]:
    if len(words) < 2:  # noqa: PLR2004 - one per language
        yield path, "a word is missing", "write it in Indonesian and in English"
    for word in words:
        if not word.isalpha():
            yield path, f'"{word}" is not a single word', "use letters only"
        if taken.get(normal(word), outcome) != outcome:
            yield path, f'"{word}" already means {taken[normal(word)]}', "choose another word"
        taken[normal(word)] = outcome


def urgent_reasons_are_listed(sop: Sop) -> Iterator[Fault]:
    """What is urgent is one of the SOP's reasons."""
    for number, urgent in enumerate(sop.urgent):
        for reason in (reason for reason in urgent.is_ if reason not in sop.reasons):
            known = ", ".join(sop.reasons) or "declare [reasons]"
            yield (
                ("urgent", str(number), "is"),
                f'"{reason}" is no reason of this SOP',
                f"name one of {known}",
            )


PROOFS = (
    mails_can_be_sorted_to_it,
    rows_are_numbered,
    rows_are_of_one_kind,
    ways_lead_somewhere,
    needs_are_declared,
    checks_exist,
    outcomes_are_known,
    words_differ,
    classes_have_words,
    urgent_reasons_are_listed,
)
