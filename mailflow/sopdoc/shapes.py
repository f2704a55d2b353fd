"""SVG, piece by piece. The middle of a row is y = 0, so that a picture fits a row of any height."""

import textwrap

from markupsafe import Markup, escape

from mailflow.sopdoc.chart import Symbol

FAR = 3000
"""Beyond the edge of any row; what reaches out is cut off there and goes on in the next row."""
ENDING = 13
"""Width of the symbol of an ending."""
_SIGN, LABEL_LINE = 4, 9
"""Width of a sign of a label, and how far its lines stand apart."""


def half_width(symbol: Symbol, y: float) -> float:
    """Return how far a symbol reaches sideways at a height."""
    if symbol == "decision":
        return 26 * (1 - abs(y) / 17)
    if symbol == "terminator":
        return float(11 + max(0.0, 13**2 - y**2) ** 0.5)
    return 24


def half_height(symbol: Symbol) -> float:
    """Return how far a symbol reaches up and down from its middle."""
    return {"decision": 17, "terminator": 13, "process": 13}[symbol]


def symbol(kind: Symbol, x: float, *, added: bool) -> Markup:
    """Return a row's symbol with its middle at x."""
    drawn = {
        "decision": f"M{x:g} -17 l26 17 -26 17 -26 -17z",
        "terminator": f"M{x - 11:g} -13 h22 a13 13 0 0 1 0 26 h-22 a13 13 0 0 1 0 -26z",
        "process": f"M{x - 24:g} -13 h48 v26 h-48z",
    }
    return _path(drawn[kind], "symbol", added=added)


def line(*points: tuple[float, float], added: bool = False) -> Markup:
    """Return a line through points."""
    return _path("M" + " L".join(f"{x:g} {y:g}" for x, y in points), "line", added=added)


def head(x: float, y: float, towards: str) -> Markup:
    """Return an arrow's head, its point at (x, y)."""
    drawn = {
        "down": "l-4 -7 h8z",
        "up": "l-4 7 h8z",
        "left": "l7 -4 v8z",
        "right": "l-7 -4 v8z",
    }
    return Markup('<path class="head" d="M{} {} {}"/>').format(f"{x:g}", f"{y:g}", drawn[towards])


def label(
    at: tuple[float, float], text: str, anchor: str, *, grows: str = "down", room: float = 60
) -> Markup:
    """Return words beside a line, broken to fit into `room` pixels, from y on downwards or upwards."""
    x, y = at
    lines = label_lines(text, room)
    top = y - LABEL_LINE * (len(lines) - 1) if grows == "up" else y
    return Markup("").join(
        Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
            f"{x:g}", f"{top + LABEL_LINE * number:g}", anchor, part
        )
        for number, part in enumerate(lines)
    )


def label_lines(text: str, room: float = 60) -> list[str]:
    """Return a label's lines: each of several answers begins one."""
    return [part for piece in text.split(" / ") for part in textwrap.wrap(piece, int(room / _SIGN))]


def ending(x: float, y: float, *, added: bool) -> Markup:
    """Return the small rounded symbol at which a request ends in the middle of the table; (x, y) is its left end."""
    return _path(
        f"M{x + 4.5:g} {y - 4.5:g} h4 a4.5 4.5 0 0 1 0 9 h-4 a4.5 4.5 0 0 1 0 -9z", "symbol", added=added
    )


def connector(x: float, letter: str, *, top: float) -> Markup:
    """Return the pentagon that leads to another sheet or another SOP."""
    return Markup(
        '<path class="symbol" d="M{} {} h18 v12 l-9 7 -9 -7z"/><text class="inside" x="{}" y="{}" text-anchor="middle">{}</text>'
    ).format(f"{x - 9:g}", f"{top:g}", f"{x:g}", f"{top + 10:g}", letter)


def picture(width: float, parts: Markup, title: str) -> Markup:
    """Return a row's picture; its middle follows the row's height."""
    return Markup(
        '<svg class="flow" width="{}" role="img" aria-label="{}"><svg y="50%" overflow="visible">{}</svg></svg>'
    ).format(f"{width:g}", escape(title), parts)


def _path(drawn: str, kind: str, *, added: bool) -> Markup:
    return Markup('<path class="{}{}" d="{}"/>').format(kind, " added" if added else "", drawn)
