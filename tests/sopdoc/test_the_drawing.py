"""Arrows reach what they lead to, and cover neither symbols nor one another, over the end of a sheet too."""

import itertools
import re

import pytest

from mailflow.sopdoc.chart import chart
from mailflow.sopdoc.document import document
from mailflow.sopdoc.drawing import LETTERS, Drawing
from mailflow.sopdoc.lanes import lanes
from mailflow.sopdoc.ports import ports
from mailflow.sopdoc.sheets import PAGE_HEIGHT, height, sheets
from rules.load import load_rules
from rules.sop import ENDINGS

SOPS = load_rules().sops
NAMES = sorted(SOPS)


def drawn(name):
    return chart(SOPS[name], SOPS)


@pytest.mark.parametrize("name", NAMES)
def test_every_way_of_the_rules_is_an_arrow_an_ending_or_said_in_words(name):
    sop, picture = SOPS[name], drawn(name)
    order = list(sop.steps)
    arrows = {(arrow.source, arrow.target) for arrow in picture.arrows}
    for row, step in enumerate(sop.steps.values()):
        for said, target in step.edges.items():
            in_ams = step.kind == "ams" and (target == step.id or target in ENDINGS)
            if in_ams or said == "done":
                continue  # `beside` says it; SELESAI for several rows is tried below
            if target in ENDINGS:
                assert picture.nodes[row].ending
            else:
                assert (row, order.index(target)) in arrows, (step.id, said)


@pytest.mark.parametrize("name", NAMES)
def test_selesai_for_several_rows_in_one_sitting_is_said_beside_the_row(name):
    sop, picture = SOPS[name], drawn(name)
    order = list(sop.steps)
    page = document(sop, SOPS)
    arrows = {(arrow.source, arrow.target) for arrow in picture.arrows}
    for row, step in enumerate(sop.steps.values()):
        if "done" in step.outcomes and (row, order.index(step.outcomes["done"])) not in arrows:
            beside = page.partition(f'<tr id="{step.id}"')[2].partition("</tr>")[0]
            assert "sekaligus selesai, dilanjutkan ke" in beside


@pytest.mark.parametrize("name", NAMES)
def test_two_lanes_side_by_side_never_run_in_the_same_place(name):
    found = lanes(drawn(name))
    for one in found:
        for other in found:
            if one is not other and (one.column, one.side, one.slot) == (
                other.column,
                other.side,
                other.slot,
            ):
                assert one.last < other.first or other.last < one.first


@pytest.mark.parametrize("name", NAMES)
def test_every_arrow_leaves_its_symbol_and_enters_the_other(name):
    picture = drawn(name)
    found = lanes(picture)
    for arrow in (each for each in picture.arrows if not each.straight):
        assert any(port.out == arrow for port in ports(picture, found, arrow.source))
        assert any(
            port.lane and port.out is None and arrow in port.lane.arrows
            for port in ports(picture, found, arrow.target)
        )


@pytest.mark.parametrize("name", NAMES)
def test_what_begins_or_ends_at_one_side_of_a_symbol_has_its_own_place(name):
    picture = drawn(name)
    for row in range(len(picture.nodes)):
        places = [(port.side, port.y) for port in ports(picture, lanes(picture), row)]
        assert len(places) == len(set(places))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_leaves_a_row_downwards_arrives_in_the_next(name):
    """Each row's picture is drawn by itself; at every edge both sides must agree where lines cross it."""
    picture = drawn(name)
    drawing = Drawing(picture, 280)
    for row in range(len(picture.nodes) - 1):
        below = _crossing(drawing.row(row, ""), 3000)
        above = _crossing(drawing.row(row + 1, ""), -3000)
        assert below == above, list(SOPS[name].steps)[row]


@pytest.mark.parametrize("row", range(6))
def test_connectors_of_a_broken_table_carry_the_same_letters_on_both_sheets(row):
    below, above = Drawing(drawn("revocation"), 378).break_after(row)
    letters = re.findall(r">([A-Z])</text>", below)
    assert letters == re.findall(r">([A-Z])</text>", above) == list(LETTERS[: len(letters)])
    assert letters


@pytest.mark.parametrize("row", range(9))
def test_connectors_stand_apart_and_inside_of_the_table(row):
    below, _ = Drawing(drawn("complaint"), 378).break_after(row)
    places = sorted(float(x) for x in re.findall(r'<text class="inside" x="(-?[\d.]+)"', below))
    assert places
    assert all(b - a >= 19.9 for a, b in itertools.pairwise(places))
    assert 9 < places[0] <= places[-1] < 378 - 9


def test_a_table_that_fits_is_not_broken_and_a_longer_one_loses_no_row():
    assert sheets([80] * 8) == [list(range(8))]
    heights = [66 + 13 * (number % 5) for number in range(30)]
    pages = sheets(heights)
    assert [row for page in pages for row in page] == list(range(30))
    assert all(sum(heights[row] for row in page) < PAGE_HEIGHT for page in pages)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_beside_a_symbol_have_room_within_its_row(name):
    drawing = Drawing(drawn(name), 378)
    for row in range(len(drawn(name).nodes)):
        words = re.findall(r'<text x="[^"]+" y="(-?[\d.]+)"', drawing.row(row, ""))
        assert all(abs(float(y)) <= drawing.height(row) / 2 for y in words), row


def test_a_row_higher_than_a_sheet_has_a_sheet_of_its_own():
    assert sheets([66, 2000, 66]) == [[0], [1], [2]]


def test_a_row_is_as_high_as_its_longest_cell_and_no_lower_than_its_picture():
    assert height([(("satu",), 100)], 66) == 66
    assert height([(("kata " * 100,), 100)], 66) > 300


def _crossing(picture, edge):
    """Where lines of a picture leave it over its upper (negative) or lower edge."""
    found = {}
    for kind, path in re.findall(r'<path class="(line(?: added)?)" d="([^"]+)"', picture):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path):
            if float(y) == edge:
                found[float(x)] = (
                    "line" if "line" in (kind, found.get(float(x))) else kind
                )  # solid covers dashed
    return found
