"""Debian's servers that conflict with Dovecot, each unpacked into a directory of its own and run over this machine's files, unseen by it.

Two IMAP servers exclude each other as packages. So nothing is installed: `unpack` fetches packages with their missing dependencies and
unpacks them; `Boxed` runs the server in mount and process namespaces of its own, over an overlay of `/`. The end of its first process is the
end of all. Needs root, as the namespaces do.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.support.server import Server, ServerMissingError

UNPACKED = Path(__file__).parents[2] / ".servers"
_NAME = re.compile(r"^Inst (\S+)", re.MULTILINE)

_BOX = """
set -e
mount -t tmpfs tmpfs {here}/box
mkdir {here}/box/upper {here}/box/work {here}/box/root
mount -t overlay overlay -o lowerdir=/,upperdir={here}/box/upper,workdir={here}/box/work {here}/box/root
cp -a {unpacked}/. {here}/box/root/
mount --rbind /dev {here}/box/root/dev
mount -t proc proc {here}/box/root/proc
mkdir -p {here}/box/root{here}
mount --bind {here} {here}/box/root{here}
ldconfig -r {here}/box/root
exec chroot {here}/box/root /bin/sh {here}/start
"""


def unpack(package, *more):
    """Return the directory with a package, what it depends on beyond this machine's packages, and `more`, unpacked; fetched once."""
    if os.geteuid() != 0:
        raise ServerMissingError(f"{package} can only be run by root, in namespaces of its own")
    if shutil.which("apt-get") is None or shutil.which("unshare") is None:
        raise ServerMissingError(f"{package} needs Debian's apt-get and unshare")
    target = UNPACKED / package
    if target.is_dir():
        return target
    wanted = {package, *more, *_dependencies(package, *more)}
    UNPACKED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED) as work:
        made = Path(work) / "made"
        subprocess.run(
            ["apt-get", "-qq", "download", *wanted], cwd=work, check=True, stderr=subprocess.DEVNULL
        )
        for archive in Path(work).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", archive, made], check=True)
        for name in (
            "bin",
            "lib",
            "sbin",
        ):  # links into usr on this machine: a directory over them would hide what is there
            if (made / name).is_dir():
                shutil.copytree(made / name, made / "usr" / name, dirs_exist_ok=True, symlinks=True)
                shutil.rmtree(made / name)
        made.rename(target)
    return target


def _dependencies(*packages):
    """The packages an installation would bring, this machine's own and their newer versions left out."""
    said = subprocess.run(
        ["apt-get", "-s", "--no-install-recommends", "install", *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode:
        raise ServerMissingError(
            f"apt-get knows no way to {', '.join(packages)}: {said.stderr.strip()[:200]}"
        )
    lines = [
        line
        for line in said.stdout.splitlines()
        if line.startswith("Inst ") and " [" not in line.partition("(")[0]
    ]
    return _NAME.findall("\n".join(lines))


class Boxed(Server):
    """A server in a box; `start` writes the script that the box runs, which must `exec` the server in the foreground."""

    def __init__(self, prefix, package, *more):
        self._unpacked = unpack(package, *more)
        super().__init__(prefix)
        (self.directory / "box").mkdir()

    def script(self):
        """What runs inside, as root of the box."""
        raise NotImplementedError

    def command(self):
        (self.directory / "start").write_text(self.script())
        box = _BOX.format(here=self.directory, unpacked=self._unpacked)
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", box]
