"""`mailflow templates`: the letters, and how each looks."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

if TYPE_CHECKING:
    from mailflow.outbox.gallery import Shown
    from mailflow.outbox.render import Renderer

NAME = "templates"
UNSOUND = 2
_PREVIEW_AND_NAME = 2


class Language(StrEnum):
    """A language of the letters."""

    ID = "id"
    EN = "en"


def command(
    words: Annotated[list[str] | None, typer.Argument(metavar="[list | preview [NAME]]")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
    language: Annotated[
        Language | None, typer.Option("--language", help="With preview: id or en only.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="DIR", file_okay=False, help="With preview: files to open."),
    ] = None,
) -> None:
    """List the letters, or show how they look.

    `preview` writes each with sample facts, or the one that is named; needs no configuration, but with one shows the
    administrator's own letters.
    """
    words = words or ["list"]
    previewing = words[0] == "preview"
    if words[0] not in {"list", "preview"} or len(words) > (_PREVIEW_AND_NAME if previewing else 1):
        raise typer.BadParameter("say `mailflow templates list` or `mailflow templates preview [NAME]`")
    if (previewing and as_json) or (not previewing and (language or html)):
        raise typer.BadParameter("--json goes with list; --language and --html go with preview")
    renderer = _renderer(config)
    if previewing:
        _preview(
            renderer, words[1:], [language.value] if language else [each.value for each in Language], html
        )
    else:
        _list(renderer, as_json=as_json)


def _renderer(config: Path | None) -> "Renderer":
    """The built-in letters, and an administrator's beside the configuration, if there is one."""
    from mailflow.config import DEFAULT_FILE, config_file
    from mailflow.errors import ConfigurationError
    from mailflow.outbox.render import Renderer

    file = config_file(config)
    if not file.exists() and file != Path(DEFAULT_FILE):
        raise ConfigurationError(
            f"{file}: no such file. Leave --config and MAILFLOW_CONFIG out to see the built-in letters."
        )
    return Renderer(file.resolve().parent / "outbox_templates" if file.exists() else None)


def _list(renderer: "Renderer", *, as_json: bool) -> None:
    from mailflow.outbox import gallery

    rows = gallery.listed(renderer)
    lines = table(rows, ("name", "audience", "languages", "from"), "no letters")
    own = gallery.shared(renderer)
    emit(
        rows,
        as_json=as_json,
        lines=[*lines, *([f"own, used by many letters: {', '.join(own)}"] if own else [])],
    )


def _preview(
    renderer: "Renderer", wanted: Sequence[str], languages: Sequence[str], html: Path | None
) -> None:
    from mailflow.outbox import gallery

    names = renderer.names()
    if unknown := [each for each in wanted if each not in names]:
        raise typer.BadParameter(
            f"{unknown[0]}: no such letter{_near(unknown[0], names)}; see `mailflow templates list`"
        )
    letters = list(gallery.shown(renderer, wanted or names, languages))
    if html is None:
        for line in _in_words(letters):
            print(line)
    else:
        print(f"{len(letters)} letters: open {gallery.write(html, letters)}")
    faults = [each.fault for each in letters if each.fault]
    for fault in faults:
        print(f"mailflow: {fault}", file=sys.stderr)
    if faults:
        raise typer.Exit(UNSOUND)


def _near(name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, n=1)
    return f", did you mean {close[0]}?" if close else ""


def _in_words(letters: Sequence["Shown"]) -> Iterator[str]:
    for each in letters:
        if each.rendered is not None:
            yield f"===== {each.name} ({each.language})"
            yield f"Subject: {each.rendered.subject}"
            yield ""
            yield each.rendered.text
