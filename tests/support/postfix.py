"""Postfix for tests: submission on a loopback port, everything handed to one LMTP or SMTP server. Needs root, as Postfix does."""

import grp
import os
import pwd
import smtplib
import subprocess

from tests.support.server import DOMAIN, START, Server, ServerMissingError, binary, free_port

_QUEUES = [
    "active",
    "bounce",
    "corrupt",
    "defer",
    "deferred",
    "flush",
    "hold",
    "incoming",
    "private",
    "saved",
    "trace",
]

_SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
tlsmgr unix - - n 1000? 1 tlsmgr
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix(Server):
    """Postfix relaying all mail by `transport`, e.g. `lmtp:inet:[127.0.0.1]:2424` or `smtp:[127.0.0.1]:2525`.

    Bounces go the same way, to the envelope sender. `authenticated`: envelope sender address to a header line that is put on
    top of what this sender submits, as a filter checking DMARC would; `settings`: more lines of main.cf; `name`: what it calls itself.
    """

    def __init__(self, transport, *, domain=DOMAIN, authenticated=None, settings="", name=""):
        if os.geteuid() != 0:
            raise ServerMissingError("Postfix can only be started by root")
        self._master = binary("master")
        self._tools = {name: binary(name) for name in ("postqueue", "postsuper")}
        super().__init__("pf")
        self.port = free_port()
        self._prepare()
        self._name = name or f"mail.{domain}"
        self._configure(transport, domain, authenticated or {}, settings)

    def _prepare(self):
        owner, drop = pwd.getpwnam("postfix"), grp.getgrnam("postdrop").gr_gid
        spool = self.directory / "spool"
        for name in (".", "pid"):
            (spool / name).mkdir(parents=True, exist_ok=True)
        for path in (*(spool / name for name in _QUEUES), self.directory / "data"):
            path.mkdir(mode=0o700)
            os.chown(path, owner.pw_uid, -1)
        for name, mode in (("maildrop", 0o1730), ("public", 0o2710)):
            (spool / name).mkdir()
            os.chown(spool / name, owner.pw_uid, drop)
            (spool / name).chmod(mode)

    def _configure(self, transport, domain, authenticated, settings):
        here = self.directory
        rows = "".join(f"{sender} PREPEND {header}\n" for sender, header in authenticated.items())
        (here / "authenticated").write_text(rows)
        (here / "master.cf").write_text(_SERVICES.format(port=self.port))
        (here / "main.cf").write_text(f"""\
compatibility_level = 3.6
queue_directory = {here}/spool
data_directory = {here}/data
maillog_file = {here}/log
maillog_file_prefixes = {here}
myhostname = {self._name}
mydomain = {domain}
mydestination =
myorigin = {domain}
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtp_host_lookup = native
lmtp_host_lookup = native
relayhost =
default_transport = {transport}
relay_transport = {transport}
relay_domains =
alias_maps =
alias_database =
local_recipient_maps =
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_sender_restrictions = check_sender_access texthash:{here}/authenticated
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
default_destination_concurrency_limit = 20
in_flow_delay = 0
minimal_backoff_time = 1s
queue_run_delay = 1s
smtp_tls_security_level = none
recipient_delimiter = +
message_size_limit = 0
mailbox_size_limit = 0
{settings}
""")

    def command(self):
        return [self._master, "-c", str(self.directory), "-d"]

    def ready_ports(self):
        return [(self.port, b"220")]

    def submit(self, raw, sender, recipients):
        """Hand a message in as a mail program would."""
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="localhost", timeout=START) as smtp:
            smtp.sendmail(sender, recipients, raw)

    def queue(self):
        """The queue as `postqueue -j` lists it, one JSON object per line; "" when it is empty."""
        command = [self._tools["postqueue"], "-c", str(self.directory), "-j"]
        return subprocess.run(command, capture_output=True, timeout=START, check=True).stdout.decode()

    def flush(self):
        """Try everything that waits again, now."""
        command = [self._tools["postqueue"], "-c", str(self.directory), "-f"]
        subprocess.run(command, capture_output=True, timeout=START, check=True)
