"""Where the letters go: Postfix's `smtp-sink`, or a small sink of our own where it is missing. It takes everything and keeps nothing."""

import asyncio
import os
import shutil
import sys

from tests.support.server import SBIN, Server, free_port


class Sink(Server):
    """An SMTP server process on loopback that throws away what it is given."""

    def __init__(self):
        super().__init__("sk")
        self.port = free_port()
        self.postfix = shutil.which("smtp-sink", path=SBIN)

    def command(self):
        if self.postfix:
            rights = ["-u", "nobody"] if os.geteuid() == 0 else []
            return [self.postfix, "-4", *rights, f"127.0.0.1:{self.port}", "64"]
        return [sys.executable, "-m", "tests.bench.sink", str(self.port)]

    def ready_ports(self):
        return [(self.port, b"220")]


async def _conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    def say(line: bytes) -> None:
        writer.write(line + b"\r\n")

    say(b"220 sink")
    while line := await reader.readline():
        verb = line[:4].strip().upper()
        if verb == b"EHLO":
            say(b"250-sink\r\n250-8BITMIME\r\n250 PIPELINING")
        elif verb == b"DATA":
            say(b"354 go on")
            while await reader.readline() not in (b".\r\n", b""):
                pass
            say(b"250 thrown away")
        elif verb == b"QUIT":
            say(b"221 bye")
            break
        else:
            say(b"250 ok")
    writer.close()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_conversation, "127.0.0.1", port, limit=2**20)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
