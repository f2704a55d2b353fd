"""SOP files to SOPs: parsed, proven, played. A file that cannot be shown sound is refused as a whole, with every fault named.

The administrator's `rules.d/*.toml` lie over the built-in files: the same file name replaces, an empty file masks.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rules.case import Value
from rules.prove import prove
from rules.prove_family import family_faults
from rules.rehearse import rehearse
from rules.sop import (
    Example,
    Help,
    Identity,
    Need,
    Opens,
    Reading,
    Reason,
    Recognise,
    Sop,
    Sort,
    Step,
    Urgent,
    Waiting,
)
from rules.unsound import Place, Problem, Unsound, find_lines

__all__ = [
    "BUILTIN",
    "Problem",
    "Rules",
    "Unsound",
    "load_kept",
    "load_rules",
    "load_sop",
    "own_texts",
    "read_text",
]

BUILTIN: Traversable = files("rules") / "sops"
"""The SOP files that come with the program."""


_TABLES: dict[str, type[Value]] = {
    "steps": Step,
    "needs": Need,
    "waiting": Waiting,
    "opens": Opens,
    "recognise": Recognise,
    "examples": Example,
    "help": Help,
    "reasons": Reason,
    "urgent": Urgent,
    "classes": Sort,
    "identity": Identity,
    "readings": Reading,
}
"""The schema of each table, for naming the key that was meant."""


@dataclass(frozen=True)
class Rules:
    """All SOPs in force, by id."""

    sops: dict[str, Sop]


def load_rules(builtin: Traversable | Path = BUILTIN, overrides: Path | None = None) -> Rules:
    """Load every SOP file in force.

    Raises Unsound with the faults of all files together.
    """
    return prove_together(_in_force(builtin, overrides))


def prove_together(texts: Iterable[tuple[str, str]]) -> Rules:
    """Return the SOPs of these (file name, TOML text), each proven by itself and all of them together.

    Raises Unsound with the faults of all files together.
    """
    sops: dict[str, Sop] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for name, text in texts:
        place = Place(name, find_lines(text))
        try:
            sop = load_sop(text, name)
        except Unsound as unsound:
            problems.extend(unsound.problems)
            continue
        if sop.id in sops:
            what = f'{places[sop.id].file} has the SOP "{sop.id}" too'
            remedy = (
                "a file of yours replaces a built-in one by having its name: rename it, or write another id"
            )
            problems.append(place.problem(("id",), what, remedy))
        sops[sop.id], places[sop.id] = sop, place
    if not problems:
        problems = [places[name].problem(*fault) for name, fault in family_faults(sops)]
    if problems:
        raise Unsound(tuple(problems))
    return Rules(_with_children(sops))


def load_sop(text: str, name: str, children: Mapping[str, str] | None = None) -> Sop:
    """Return the SOP of a TOML text; `name` is the file's name, used in what is said of faults.

    `children` are the digests of the SOPs it opens, where they are known. Raises Unsound naming each fault: syntax first, then keys and
    values, then meaning, then the examples.
    """
    place = Place(name, find_lines(text))
    sop = _parse(text, place)
    problems = prove(sop, place) or rehearse(sop, place)
    if problems:
        raise Unsound(tuple(sorted(problems, key=lambda problem: problem.line)))
    return sop.with_children(children) if children else sop


def load_kept(text: str, name: str, children: Mapping[str, str]) -> Sop:
    """Return an SOP version that was proven when a case began under it: the proofs of today are not asked of it."""
    return _parse(text, Place(name, find_lines(text))).with_children(children)


def _with_children(sops: dict[str, Sop]) -> dict[str, Sop]:
    """Give each SOP the digests of those it opens, children first: a changed child is a changed SOP."""
    done: dict[str, Sop] = {}

    def complete(name: str) -> Sop:
        if name not in done:
            sop = sops[name]
            digests = {child: complete(child).digest for child in sop.opened_sops}
            done[name] = sop.with_children(digests) if digests else sop
        return done[name]

    return {name: complete(name) for name in sops}


def _in_force(builtin: Traversable | Path, overrides: Path | None) -> Iterator[tuple[str, str]]:
    texts = {each.name: each.read_text("utf-8") for each in builtin.iterdir() if each.name.endswith(".toml")}
    own = own_texts(overrides, set(texts)) if overrides is not None else {}
    for name, text in sorted((texts | {path.name: text for path, text in own.items()}).items()):
        if text.strip():
            yield name, text


def own_texts(directory: Path, builtin: Collection[str]) -> dict[Path, str]:
    """Return the administrator's files with their texts; `builtin` are the names that may be masked.

    Raises Unsound for a name that is almost one, an empty file that masks nothing, and what is no text: nothing is passed over in silence.
    """
    if not directory.is_dir():
        return {}
    paths = sorted(each for each in directory.iterdir() if each.suffix.lower() == ".toml")
    texts, problems = {}, []
    for path in paths:
        try:
            texts[path] = read_text(path)
            fault = _misplaced(path.name, texts[path], builtin)
        except UnicodeDecodeError as wrong:
            fault = (f"is not UTF-8 (byte {wrong.start})", "save it as UTF-8")
        if fault is not None:
            problems.append(Place(str(path), {}).problem((), *fault))
    if problems:
        raise Unsound(tuple(problems))
    return texts


def read_text(path: Path) -> str:
    """Return a file's text; editors put a byte order mark before it. Raises UnicodeDecodeError."""
    return path.read_text("utf-8-sig")


def _misplaced(name: str, text: str, builtin: Collection[str]) -> tuple[str, str] | None:
    if not name.endswith(".toml"):
        return "is not read: names of SOP files end in .toml, in small letters", "rename or remove it"
    if not text.strip() and name not in builtin:
        known = ", ".join(sorted(builtin))
        return f"is empty and masks nothing; built-in are {known}", "give it their name, or remove it"
    return None


def _parse(text: str, place: Place) -> Sop:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = place.problem((), f"is not TOML: {error}", "correct the line it names")
        named = re.search(r"at line (\d+)", str(error))
        raise Unsound((replace(problem, line=int(named[1]) if named else 0),)) from None
    steps = data.get("steps")
    rows = steps if isinstance(steps, dict) else {}
    own: list[tuple[str, ...]] = [(key,) for key in ("text", "children") if key in data]
    own += [("steps", name, "id") for name, row in rows.items() if isinstance(row, dict) and "id" in row]
    if own:
        raise Unsound(tuple(place.problem(path, "unknown key", "strike it") for path in own))
    try:
        return Sop.model_validate({**data, "text": text, "children": {}})
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise Unsound(tuple(_problem(place, fault) for fault in faults)) from None


def _problem(place: Place, fault: Any) -> Problem:
    path = tuple(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(path[-1], _known_keys(path), n=1)
        return place.problem(path, "unknown key", f"did you mean `{near[0]}`?" if near else "strike it")
    if fault["type"] == "missing":
        return place.problem(path, "is missing", "write it")
    if fault["type"] == "string_pattern_mismatch":
        what = f'"{fault["input"]}" is no name: small letters and digits, joined by hyphens, as data-change'
        return place.problem(path, what, "correct the value")
    return place.problem(path, fault["msg"].removeprefix("Value error, "), "correct the value")


def _known_keys(path: tuple[str, ...]) -> list[str]:
    """Return the keys the schema knows at this place."""
    model = _TABLES.get(path[0], Sop) if len(path) > 1 else Sop
    return [name for name in model.model_fields if name not in {"id", "text", "children"}]
