"""The document: identity block, table, and notes, as one HTML file that needs nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from mailflow.sopdoc import words
from mailflow.sopdoc.beside import beside
from mailflow.sopdoc.chart import chart
from mailflow.sopdoc.drawing import Drawing
from mailflow.sopdoc.notes import Note, notes
from mailflow.sopdoc.sheets import Widths, height, sheets
from rules.sop import Sop, Step


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the table, ready to be written; `numbers` are those of its notes, `drawn` is what its picture needs in height."""

    step: Step
    picture: Markup
    drawn: int
    beside: tuple[str, ...]
    numbers: tuple[int, ...]
    time: str

    def height(self, widths: Widths) -> int:
        """Return about how high the row becomes, in pixels."""
        step = self.step
        numbered = (*self.beside, "Catatan") if self.numbers else self.beside
        cells = (
            ((step.action, *step.conditions), widths.action),
            ((step.completeness,), widths.completeness),
            ((step.output,), widths.output),
            (numbered, widths.beside),
        )
        return height(cells, self.drawn)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows that share a sheet; `above` and `below` are the connectors to the neighbouring ones."""

    rows: tuple[Row, ...]
    above: Markup | None = None
    below: Markup | None = None


def document(sop: Sop, sops: Mapping[str, Sop], *, department: str = "") -> str:
    """Return the SOP as an HTML document; `sops` are all in force, `department` is who issues it ("" leaves a line to fill in)."""
    columns = words.performers(sop)
    widths = Widths.of(sop, len(columns))
    drawing = Drawing(chart(sop, sops), widths.drawn)
    remarks = notes(sop)
    rows = [_row(sop, sops, number, drawing, remarks) for number in range(len(sop.steps))]
    pages = sheets([row.height(widths) for row in rows])
    return (
        _environment()
        .get_template("document.j2")
        .render(
            sop=sop,
            department=department,
            columns=columns,
            widths=widths.of_columns(len(columns)),
            sheets=_sheets(rows, pages, drawing),
            notes=remarks,
            promise=words.span(sop.promise),
            fee="tidak dipungut biaya" if sop.fee == "none" else sop.fee,
        )
    )


def _row(sop: Sop, sops: Mapping[str, Sop], number: int, drawing: Drawing, remarks: tuple[Note, ...]) -> Row:
    step = list(sop.steps.values())[number]
    where = f"baris {step.no}" if step.no else "baris tambahan"
    read = [f"Dibaca: {step.we_read}."] if step.we_read else []
    return Row(
        step=step,
        picture=drawing.row(number, f"{words.performers(sop)[step.performer]}, {where}"),
        drawn=drawing.height(number),
        beside=(*read, *beside(sop, step, sops)),
        numbers=tuple(note.number for note in remarks if note.row == step.id),
        time=words.span(step.time) if step.time else "",
    )


def _sheets(rows: list[Row], pages: list[list[int]], drawing: Drawing) -> list[Sheet]:
    found: list[Sheet] = []
    above = None
    for page in pages:
        last = page[-1] + 1 == len(rows)
        below, next_above = (None, None) if last else drawing.break_after(page[-1])
        found.append(Sheet(rows=tuple(rows[row] for row in page), above=above, below=below))
        above = next_above
    return found


def _environment() -> Environment:
    here = files("mailflow") / "sopdoc"
    return Environment(
        loader=FunctionLoader(lambda name: (here / name).read_text("utf-8")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
