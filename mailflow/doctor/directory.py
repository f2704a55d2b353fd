"""Whether a Maildir can be written: an unnamed file in it, which leaves nothing behind."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mailflow.doctor.finding import Finding


def judge(root: Path, key: str) -> Iterator[Finding]:
    """Judge the Maildir, or what it would be made in; `key` names the setting."""
    where = f"Maildir {root}"
    parts = [root / name for name in ("tmp", "new", "cur") if (root / name).is_dir()]
    made = next(each for each in (root, *root.parents) if os.path.lexists(each))
    for place in parts or [made]:
        try:
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b".")
                file.flush()
        except OSError as fault:
            remedy = f"check owner, permissions and space for the user mailflow runs as, or correct {key}"
            what = f"{place} cannot be written: {fault.strerror}"
            yield Finding(check="directory", verdict="finding", where=where, what=what, next=remedy)
            return
    what = "can be written" if made == root else f"not there yet; {made}, in which it is made, can be written"
    yield Finding(check="directory", verdict="fine" if made == root else "fact", where=where, what=what)
