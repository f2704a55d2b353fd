"""The configuration a new department starts from: every key it will want, with what it means."""

import base64
import os
from pathlib import Path

QUESTIONS = {
    "name": ("Name of the department", "Dinas Komunikasi dan Informatika Kota Contohkota"),
    "address": ("Its mailbox", "layanan@contohkota.go.id"),
    "host": ("Mail server (IMAP and SMTP)", "mail.contohkota.go.id"),
    "officer": ("First officer's name", "Rina Kusuma"),
    "officer_email": ("and e-mail address", "rina.kusuma@contohkota.go.id"),
    "administrator": ("Administrator's e-mail address", "admin@contohkota.go.id"),
}

_FILE = """\
# Configuration of mailflow. Unknown keys are errors; `mailflow check` proves the file, and says what to mend.
# Secrets do not belong here: put them into files named mailbox.password, smtp.password and store.key in the
# directory credentials/ beside this file (or systemd's LoadCredential=).

[department]
name = {name}
address = {address}                     # letters are sent from here, and answered to here
domain = {domain}                       # official addresses end in it
timezone = "Asia/Jakarta"               # WIB; WITA is Asia/Makassar, WIT is Asia/Jayapura
language = "id"                         # of officers' letters, and of applicants' where theirs is not clear
phone = ""
website = ""
complaints_contact = ""                 # Pejabat Pengaduan, named in refusals
complaints_phone = ""
ticket_prefix = "LS"                    # two to four letters: LS-26-0001-C
closing_days = []                       # local closing days, e.g. [2026-04-01]; national ones are known; in closing_days.toml
                                        # beside this file they have names for the letters: 2026-05-07 = "Hari Jadi Kota"

[department.office_hours]               # a day left out is closed
monday = "08:00-16:00"
tuesday = "08:00-16:00"
wednesday = "08:00-16:00"
thursday = "08:00-16:00"
friday = "08:00-16:00"

[administrators]
emails = [{administrator}]              # told of what needs a technician

[mailbox]
url = {imap}                            # imaps://host:993, imap://host:143 with tls = "starttls", or maildir:///path
username = {address}
# ca_file = "/etc/mailflow/ca.pem"      # only for a private certificate authority
processed_folder = "Processed"
quarantine_folder = "Quarantine"

[intake]
mode = "observe"                        # "observe": answers nobody, tells the administrators what it would send; then "serve"
baseline = true                         # mail that is there at the first start is never answered
# groups = ["layanan-grup@example.go.id"]   # the department's own groups that pass mail on to this mailbox
unmatched = "leave"                     # mail of other business stays in the inbox, listed once a day; "sort": shown at once

[smtp]
url = {smtp}                            # smtps://host:465, or smtp://host:587 with tls = "starttls"
username = {address}

[store]
url = {database}

[tasks]
assignment = "rotate"                   # or "all": every officer gets every task, the first word counts
undo_minutes = 10                       # how long an officer's word can be taken back with BATAL

[trust]
# How an officer's reply is proven. "authenticated": by a DKIM signature, and by the Authentication-Results headers that your mail
# server writes under this name, once it was tried. "token-only": only where officers' mail never leaves one trusted server.
mode = "authenticated"
authserv_id = {host}
# border = "asserted"                   # you vouch that the mail server removes forged ones; default "tested": a letter tries it
subaddressing = false                   # true if layanan+anything@ reaches the mailbox: replies then carry their token in the address
# staff_table = "pegawai.csv"           # who is who (columns name, nip, email): what letters claim is compared with it

[[officers]]
name = {officer}
email = {officer_email}
role = "officer"                        # at least one "officer"; an "official" decides what is handed up
services = []                           # SOP ids; empty: all
"""


def write(directory: Path, answers: dict[str, str]) -> list[str]:
    """Write `mailflow.toml` and `credentials/store.key`; return what was written and what to do next, line by line."""
    credentials = directory / "credentials"
    credentials.mkdir(parents=True, exist_ok=True)
    credentials.chmod(0o700)
    state = _state_of(directory)
    values = {
        **answers,
        "domain": answers["address"].rpartition("@")[2],
        "imap": f"imaps://{answers['host']}:993",
        "smtp": f"smtps://{answers['host']}:465",
        "database": f"sqlite:///{state / 'mailflow.db'}",
    }
    file, key = directory / "mailflow.toml", credentials / "store.key"
    file.write_text(
        _FILE.format(**{name: _quoted(value) for name, value in values.items()}), encoding="utf-8"
    )
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(base64.urlsafe_b64encode(os.urandom(32)).decode() + "\n")
    return [
        f'{file}: written; it observes and answers nobody until intake.mode is "serve"',
        f"{key}: written; keep a copy somewhere safe: without it the database cannot be read",
        f"next: put the passwords into {credentials}/mailbox.password and {credentials}/smtp.password,",
        f"      then `mailflow check --config {file}`",
    ]


def _state_of(directory: Path) -> Path:
    """Return where the database goes: for /etc/mailflow and /etc/mailflow/NAME the state directory of the service or its instance."""
    home = Path("/etc/mailflow")
    if directory == home:
        return Path("/var/lib/mailflow")
    return Path(f"/var/lib/mailflow-{directory.name}") if directory.parent == home else directory.resolve()


def _quoted(value: str) -> str:
    """Return a TOML basic string."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
