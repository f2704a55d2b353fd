"""What it costs to write one word for another: slips of the finger are cheap, other letters are not.

Restricted Damerau-Levenshtein distance (Boytsov, ACM JEA 16, 2011) with weights: half for a doubled letter or the lost half of a double,
for neighbours on a QWERTY keyboard, for letters exchanged, and for sounds that are spelled alike (f/p/v, s/z, k/q, i/y); three quarters
for any other letter lost; one for the rest.
"""

from itertools import pairwise

_CHEAP, _LOST, _WHOLE = 0.5, 0.75, 1.0
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("fp", "fv", "vw", "sz", "kq", "ck", "iy", "jy", "dt")


def _beside() -> frozenset[tuple[str, str]]:
    pairs = {(row[at], row[at + 1]) for row in _ROWS for at in range(len(row) - 1)}
    for upper, lower in pairwise(_ROWS):
        pairs |= {(upper[at], lower[at]) for at in range(len(lower))}
        pairs |= {(upper[at + 1], lower[at]) for at in range(len(lower)) if at + 1 < len(upper)}
    pairs |= {(pair[0], pair[1]) for pair in _SOUNDS}
    return frozenset(pairs | {(other, one) for one, other in pairs})


_NEIGHBOURS = _beside()


def cost(written: str, meant: str) -> float:
    """Return the cost of writing `written` where `meant` was meant; 0 is the same word."""
    before: list[float] = []
    above = [0.0]
    for at, letter in enumerate(meant):
        above.append(above[-1] + _lost(meant, at, letter))
    for row, letter in enumerate(written):
        line = [above[0] + _added(written, row)]
        for column, wanted in enumerate(meant):
            best = min(
                above[column] + _exchanged(letter, wanted),
                above[column + 1] + _added(written, row),
                line[column] + _lost(meant, column, wanted),
            )
            if row and column and letter == meant[column - 1] != wanted == written[row - 1]:
                best = min(best, before[column - 1] + _CHEAP)
            line.append(best)
        before, above = above, line
    return above[-1]


def _exchanged(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    return _CHEAP if (letter, wanted) in _NEIGHBOURS else _WHOLE


def _added(written: str, at: int) -> float:
    return _CHEAP if at and written[at] == written[at - 1] else _WHOLE


def _lost(meant: str, at: int, letter: str) -> float:
    return _CHEAP if at and meant[at - 1] == letter else _LOST
