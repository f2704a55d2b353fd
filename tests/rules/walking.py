"""A whole walk: its moves, the way to the end, and what is said of a walk that fails, shortened to the moves that matter."""

from collections.abc import Iterable, Mapping
from random import Random

from rules.sop import Sop
from tests.rules.invariants import Watch
from tests.rules.walks import Tally, Walk
from tests.rules.world import Moment

LENGTH = 36
_LONG, _SELDOM = 4, 0.08
"""How much longer a walk is now and then: circles have to be walked until somebody counts."""
_REASON = 24
"""Characters by which two failures are the same."""


def walk(sops: Mapping[str, Sop], sop: str, seed: int, tally: Tally | None = None) -> Walk:
    """Walk once, and let them all finish. A failure names the shortest list of moves found that fails too."""
    dice = Random(seed)  # noqa: S311
    length = dice.randint(4, LENGTH) * (_LONG if dice.random() < _SELDOM else 1)
    moves = [dice.randrange(2**31) for _ in range(length)]
    try:
        done = _walk(sops, sop, seed, moves)
    except Exception as error:
        short = _shorten(sops, sop, seed, moves, str(error))
        raise AssertionError(
            f"{sop}, seed {seed}, moves {short}: {error}\n{told(sops, sop, seed, short)}"
        ) from error
    if tally is not None:
        tally.count(done)
    return done


def _walk(
    sops: Mapping[str, Sop], sop: str, seed: int, moves: Iterable[int], watch: Watch | None = None
) -> Walk:
    done = Walk(sops, sop, seed, watch or Watch())
    for move in moves:
        done.move(move)
    done.can_be_kept()
    done.finish()
    return done


def _fails(sops: Mapping[str, Sop], sop: str, seed: int, moves: list[int]) -> str:
    try:
        _walk(sops, sop, seed, moves)
    except Exception as error:  # noqa: BLE001 - any failure is one
        return str(error)
    return ""


def _shorten(sops: Mapping[str, Sop], sop: str, seed: int, moves: list[int], why: str) -> list[int]:
    """Leave out every move without which it fails all the same, for the same reason."""
    at_ = 0
    while at_ < len(moves):
        shorter = moves[:at_] + moves[at_ + 1 :]
        if _fails(sops, sop, seed, shorter)[:_REASON] == why[:_REASON]:
            moves = shorter
        else:
            at_ += 1
    return moves


def told(sops: Mapping[str, Sop], sop: str, seed: int, moves: list[int]) -> str:
    """Tell a walk line by line, as far as it gets."""
    watch, end = Watch(), ""
    try:
        _walk(sops, sop, seed, moves, watch)
    except Exception as error:  # noqa: BLE001 - it is known to fail
        end = f"  {type(error).__name__}: {error}"
    return "\n".join([*(_line(each) for each in watch.seen), end])


def _line(moment: Moment) -> str:
    what = moment.event.model_dump(exclude_defaults=True, exclude={"documents"})
    papers = [each.facts.kind for each in getattr(moment.event, "documents", ())]
    return (
        f"  {moment.now:%m-%d %H:%M} {moment.case.id} {moment.sop.id}: {moment.event.type} {what} {papers}"
        f" -> {moment.decision.event} @{moment.case.step} {moment.case.state.value}"
        f" {[each.key for each in moment.decision.effects]}"
    )
