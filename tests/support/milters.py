"""Debian's mail filters, boxed, each listening for Postfix on a loopback port and asking one name server."""

from tests.support.boxed import Boxed
from tests.support.daemon import AUTHSERV_ID
from tests.support.server import DOMAIN, free_port


class Milter(Boxed):
    """A filter; `port` is where Postfix speaks to it, `resolver` the address whose port 53 it asks."""

    package = ""

    def __init__(self, resolver):
        super().__init__("ml", self.package)
        self.port, self.resolver = free_port(), resolver

    def ready_ports(self):
        return [(self.port, b"")]

    @property
    def place(self):
        return f"inet:127.0.0.1:{self.port}"

    def file(self, name, text):
        """A file that filter and test both see."""
        path = self.directory / name
        path.write_text(text)
        return path

    def run(self, command):
        """The box asks our name server, and runs this."""
        return f"#!/bin/sh\necho 'nameserver {self.resolver}' > /etc/resolv.conf\nexec {command}\n"


class OpenDkim(Milter):
    """OpenDKIM, verifying; `more`: further lines of its configuration, `name`: what it calls itself."""

    package = "opendkim"

    def __init__(self, resolver, more="", name=AUTHSERV_ID):
        super().__init__(resolver)
        self.more, self.mode, self.name = more, "v", name

    def signs(self, key):
        """It signs what comes from this machine in the department's name, as Debian's default mode lets it (`sv`)."""
        self.mode = "sv"
        self.file("key", key).chmod(0o600)
        self.more += f"Domain {DOMAIN}\nSelector pos\nKeyFile {self.directory}/key\nRequireSafeKeys false\n"
        return self

    def script(self):
        made = self.file(
            "opendkim.conf",
            f"""\
Mode {self.mode}
Socket inet:{self.port}@127.0.0.1
AuthservID {self.name}
UserID root
Nameservers {self.resolver}
Syslog no
{self.more}
""",
        )
        return self.run(f"/usr/sbin/opendkim -f -x {made}")


class OpenDmarc(Milter):
    """OpenDMARC behind an OpenDKIM that it trusts."""

    package = "opendmarc"

    def script(self):
        nobody = self.file("ignored", "192.0.2.1\n")  # by default it ignores this very machine
        made = self.file(
            "opendmarc.conf",
            f"""\
Socket inet:{self.port}@127.0.0.1
AuthservID {AUTHSERV_ID}
TrustedAuthservIDs {AUTHSERV_ID}
IgnoreHosts {nobody}
UserID root
Syslog false
""",
        )
        return self.run(f"/usr/sbin/opendmarc -f -c {made}")


class Rspamd(Milter):
    """rspamd as a milter that scans by itself; its name in the field is what Postfix calls itself."""

    package = "rspamd"

    def script(self):
        local = {
            "options.inc": f'dns {{ nameserver = ["{self.resolver}:53"]; }}\nlocal_addrs = "192.0.2.0/24";\n',
            "worker-proxy.inc": f'bind_socket = "127.0.0.1:{self.port}";\nmilter = yes;\nupstream "local" {{ default = yes; self_scan = yes; }}\n',
            "worker-normal.inc": "enabled = false;\n",
            "worker-controller.inc": "enabled = false;\n",
            "milter_headers.conf": 'use = ["authentication-results"];\nskip_local = false;\nskip_authenticated = false;\n',
            "actions.conf": "reject = null;\nadd_header = null;\ngreylist = null;\n",
            "logging.inc": f'type = "file";\nfilename = "{self.directory}/log";\n',
        }
        copies = "\n".join(
            f"cp {self.file(name, text)} /etc/rspamd/local.d/{name}" for name, text in local.items()
        )
        prepared = f"mkdir -p /etc/rspamd/local.d /run/rspamd /var/lib/rspamd /var/log/rspamd\n{copies}\n"
        return self.run("/usr/bin/rspamd -f -i -u root -g root").replace("exec ", prepared + "exec ", 1)
