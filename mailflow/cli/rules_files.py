"""The SOP files in force, for the commands of `mailflow rules`: they need neither mailbox nor credentials, nor even a configuration."""

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mailflow.config import DEFAULT_FILE, config_file
from mailflow.errors import ConfigurationError, RulesError
from rules.load import BUILTIN, Rules, Unsound, own_texts, prove_together, read_text
from rules.sop import Sop

BUILT_IN = "built-in"


@dataclass(frozen=True, kw_only=True)
class SopFile:
    """One file: its name, its text, and where it stands, None for one that comes with the program."""

    name: str
    text: str
    path: Path | None = None

    @property
    def place(self) -> str:
        """How a fault names the file."""
        return str(self.path) if self.path else self.name


def directory(config: Path | None) -> Path | None:
    """Return where `rules.d/` of the administrator stands, None where no configuration was named and the usual one is not there.

    Raises `ConfigurationError` where one was named that is not there.
    """
    file = config_file(config)
    if file.is_file():
        return file.resolve().parent
    if config is None and not os.environ.get("MAILFLOW_CONFIG") and file == DEFAULT_FILE:
        return None
    raise ConfigurationError(
        f"{file}: no such file. Write one with `mailflow init`, or name it with --config FILE."
    )


def built_in() -> list[SopFile]:
    """Return the files that come with the program."""
    found = (each for each in BUILTIN.iterdir() if each.name.endswith(".toml"))
    return sorted(
        (SopFile(name=each.name, text=each.read_text("utf-8")) for each in found), key=lambda file: file.name
    )


def own(place: Path | None) -> list[SopFile]:
    """Return the administrator's files in `rules.d/`; `place` is the configuration's directory."""
    if place is None:
        return []
    try:
        texts = own_texts(place / "rules.d", {each.name for each in built_in()})
    except Unsound as unsound:
        raise _refused(unsound) from None
    return [SopFile(name=path.name, text=text, path=path) for path, text in texts.items()]


def read(path: Path) -> SopFile:
    """Return a file of the administrator; raise `RulesError` where it is no text."""
    try:
        return SopFile(name=path.name, text=read_text(path), path=path)
    except UnicodeDecodeError as wrong:
        raise RulesError(f"{path}: is not UTF-8 (byte {wrong.start}); save it as UTF-8") from None


def laid_over(below: Iterable[SopFile], above: Sequence[SopFile]) -> list[SopFile]:
    """Return the files in force: of two with the same name the upper one, an empty one masks."""
    by_name = {file.name: file for file in below}
    for file in above:
        by_name[file.name] = file
    return [file for _, file in sorted(by_name.items()) if file.text.strip()]


def proven(files: Iterable[SopFile]) -> Rules:
    """Return the SOPs of these files; raise Unsound with every fault, each with the place of its file."""
    return prove_together((file.place, file.text) for file in files)


def sound(files: Iterable[SopFile]) -> Rules:
    """Return the SOPs of these files; raise `RulesError` naming every fault in one line."""
    try:
        return proven(files)
    except Unsound as unsound:
        raise _refused(unsound) from None


def _refused(unsound: Unsound) -> RulesError:
    return RulesError("; ".join(str(problem) for problem in unsound.problems))


def in_force(config: Path | None) -> tuple[list[SopFile], Rules]:
    """Return the files in force and their SOPs; raise `RulesError` naming every fault."""
    files = laid_over(built_in(), own(directory(config)))
    return files, sound(files)


def origin(sop: Sop, files: Iterable[SopFile]) -> str:
    """Return where an SOP comes from: `built-in`, or its file."""
    path = next(file.path for file in files if file.text == sop.text)
    return str(path) if path else BUILT_IN


def in_place(draft: SopFile) -> SopFile:
    """Return a draft under the name of the built-in file whose SOP it is, whatever it is called where it is written."""
    names = {_id(file): file.name for file in built_in()}
    return replace(draft, name=names.get(_id(draft), draft.name))


def _id(file: SopFile) -> str:
    """The SOP's id as the file says it; a file that is no TOML is told so by the proofs."""
    try:
        return str(tomllib.loads(file.text).get("id", file.place))
    except tomllib.TOMLDecodeError:
        return file.place
