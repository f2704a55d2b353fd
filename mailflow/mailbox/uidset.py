"""UID sets as IMAP writes them: `1:3,7` (RFC 3501 §9, sequence-set; RFC 4315 §4, uid-set)."""

from collections.abc import Iterable, Iterator
from itertools import islice


def compact(uids: Iterable[int]) -> str:
    """The shortest set naming exactly these UIDs; "" for none."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if last > first else f"{first}" for first, last in runs)


def expand(uid_set: str) -> Iterator[int]:
    """The UIDs a server names in COPYUID; a range may stand in either order."""
    for part in uid_set.split(","):
        first, _, last = part.partition(":")
        low, high = sorted((int(first), int(last or first)))
        yield from range(low, high + 1)


def batches(uids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Lists of at most `size`, in the order given."""
    rest = iter(uids)
    while batch := list(islice(rest, size)):
        yield batch
