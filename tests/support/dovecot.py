"""Dovecot for tests (2.3: its 2.4 has another configuration language)."""

import grp
import json
import os
import pwd
import smtplib
import subprocess

from tests.support.server import DOMAIN, PASSWORD, START, Server, binary, free_port


class Dovecot(Server):
    """Dovecot 2.3: IMAP (and IMAPS with `certificate`), LMTP; users with `PASSWORD`; `+detail` addresses."""

    def __init__(
        self,
        users=("layanan",),
        *,
        domain=DOMAIN,
        certificate=None,
        prefix="",
        separator="/",
        capability="",
        extra="",
    ):
        super().__init__("dc")
        self._executable, self._doveadm = binary("dovecot"), binary("doveadm")
        self.domain = domain
        self.certificate = certificate
        self.port, self.lmtp_port, self.tls_port = free_port(), free_port(), free_port()
        self.prefix, self.separator = prefix, separator
        self.capability, self.extra = capability, extra
        (self.directory / "users").write_text("")
        (self.directory / "home").mkdir(mode=0o777)
        (self.directory / "home").chmod(0o777)
        for user in users:
            self.add_user(user)
        self.configure()

    def address(self, user):
        return user if "@" in user else f"{user}@{self.domain}"

    def add_user(self, user):
        with (self.directory / "users").open("a") as file:
            file.write(f"{self.address(user)}:{PASSWORD}::::::\n")

    def configure(self):
        """Write the configuration; takes effect at the next start."""
        (self.directory / "dovecot.conf").write_text(self._configuration())

    def _configuration(self):
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid()).pw_name
        owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        here = self.directory
        tls = "ssl = no"
        if self.certificate:
            tls = f"ssl = yes\nssl_cert = <{self.certificate.chain}\nssl_key = <{self.certificate.key}"
        unprivileged = (
            ""
            if root
            else f"""
default_login_user = {me}
default_internal_user = {me}
default_internal_group = {grp.getgrgid(os.getegid()).gr_name}
service imap-login {{
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
        )
        return f"""
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/log
instance_name = {here.name}
postmaster_address = postmaster@{self.domain}
hostname = mail.{self.domain}
first_valid_uid = 1
{tls}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mail_max_userip_connections = 100
mail_location = sdbox:~/dbox
mail_fsync = never
{f"imap_capability = {self.capability}" if self.capability else ""}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {here}/users
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={here}/home/%u
}}
namespace inbox {{
  inbox = yes
  separator = {self.separator}
  prefix = {self.prefix}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {self.port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {self.tls_port if self.certificate else 0}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {self.lmtp_port}
  }}
}}
{unprivileged}
{self.extra}
"""

    def command(self):
        return [self._executable, "-F", "-c", str(self.directory / "dovecot.conf")]

    def ready_ports(self):
        return [(self.port, b"* OK"), (self.lmtp_port, b"220")]

    def deliver(self, raw, recipient="layanan", sender=""):
        """Hand one message in by LMTP; returns when it is in the mailbox."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, local_hostname="localhost", timeout=START) as lmtp:
            lmtp.sendmail(sender, [self.address(recipient)], raw)

    def deliver_many(self, raws, recipient="layanan", sender=""):
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, local_hostname="localhost", timeout=START) as lmtp:
            for raw in raws:
                lmtp.sendmail(sender, [self.address(recipient)], raw)

    def doveadm(self, *words):
        command = [self._doveadm, "-c", str(self.directory / "dovecot.conf"), *words]
        done = subprocess.run(command, capture_output=True, timeout=START, check=False)
        if done.returncode:
            raise RuntimeError(f"doveadm {words[0]}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()

    def kick(self, user="layanan"):
        """Cut all connections of a user; returns when they are gone."""
        self.doveadm("kick", self.address(user))
        while self.address(user) in self.doveadm("who"):
            self.pause()

    def folders(self, user="layanan"):
        """Folder names with the number of messages in each."""
        said = self.doveadm(
            "-f", "tab", "mailbox", "status", "-u", self.address(user), "messages", "INBOX", f"{self.prefix}*"
        )
        rows = [line.split("\t") for line in said.splitlines()[1:]]
        return {row[0]: int(row[1]) for row in rows}

    def messages(self, folder="INBOX", user="layanan"):
        """Raw messages of a folder, in the order of their UIDs, LF line ends."""
        said = self.doveadm("-f", "json", "fetch", "-u", self.address(user), "text", "mailbox", folder, "all")
        return [row["text"] for row in json.loads(said or "[]")]

    def flags(self, folder="INBOX", user="layanan"):
        """The flags of a folder's messages, in the order of their UIDs, as one text."""
        return self.doveadm("fetch", "-u", self.address(user), "flags", "mailbox", folder, "all")
