"""A system call filter for the reading child (seccomp(2), linux/seccomp.h): the second line beside Landlock.

Landlock knows neither `chmod` nor, on the kernel of Debian 12, sockets and signals. The filter answers EPERM to every call that
starts a process, opens a socket, reaches another process, or changes a file. It is a list of what is denied, not of what is
allowed: an allow-list breaks with each new libc, and the limits hold beside it.
"""

import ctypes
import errno
import os
import platform
import struct

from mailflow.sandbox.syscalls import DENIED

_CLONE3, _OPENAT2 = 435, 437

_MACHINES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {"open": 2, "clone": 56, "prctl": 157, "tgkill": 234, "openat": 257, "prlimit64": 302},
    ),
    "aarch64": (
        0xC00000B7,
        {"clone": 220, "prctl": 167, "tgkill": 131, "openat": 56, "prlimit64": 261},
    ),
}
"""By machine: the architecture's audit number, and the calls of which only some uses are denied."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_DENY, _ABSENT = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_X32 = 0x40000000  # the x32 ABI shares the architecture and renumbers the calls
_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _MODE_FILTER = 1, 22, 2

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def supported() -> bool:
    """Tell whether the filter is written for this machine's architecture."""
    return platform.machine() in _MACHINES and struct.calcsize("P") == 8  # noqa: PLR2004 - a 64-bit process


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _conditional(number: int, argument: int, test: int, value: int, *, deny_if: bool) -> list[bytes]:
    """Deny call `number` depending on the low half of one argument; else allow it."""
    return [
        _step(_EQUAL, number, 0, 4),
        _step(_LOAD, 16 + 8 * argument),
        _step(test, value, *((0, 1) if deny_if else (1, 0))),
        _step(_RETURN, _DENY),
        _step(_RETURN, _ALLOW),
    ]


def program(pid: int, machine: str) -> bytes:
    """Compile the filter for the process `pid` on `machine` (as `platform.machine()` names it)."""
    architecture, special = _MACHINES[machine]
    denied = [numbers[list(_MACHINES).index(machine)] for numbers in DENIED.values()]
    steps = [
        _step(_LOAD, 4),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, 0),
        _step(_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _KILL),
    ]
    for name, argument in (("open", 1), ("openat", 2)):
        if name in special:
            steps += _conditional(special[name], argument, _ANY_BIT, _WRITING, deny_if=True)
    steps += _conditional(special["clone"], 0, _ANY_BIT, _CLONE_THREAD, deny_if=False)
    steps += _conditional(special["tgkill"], 0, _EQUAL, pid, deny_if=False)
    steps += _conditional(special["prlimit64"], 0, _EQUAL, 0, deny_if=False)
    steps += _conditional(special["prctl"], 0, _EQUAL, _PR_SET_PDEATHSIG, deny_if=True)
    for number in (_CLONE3, _OPENAT2):  # their flags lie behind a pointer: libc then takes clone and openat
        steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ABSENT)]
    for number in (number for number in denied if number is not None):
        steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _DENY)]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def enter() -> None:
    """Put the calling process under the filter, for good. Needs no_new_privs. Raises OSError."""
    code = program(os.getpid(), platform.machine())
    filter_ = _Program(len(code) // 8, code)
    if _libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), ctypes.byref(filter_), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
