"""Cyrus IMAP in a box: a name space below `INBOX.`, and an LMTP that stamps a header of its own on each delivery."""

import smtplib

from tests.support.boxed import Boxed
from tests.support.server import DOMAIN, PASSWORD, START, free_port


class Cyrus(Boxed):
    """One mailbox, `layanan`, made at its first login, with `PASSWORD`."""

    name = "Cyrus IMAP"

    def __init__(self, user="layanan"):
        super().__init__("cy", "cyrus-imapd", "sasl2-bin", "libsasl2-modules-db")
        self.port, self.lmtp_port = free_port(), free_port()
        self.address = f"{user}@{DOMAIN}"

    def script(self):
        here = self.directory
        return f"""
id cyrus >/dev/null 2>&1 || echo 'cyrus:x:995:8::/var/lib/cyrus:/bin/sh' >> /etc/passwd
mkdir -p {here}/config/socket {here}/config/proc {here}/config/log {here}/spool /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket
cat > {here}/imapd.conf <<END
configdirectory: {here}/config
partition-default: {here}/spool
defaultpartition: default
admins: cyrus
virtdomains: userid
defaultdomain: elsewhere.test
altnamespace: no
unixhierarchysep: no
autocreate_quota: 1000000
autocreate_post: yes
duplicatesuppression: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {here}/sasldb2
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
servername: mail.{DOMAIN}
END
cat > {here}/cyrus.conf <<END
START {{
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}}
SERVICES {{
  imap cmd="/usr/lib/cyrus/bin/imapd -C {here}/imapd.conf" listen="127.0.0.1:{self.port}" prefork=0
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -a -C {here}/imapd.conf" listen="127.0.0.1:{self.lmtp_port}" prefork=0
}}
EVENTS {{
}}
END
sed -i 's|recover cmd=.*|recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C {here}/imapd.conf -r"|' {here}/cyrus.conf
printf '%s' '{PASSWORD}' | saslpasswd2 -p -c -f {here}/sasldb2 -u {DOMAIN} {self.address.partition("@")[0]}
chown -R cyrus:mail {here}/config {here}/spool {here}/sasldb2 /run/cyrus
exec /usr/lib/cyrus/bin/master -C {here}/imapd.conf -M {here}/cyrus.conf -D -p {here}/master.pid
"""

    def ready_ports(self):
        return [(self.port, b"* OK"), (self.lmtp_port, b"220")]

    def deliver(self, raw, *, sender=""):
        """Hand one message in by LMTP."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port, local_hostname="localhost", timeout=START) as lmtp:
            lmtp.sendmail(sender, [self.address], raw)
