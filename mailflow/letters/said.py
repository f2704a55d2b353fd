"""What an effect's ids mean in words: the row's question with its answers, and what children of a request told."""

from dataclasses import replace

from mailflow.outbox.dates import moment
from mailflow.outbox.letter import Letter, Word
from rules.case import Case
from rules.sop import Sop
from rules.step import SILENT
from rules.turns.turn import Said


def with_question(letter: Letter, sop: Sop, rows: tuple[str, ...], said: Said) -> Letter:
    """Ask what a row asks, with its words and what each means; `silence`: what no answer means."""
    row = sop.steps.get(rows[0]) if rows else None
    if row is None or row.question is None:
        return letter
    language = letter.language
    if silence := row.explain.get(SILENT):
        said["silence"] = (silence.in_(language),)
    answers = tuple(
        Word(
            word=words[-1 if language == "en" else 0],
            meaning=row.explain[outcome].in_(language) if outcome in row.explain else "",
        )
        for outcome, words in row.words.items()
    )
    return replace(letter, question=row.question.in_(language), words=answers)


def with_news(letter: Letter, case: Case, numbers: tuple[str, ...], said: Said) -> Letter:
    """Tell what has happened in AMS: a sentence each, with day and time."""
    if numbers:
        recorded = "recorded" if letter.language == "en" else "tercatat"
        told = [case.news[int(number)] for number in numbers]
        said["events"] = tuple(
            f"{each.sentence.in_(letter.language).rstrip('.')} ({recorded} {moment(each.at, letter.language, letter.office.timezone)})."
            for each in told
        )
    return letter
