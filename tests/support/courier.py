"""Courier-IMAP in a box: no MOVE, every folder below `INBOX.`; mail comes in as its own tools deliver it, into the Maildir."""

import os
import time
from itertools import count

from tests.support.boxed import Boxed
from tests.support.server import DOMAIN, PASSWORD, free_port

_numbers = count(1)


class Courier(Boxed):
    """One mailbox, `layanan`, with `PASSWORD`."""

    name = "Courier-IMAP"

    def __init__(self, user="layanan"):
        super().__init__("co", "courier-imap", "courier-authlib-userdb")
        self.port = free_port()
        self.address = f"{user}@{DOMAIN}"
        self._maildir = self.directory / "home" / "Maildir"
        for part in ("new", "cur", "tmp"):
            (self._maildir / part).mkdir(parents=True)
        for path in (self.directory / "home", self._maildir, *self._maildir.iterdir()):
            os.chown(path, 65534, 65534)

    def script(self):
        home = self.directory / "home"
        return f"""
mkdir -p /run/courier/authdaemon /var/lib/courier
id courier >/dev/null 2>&1 || echo 'courier:x:996:996::/var/lib/courier:/bin/false' >> /etc/passwd
sed -i 's/^authmodulelist=.*/authmodulelist="authuserdb"/' /etc/courier/authdaemonrc
printf '%s\\tuid=65534|gid=65534|home={home}|mail={home}/Maildir|systempw=%s\\n' \\
    '{self.address}' "$(openssl passwd -1 '{PASSWORD}')" > /etc/courier/userdb
chmod 700 /etc/courier/userdb
makeuserdb
/usr/lib/courier/courier-authlib/authdaemond &
until [ -S /run/courier/authdaemon/socket ]; do sleep 0.05; done
set -a
. /etc/courier/imapd
exec /usr/sbin/couriertcpd -address=127.0.0.1 -maxprocs=40 -maxperip=40 -nodnslookup -noidentlookup {self.port} \\
    /usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir
"""

    def ready_ports(self):
        return [(self.port, b"* OK")]

    def deliver(self, raw, *, sender=""):
        """Write one message as maildrop does: `Return-Path` and `Delivered-To` on top, complete before it shows."""
        name = f"{int(time.time())}.M{next(_numbers)}P{os.getpid()}.contohkota"
        path = self._maildir / "tmp" / name
        stamp = f"Return-Path: <{sender}>\nDelivered-To: {self.address}\n".encode()
        path.write_bytes(stamp + raw.replace(b"\r\n", b"\n"))
        os.chown(path, 65534, 65534)
        path.rename(self._maildir / "new" / name)
