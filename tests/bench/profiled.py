"""Where the time of the main process goes, from a run under cProfile: cumulative seconds of the functions that name the work."""

import pstats
from pathlib import Path

STATIONS = (
    ("prove the templates (at the start)", "outbox/proof.py", "problems"),
    ("fetch from IMAP", "mailbox/imap.py", "fetch"),
    ("record (one commit by 50)", "mailflow/intake.py", "_record"),
    ("read (in the worker; here: waiting)", "sandbox/reader.py", "read"),
    ("draw what was read for the officer (worker)", "sandbox/reader.py", "picture"),
    ("route: match, checks, decide, letters", "mailflow/routing.py", "route"),
    ("  checks", "rules/checks/run.py", "run"),
    ("  render", "outbox/render.py", "render"),
    ("  compose", "outbox/compose.py", "detach"),
    ("  audit entries", "mailflow/audit.py", "record"),
    ("store bytes (compressed, sealed)", "store/blobs.py", "put_as"),
    ("commit (all)", "orm/session.py", "commit"),
    ("  fsync and the rest of SQLite's COMMIT", "", "<method 'commit' of 'sqlite3.Connection' objects>"),
    ("assemble letters", "letters/post.py", "assembled"),
    ("claim a letter (one commit)", "mailflow/sender.py", "_claim"),
    ("record a letter as sent (one commit)", "mailflow/sender.py", "_record"),
    ("wait for the SMTP server", "", "<method 'poll' of 'select.epoll' objects>"),
    ("move on IMAP", "mailbox/imap.py", "move"),
    ("log", "structlog/_native.py", "meth"),
)


def table(dump: Path) -> list[str]:
    """Return the table, line by line. Rows that contain each other are indented; recursive and awaited calls are counted once."""
    stats = pstats.Stats(str(dump))
    total = stats.total_tt
    rows = [f"{'station':<44} {'seconds':>8} {'share':>6} {'calls':>7}"]
    for label, file, function in STATIONS:
        found = [
            values
            for (path, _, name), values in stats.stats.items()
            if name.startswith(function) and (path.endswith(file) if file else path == "~")
        ]
        if found:
            seconds, calls = sum(each[3] for each in found), sum(each[1] for each in found)
            rows.append(f"{label:<44} {seconds:8.2f} {seconds / total:6.0%} {calls:7d}")
    rows.append(f"{'all':<44} {total:8.2f}")
    return rows
