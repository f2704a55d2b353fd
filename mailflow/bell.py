"""A bell between threads that can also be waited for as a file descriptor (beside a socket in IDLE)."""

import os
import select


class Bell:
    """Rung by any thread, heard by one."""

    def __init__(self) -> None:
        self.descriptor, self._write = os.pipe()
        os.set_blocking(self.descriptor, False)
        os.set_blocking(self._write, False)

    def ring(self) -> None:
        """Wake the listener; ringing twice is ringing once."""
        try:
            os.write(self._write, b"!")
        except BlockingIOError:
            return  # it is ringing loudly enough

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds`; return whether it rang, and silence it."""
        heard = bool(select.select([self.descriptor], [], [], seconds)[0])
        self.silence()
        return heard

    def silence(self) -> None:
        """Forget rings so far."""
        try:
            while os.read(self.descriptor, 4096):
                pass
        except BlockingIOError:
            return
