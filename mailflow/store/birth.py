"""Which file it is, not what is in it: its inode number and when it was made (statx(2)).

A copy has a birth of its own whatever it preserves; an inode number alone may be given again to the next file at once. Where a file system
keeps no time of birth the number must do.
"""

import ctypes
import os
import struct
from pathlib import Path

_HERE, _WANTED = -100, 0x800  # AT_FDCWD; STATX_BTIME
_SIZE = 256
_MASK, _INODE, _BIRTH = (0, "I"), (32, "Q"), (80, "qI")  # offsets and shapes in struct statx (linux/stat.h)
_libc = ctypes.CDLL(None, use_errno=True)


def birth_of(path: Path) -> str:
    """Return what no other file has; raises OSError as `os.stat` does."""
    statx = getattr(_libc, "statx", None)
    made = ctypes.create_string_buffer(_SIZE)
    if statx is None or statx(_HERE, os.fsencode(path), 0, _WANTED, made) != 0:
        return str(path.stat().st_ino)
    (mask,), (inode,) = _at(made, _MASK), _at(made, _INODE)
    seconds, nanoseconds = _at(made, _BIRTH)
    return f"{inode}.{seconds}.{nanoseconds}" if mask & _WANTED else str(inode)


def _at(buffer: ctypes.Array[ctypes.c_char], place: tuple[int, str]) -> tuple[int, ...]:
    offset, shape = place
    return struct.unpack_from(f"={shape}", buffer, offset)
