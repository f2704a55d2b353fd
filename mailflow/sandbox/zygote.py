"""The zygote: a small process that has imported every reader and forks one child per document.

Started fresh by `process.Zygote` as `python -m mailflow.sandbox.zygote DESCRIPTOR [CALL=MODULE:NAME …]`: no secret in its environment, no
descriptor but its socket. It reads nothing untrusted itself. It ends when its socket does, that is with the daemon, and takes
its child with it; signals to the daemon's group do not reach it, so that an order to stop cuts no reading short.
"""

import functools
import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

import parsers
from mailflow.sandbox import landlock, protocol, worker
from mailflow.sandbox.calls import CALLS
from parsers.reading import Budget

READY = b"ready"

_COLLECT_AFTER = 50_000
"""Allocations before the collector runs: most children are gone before that, and their pages stay shared."""

_LATE = ("pdfplumber.display", "PIL.ImageDraw", "PIL.ImageOps", "PIL.JpegImagePlugin", "PIL.PngImagePlugin")
"""What the readers import on first use only, so that others start fast: half a second that no child should pay."""

_PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> None:
    """Prepare once, then serve requests until the daemon closes its end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=int(arguments[0]))
    asks = _asks(dict(argument.split("=", 1) for argument in arguments[1:]))
    _preload()
    _warm_up()
    ruleset = landlock.ruleset(_readable())
    _become_reaper()
    gc.collect()
    gc.set_threshold(_COLLECT_AFTER)
    gc.freeze()  # children share these pages as long as no collector writes to them
    os.dup2(1, 2)  # what a library prints about a letter is not for the log
    control.send(READY)
    while (received := protocol.receive_request(control)) is not None:
        _serve(control, received, asks, ruleset)


def _asks(replaced: dict[str, str]) -> dict[str, worker.Ask]:
    """Bind each call to its function; `replaced` names others in their place."""
    asks: dict[str, worker.Ask] = {}
    for call, (function, adapter) in CALLS.items():
        module, name = replaced.get(call, function).split(":")
        asks[call] = functools.partial(adapter, getattr(importlib.import_module(module), name))
    return asks


def _preload() -> None:
    """Import every reader, and the codecs a charset may name: a child should have nothing left to load."""
    import encodings  # noqa: PLC0415 - its path is needed here only

    for module in pkgutil.walk_packages(parsers.__path__, "parsers."):
        importlib.import_module(module.name)
    for name in _LATE:
        importlib.import_module(name)
    for codec in pkgutil.iter_modules(encodings.__path__, "encodings."):
        with suppress(ImportError):  # those of another platform
            importlib.import_module(codec.name)


def _warm_up() -> None:
    """Read our own sample letter, so that patterns are compiled and fonts loaded before the first fork: 3 ms a letter."""
    from parsers.read import read_message  # noqa: PLC0415 - the daemon imports this module too, and parses nothing

    letter = Path(__file__).with_name("sample.eml").read_bytes()
    for _ in range(2):
        read_message(letter, own_addresses=frozenset(), budget=Budget())


def _readable() -> set[Path]:
    """Where code and fonts lie: a library may still load a module or a typeface. Nothing of the department lies there."""
    code = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    code |= {Path(path) for path in sys.path if Path(path).name in ("site-packages", "dist-packages")}
    own = {Path(path) for path in parsers.__path__}
    return (
        code
        | own
        | {Path(path) for path in ("/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/fonts")}
    )


def _become_reaper() -> None:
    """Let orphans of a child fall to this process; make reading processes the first to go when memory runs out."""
    import ctypes  # noqa: PLC0415 - one call

    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _serve(
    control: socket.socket,
    received: tuple[protocol.Request, int, int],
    asks: dict[str, worker.Ask],
    ruleset: int | None,
) -> None:
    request, question, answer = received
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        worker.live(request, worker.Pipes(question, answer, ruleset), asks.get(request.call), parent=parent)
    os.close(question)
    os.close(answer)
    ended = _watch(child, control, request.seconds)
    with suppress(OSError):  # the daemon may be gone: the next receive says so
        control.send(ended.model_dump_json().encode())


def _watch(child: int, control: socket.socket, seconds: float) -> protocol.Ended:
    """Wait for the child, its time or the daemon's end, whichever comes first; leave nothing of it behind."""
    handle = os.pidfd_open(child)
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    waiting.register(control, select.POLLIN)  # only its end can come here: one request at a time
    ready = waiting.poll(seconds * 1000)
    os.close(handle)
    for kill in (os.kill, os.killpg):  # not yet reaped, so the numbers are still the child's own
        with suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    _reap_orphans()
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
    return protocol.Ended(
        status=code, signal=number, timed_out=not ready, cpu=usage.ru_utime + usage.ru_stime
    )


def _reap_orphans() -> None:
    """Kill what a child left behind outside its group; possible only for root on a kernel without the call filter."""
    with suppress(ChildProcessError):
        while True:
            orphan, _ = os.waitpid(-1, os.WNOHANG)
            if not orphan:
                for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                    os.kill(int(pid), signal.SIGKILL)
                os.waitpid(-1, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
