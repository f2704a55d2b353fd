"""Landlock: a process takes file system, TCP and signals away from itself (Linux 5.13, linux/landlock.h).

The ruleset is built once in the zygote; a child only enters it. What the running kernel does not know is left out:
ABI 1 file system, 2 renaming across directories, 3 truncation, 4 TCP, 5 device ioctl, 6 signals and abstract sockets.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # one number on every architecture
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_SYSTEM_BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # number of access rights by ABI; 16 from ABI 5
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract Unix sockets, signals
_TCP_ABI, _SCOPE_ABI = 4, 6

_libc = ctypes.CDLL(None, use_errno=True)


def _syscall(number: int, *arguments: object) -> int:
    result: int = _libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def abi() -> int:
    """Return the kernel's Landlock ABI version; 0 where it is absent or switched off."""
    try:
        return _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    except OSError:
        return 0


def ruleset(readable: Iterable[Path]) -> int | None:
    """Build a ruleset that allows reading beneath `readable` and nothing else; return its descriptor, None without Landlock."""
    version = abi()
    if not version:
        return None
    handled = (1 << _FILE_SYSTEM_BITS.get(version, 16)) - 1
    network = _TCP if version >= _TCP_ABI else 0
    scoped = _SCOPES if version >= _SCOPE_ABI else 0
    attributes = struct.pack("=QQQ", handled, network, scoped)
    size = 8 if version < _TCP_ABI else 16 if version < _SCOPE_ABI else 24
    descriptor = _syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    for path in readable:
        if path.exists():
            _allow_reading(descriptor, path)
    return descriptor


def _allow_reading(descriptor: int, path: Path) -> None:
    beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = _READ_FILE | (_READ_DIR if path.is_dir() else 0)
        rule = struct.pack("=Qi", rights, beneath)
        _syscall(_ADD_RULE, ctypes.c_int(descriptor), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0))
    finally:
        os.close(beneath)


def enter(descriptor: int) -> None:
    """Put the calling process under the ruleset, for good, and close it. Needs no_new_privs. Raises OSError."""
    _syscall(_RESTRICT_SELF, ctypes.c_int(descriptor), ctypes.c_uint32(0))
    os.close(descriptor)
