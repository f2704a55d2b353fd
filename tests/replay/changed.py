"""Rules not yet in force: a built-in SOP with something else written in it."""

from pathlib import Path

from rules.load import BUILTIN


def changed(directory: Path, file: str, *replacements: tuple[str, str]) -> Path:
    """Write a built-in file into a directory of drafts, each old text replaced by the new one wherever it stands."""
    text = (BUILTIN / file).read_text("utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    directory.mkdir(exist_ok=True)
    (directory / file).write_text(text, "utf-8")
    return directory
