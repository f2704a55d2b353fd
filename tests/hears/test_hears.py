"""The measurement measures: its lines are sound, and what becomes of a mail is seen and judged."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.hears import files
from tests.hears.__main__ import FILES, failing, played, table
from tests.hears.judged import falsely_opened, unprotected, verdict
from tests.hears.lines import Line, read
from tests.hears.played import Outcome, first_words

STATES = {"fresh", "incomplete", "waiting", "ams", "closed", "notice", "task", "own"}
LINE = Line(
    id="t-001",
    state="fresh",
    writer="applicant",
    subject="Lupa passphrase",
    body="Mohon bantuan, saya lupa passphrase. Surat pernyataan dan CSR terlampir.",
    attach=("statement.pdf", "csr"),
    hears="passphrase-loss",
    person=False,
    never=(),
)
OUTCOME = Outcome(
    line=LINE,
    reached=True,
    opened=frozenset(),
    answered=True,
    told=(),
    shown=False,
    urgent=False,
    left=False,
    closed=False,
    decision="",
)


def test_the_lines_are_two_halves_of_170_or_more_that_share_nothing():
    halves = [read(file) for file in FILES]
    assert min(map(len, halves)) >= 170
    bodies = Counter(line.body for half in halves for line in half)
    assert max(bodies.values()) == 1
    assert len({line.id for half in halves for line in half}) == bodies.total()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_lines_of_a_state_are_known_apart_by_their_first_words(file):
    lines = read(file)
    assert {line.state for line in lines} == STATES
    assert {name for line in lines for name in line.attach} <= set(files.NAMES)
    assert max(Counter((line.state, first_words(line)) for line in lines).values()) == 1
    assert not [line.id for line in lines if line.hears in line.never]


def test_what_became_of_a_mail_is_seen_from_outside():
    rapat = replace(LINE, id="t-002", subject="Rapat", body="Rapat jam 10 di aula, bawa notulen.", attach=())
    outcomes = played([LINE, replace(rapat, hears="other-business")])
    assert [each.opened for each in outcomes] == [{"passphrase-loss"}, set()]
    assert [each.left for each in outcomes] == [False, True], "what is nobody's request stays in the mailbox"
    assert list(table(outcomes))[-1].startswith("heard right 100.0 %")
    assert not list(failing(outcomes))


def heard(state: str, hears: str, **seen) -> Outcome:
    seen = {"opened": frozenset(seen.pop("opens", ())), **seen}
    return replace(OUTCOME, line=replace(LINE, state=state, hears=hears), **seen)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (heard("fresh", "renewal", opens=["renewal"]), "right"),
        (heard("fresh", "renewal", opens=["complaint"], shown=True), "wrong"),
        (heard("fresh", "renewal", left=True), "person"),
        (heard("fresh", "other-business", opens=["complaint"], shown=True), "wrong"),
        (heard("fresh", "auto"), "wrong"),
        (heard("closed", "problem", answered=False), "wrong"),
        (heard("closed", "thanks", told=("Pesan",)), "person"),
        (heard("ams", "cancel", closed=True), "right"),
        (heard("notice", "agrees", opens=["renewal"]), "right"),
        (heard("task", "reject", decision="reject"), "right"),
        (heard("task", "reject", decision="approve"), "wrong"),
        (heard("task", "ask-back", decision="approve"), "wrong"),
        (heard("own", "queue", answered=False), "person"),
        (heard("waiting", "status", reached=False), "unreached"),
    ],
)
def test_a_verdict_says_what_the_reader_of_the_mail_would(outcome, expected):
    assert verdict(outcome) == expected


def test_protection_is_missed_wherever_nothing_says_that_it_is_urgent():
    theft = heard("fresh", "revocation-urgent", opens=["revocation"])
    assert unprotected(theft)
    assert falsely_opened(theft)
    assert not unprotected(replace(theft, urgent=True))
    assert unprotected(heard("incomplete", "urgent", shown=True)), "beside the next task, too late"
