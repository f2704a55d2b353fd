"""The daemon's handle on its zygote: start it, ask it, replace it when it dies.

Starting is fork and exec in C (`subprocess`), so it is safe beside threads; the child is forked from the zygote, which has none.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress

from mailflow.errors import WorkerError
from mailflow.sandbox import protocol
from mailflow.sandbox.zygote import READY

_START_SECONDS = 60.0
_GRACE_SECONDS = 5.0
_XCPU, _SYS = 24, 31  # SIGXCPU and SIGSYS on every architecture we filter


class Zygote:
    """One zygote and its replacements. Not thread-safe: `reader.Reader` holds the lock."""

    def __init__(self, functions: Mapping[str, str]) -> None:
        self._arguments = [f"{call}={function}" for call, function in functions.items()]
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The zygote's process id, None when none runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start a zygote and wait until it has imported the readers. Raises WorkerError when it cannot start."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-s",
                    "-m",
                    "mailflow.sandbox.zygote",
                    str(theirs.fileno()),
                    *self._arguments,
                ],
                pass_fds=(theirs.fileno(),),
                env=_environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self._control = ours
        ours.settimeout(_START_SECONDS)
        ready = b""
        with suppress(OSError):
            ready = ours.recv(len(READY))
        if ready != READY:
            raise WorkerError(self._post_mortem(), "crashed")
        if self._process.stderr:
            self._process.stderr.close()

    def _post_mortem(self) -> str:
        process = self._process
        if process is None:
            return "The process that reads letters did not start."
        process.kill()
        _, said = process.communicate()
        self.stop()
        if process.returncode == -_SYS:
            return (
                "The process that reads letters was stopped by the service's SystemCallFilter: allow @system-service, "
                "landlock_create_ruleset, landlock_add_rule and landlock_restrict_self."
            )
        last = said.decode(errors="replace").strip().splitlines()[-1:]
        return f"The process that reads letters did not start: {''.join(last) or process.returncode}. Reinstall mailflow."

    def ask(
        self, request: protocol.Request, arguments: bytes, data: bytes, *, limit: int
    ) -> tuple[protocol.Head, list[bytes]]:
        """Have one question answered by a child of its own; `limit` bounds the bytes it may return.

        Raises WorkerError: `timeout`, `crashed` or `too-large`.
        """
        with ExitStack() as held:
            try:
                question = protocol.pack_question(arguments, data)
                held.callback(os.close, question)
                ours, theirs = map(held.enter_context, socket.socketpair())
                self._send(request, question, theirs.fileno())
            except (
                OSError
            ) as error:  # no memory, no descriptors, no processes: nothing is wrong with the letter
                raise WorkerError(f"No reading could be started: {error.strerror}.", "crashed") from error
            theirs.close()
            return self._receive(request, ours, limit)

    def _send(self, request: protocol.Request, question: int, answer: int) -> None:
        """Send the request, to a new zygote when the old one died while it was idle."""
        for _ in range(2):
            if self._control is None:
                self.start()
            with suppress(OSError):
                if self._control is not None:
                    self._control.settimeout(_GRACE_SECONDS)
                    protocol.send_request(self._control, request, question, answer)
                    return
            self.stop()
        raise WorkerError(
            "The process that reads letters ends as soon as it starts. Look at the system's log.", "crashed"
        )

    def _receive(
        self, request: protocol.Request, answer: socket.socket, limit: int
    ) -> tuple[protocol.Head, list[bytes]]:
        until = time.monotonic() + request.seconds + _GRACE_SECONDS
        try:
            received = protocol.receive_answer(answer, until=until, limit=limit)
        except protocol.AnswerTooLargeError:
            self.stop()  # takes the child along, which is still writing
            raise WorkerError(f"Reading yields more than {limit} bytes.", "too-large") from None
        except protocol.BrokenAnswerError:
            received = None
        ended = protocol.receive_ended(self._control, until=until) if self._control else None
        if ended is None:
            self.stop()
        if received is None or ended is None:
            raise _death(request, ended)
        return received

    def stop(self) -> None:
        """End the zygote and with it its child: by closing its socket, by force when that does not help."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is None:
            return
        if self._process.stderr:
            self._process.stderr.close()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def _death(request: protocol.Request, ended: protocol.Ended | None) -> WorkerError:
    """Say how a child that gave no whole answer ended."""
    if ended is None:
        return WorkerError(
            "The process that reads letters died during a reading. It is started again.", "crashed"
        )
    if ended.timed_out:
        return WorkerError(
            f"Reading took longer than {request.seconds:.0f} seconds and was stopped.", "timeout"
        )
    if ended.signal == _XCPU or ended.cpu >= request.cpu_seconds:
        return WorkerError(
            f"Reading used {ended.cpu:.0f} seconds of processor time and was stopped.", "timeout"
        )
    if ended.signal:
        return WorkerError(f"The reader crashed (signal {ended.signal}).", "crashed")
    return WorkerError("The reader ended without a whole answer.", "crashed")


def _environment() -> dict[str, str]:
    """What a zygote needs and nothing more: in particular no credential and no setting."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
