"""The letters with sample facts, to be looked at: one by one, or as files with a page that leads to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from mailflow.errors import RulesError
from mailflow.outbox.proof import FILES
from mailflow.outbox.render import BUILTIN, LANGUAGES, Rendered, Renderer
from mailflow.outbox.samples import sample

AUDIENCES = {
    "applicant": "To applicants and holders",
    "unit": "To the contacts of units",
    "officer": "To officers",
    "official": "To the official",
    "admin": "To administrators",
}
_STYLE = (
    "body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 sans-serif; } "
    "td { padding: .2rem 1rem .2rem 0; vertical-align: top; } td:first-child { white-space: nowrap; }"
)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A letter as its receiver gets it, or the fault that keeps it from being written."""

    name: str
    language: str
    rendered: Rendered | None = None
    fault: str = ""


def listed(renderer: Renderer) -> list[dict[str, object]]:
    """Every letter: `name`, `audience`, `languages`, where it is `from` (`built-in`, `own`, or `mixed`) and the `own` files."""
    rows: list[dict[str, object]] = []
    for name in renderer.names():
        own = _own(renderer, name)
        builtin = any((BUILTIN / language / name).is_dir() for language in LANGUAGES)
        whole = len(own) == len(FILES) * len(LANGUAGES) or not builtin
        rows.append(
            {
                "name": name,
                "audience": name.partition("-")[0],
                "languages": [each for each in LANGUAGES if _is_there(renderer, each, name)],
                "from": "built-in" if not own else "own" if whole else "mixed",
                "own": own,
            }
        )
    return rows


def shared(renderer: Renderer) -> list[str]:
    """The administrator's own files that many letters use (`id/_applicant.j2`)."""
    root = renderer.overrides
    return sorted(each.relative_to(root).as_posix() for each in root.rglob("_*.j2")) if root else []


def shown(renderer: Renderer, names: Sequence[str], languages: Sequence[str]) -> Iterator[Shown]:
    """Write letters with their sample facts; an unsound one is shown by its fault."""
    for name in names:
        for language in languages:
            try:
                yield Shown(
                    name=name, language=language, rendered=renderer.render(name, sample(name, language))
                )
            except RulesError as fault:
                yield Shown(name=name, language=language, fault=str(fault))


def write(place: Path, letters: Sequence[Shown]) -> Path:
    """Write each letter as `<language>/<name>.html` and `.txt`, and the page that leads to them; return its place."""
    for each in letters:
        if each.rendered is None:
            continue
        file = place / each.language / each.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_name(f"{each.name}.html").write_text(each.rendered.html, encoding="utf-8")
        text = f"{each.rendered.subject}\n\n{each.rendered.text}"
        file.with_name(f"{each.name}.txt").write_text(text, encoding="utf-8")
    index = place / "index.html"
    index.write_text(_index(letters), encoding="utf-8")
    return index


def _own(renderer: Renderer, name: str) -> list[str]:
    if renderer.overrides is None:
        return []
    paths = (f"{language}/{name}/{file}" for language in LANGUAGES for file in FILES)
    return [path for path in paths if (renderer.overrides / path).is_file()]


def _is_there(renderer: Renderer, language: str, name: str) -> bool:
    roots = [BUILTIN, *([renderer.overrides] if renderer.overrides else [])]
    return all(any((root / language / name / file).is_file() for root in roots) for file in FILES)


def _index(letters: Sequence[Shown]) -> str:
    groups = {each.name.partition("-")[0]: None for each in letters}
    parts = [_group(AUDIENCES.get(name, name), _of(letters, name)) for name in sorted(groups, key=_rank)]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>mailflow: letters</title>'
        f"<style>{_STYLE}</style></head><body><h1>Letters, with sample facts</h1>\n{''.join(parts)}</body></html>\n"
    )


def _rank(audience: str) -> int:
    known = list(AUDIENCES)
    return known.index(audience) if audience in known else len(known)


def _of(letters: Sequence[Shown], audience: str) -> list[Shown]:
    return [each for each in letters if each.name.partition("-")[0] == audience]


def _group(title: str, letters: Sequence[Shown]) -> str:
    rows = "".join(_row(each) for each in letters)
    return f"<h2>{escape(title)}</h2>\n<table>\n{rows}</table>\n"


def _row(each: Shown) -> str:
    if each.rendered is None:
        return (
            f"<tr><td>{escape(each.name)} ({each.language})</td><td>{escape(each.fault)}</td><td></td></tr>\n"
        )
    path = escape(f"{each.language}/{each.name}")
    return (
        f"<tr><td>{escape(each.name)} ({each.language})</td>"
        f'<td><a href="{path}.html">{escape(each.rendered.subject)}</a></td><td><a href="{path}.txt">text</a></td></tr>\n'
    )
