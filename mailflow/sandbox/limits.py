"""What a reading child gives up before it touches a stranger's bytes, and what of it the kernel granted."""

import ctypes
import os
import resource
import signal
import struct
from contextlib import suppress
from dataclasses import dataclass

from mailflow.sandbox import landlock, seccomp

ADDRESS_SPACE = 768 * 1024 * 1024
"""Bytes of address space: pdfplumber took 567 MB at most on 2,357 public files."""

_DESCRIPTORS = 32
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, kw_only=True)
class Confinement:
    """What holds a child beside its resource limits: Landlock's ABI version (0: absent), the call filter, no capabilities."""

    landlock: int
    seccomp: bool
    unprivileged: bool


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _prctl(option: int, value: int) -> None:
    _checked(
        _libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
    )


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends, and make sure that it has not ended already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _drop_capabilities() -> None:
    """Give up every capability: root keeps its user id and loses its powers.

    Called only where there is something to drop: the service's filter forbids capset(2), which its empty set never needs.
    """
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    held = ctypes.create_string_buffer(24)
    _checked(_libc.capget(header, held))
    if any(held.raw):
        _checked(_libc.capset(header, bytes(24)))


def _limit(cpu_seconds: int) -> None:
    for kind, soft, hard in (
        (resource.RLIMIT_AS, ADDRESS_SPACE, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS, _DESCRIPTORS),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        most = resource.getrlimit(kind)[1]
        ceiling = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(kind, (min(soft, ceiling), ceiling))


def confine(*, cpu_seconds: int, ruleset: int | None) -> Confinement:
    """Give everything up, in the order in which it stays possible; what the kernel lacks is reported, not fatal.

    Resource limits and no_new_privs exist everywhere: without them nothing is read (OSError).
    """
    _limit(cpu_seconds)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    unprivileged = filtered = False
    version = 0
    with suppress(OSError):
        _drop_capabilities()
        unprivileged = True
    with suppress(OSError):
        if ruleset is not None:
            landlock.enter(ruleset)
            version = landlock.abi()
    with suppress(OSError):
        if seccomp.supported():
            seccomp.enter()
            filtered = True
    return Confinement(landlock=version, seccomp=filtered, unprivileged=unprivileged)
