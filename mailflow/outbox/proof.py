"""Proves the templates: every letter in every language, with everything and with next to nothing to say."""

import re
from collections.abc import Iterator
from pathlib import Path

from mailflow.errors import RulesError
from mailflow.outbox.render import BUILTIN, LANGUAGES, Rendered, Renderer
from mailflow.outbox.samples import bare, plain, sample

FILES = ("subject.j2", "letter.j2")
LONGEST_SUBJECT = 78
_LINK = re.compile(
    r"""\b(?:href|src|action)\s*=\s*["']?(?!mailto:)[^"'\s>]+|\bhttps?://|\bwww\.""", re.IGNORECASE
)
_RAW = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\[\]|\(\)")
_POLICY_LIKE = re.compile(r"\{#[^#]*unknown", re.IGNORECASE)


def problems(renderer: Renderer, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """One sentence per fault, naming file and remedy; empty when all is sound."""
    found = list(_strangers(renderer.overrides, languages))
    for name in renderer.names():
        for language in languages:
            faults = list(_files(renderer, name, language)) or list(_letters(renderer, name, language))
            found += faults
    return found


def _strangers(overrides: Path | None, languages: tuple[str, ...]) -> Iterator[str]:
    """Files of the administrator that nothing would ever use: a misspelt path is not a silent default."""
    if overrides is None:
        return
    files = {
        file.relative_to(overrides): file
        for file in sorted(overrides.rglob("*"))
        if file.is_file() and not file.name.startswith(".") and not file.name.endswith("~")
    }
    for path in files:
        shared = (
            path.name.startswith("_")
            and path.suffix == ".j2"
            and len(path.parts) <= len(("language", "file"))
        )
        letter = len(path.parts) == len(("language", "letter", "file")) and path.name in FILES
        if (BUILTIN / path).is_file() or (letter and path.parts[0] in languages):
            continue
        if not shared:
            yield (
                f"outbox_templates/{path}: no such place; letters are {'|'.join(languages)}/<audience>-<kind>/"
                f"{{{','.join(FILES)}}}; move or remove it"
            )
        elif not any(path.name in file.read_text("utf-8", "replace") for file in files.values()):
            yield f"outbox_templates/{path}: replaces nothing and no letter of yours uses it; correct its name or remove it"


def _files(renderer: Renderer, name: str, language: str) -> Iterator[str]:
    for file in FILES:
        path = f"{language}/{name}/{file}"
        try:
            source = renderer.source(path)
        except RulesError:
            yield f"outbox_templates/{path}: missing; every letter is written in every language"
            continue
        if not source.strip():
            yield f"outbox_templates/{path}: empty; write it, or remove the file to use the built-in one"
        elif file == FILES[0] and _POLICY_LIKE.match(source) and not renderer.says_policy(source):
            yield f"outbox_templates/{path}: its first line must be {{# unknown: repeat #}} or {{# unknown: hold #}}"


def _letters(renderer: Renderer, name: str, language: str) -> Iterator[str]:
    full = sample(name, language)
    for what, letter in (("", full), (" without buttons", plain(full)), (" with nothing to say", bare(full))):
        try:
            rendered = renderer.render(name, letter)
        except RulesError as fault:
            yield f"{fault}"
            return
        if wrong := _fault(rendered):
            yield f"outbox_templates/{language}/{name}: {wrong} (sample letter{what})"
            return


def _fault(rendered: Rendered) -> str:
    if not rendered.subject:
        return "the subject is empty"
    if len(rendered.subject) > LONGEST_SUBJECT:
        return f"the subject has {len(rendered.subject)} signs; at most {LONGEST_SUBJECT}, or phones cut it"
    if not rendered.text.strip():
        return "the letter has no words"
    for part in (rendered.subject, rendered.text, _body(rendered.html)):
        if found := _RAW.search(part):
            return f"{found[0]!r} was left in the words"
        if found := _LINK.search(part):
            return f"a link ({found[0][:40]!r}); letters carry none but mailto:"
    return ""


def _body(html: str) -> str:
    return html.partition("<body")[2]
