"""A letter's words, once, become its plain text and its HTML.

`outbox_templates/<language>/<audience>-<kind>/` holds `subject.j2` and `letter.j2`. The letter is written with the macros of the kit and
rendered twice: with `_text.j2` for reading as it is, with `_html.j2` for phones. A directory beside the configuration replaces files
of the same path; what it replaces can be reached as `builtin/…`. The first line of `subject.j2` may say `{# unknown: hold #}`: then a
letter of which the mail server's answer was lost waits for a person instead of being repeated.
"""

import re
import traceback
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

import css_inline
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

import outbox_templates
from mailflow.errors import RulesError
from mailflow.outbox.filters import FILTERS
from mailflow.outbox.headers import one_line
from mailflow.outbox.letter import SAID, Letter
from parsers.reply import MARKER

BUILTIN = Path(outbox_templates.__file__).parent
LANGUAGES = ("id", "en")
Unknown = Literal["repeat", "hold"]

LETTER_PARTS = ("language", "letter", "file")
"""How deep a letter's file stands."""

_POLICY = re.compile(r"\{#-?\s*unknown:\s*(repeat|hold)\s*-?#\}")


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A letter in words. `unknown` says what becomes of it when the server's answer after the final dot is lost."""

    subject: str
    text: str
    html: str
    unknown: Unknown = "repeat"


class _Compiled(BytecodeCache):
    """What a process has compiled, for every renderer it makes: half of what a letter costs the first time. Checked against the source."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = {"_text.j2": _Compiled(), "_html.j2": _Compiled()}
"""By kit, for escaping is compiled in."""


class Renderer:
    """The templates, with an administrator's own before the built-in ones."""

    def __init__(self, overrides: Path | None = None) -> None:
        self.overrides = overrides if overrides is not None and overrides.is_dir() else None
        self._inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

    def render(self, template: str, letter: Letter) -> Rendered:
        """Put a letter into words; raises `RulesError` naming file and line of an unsound template."""
        language = letter.language if letter.language in LANGUAGES else LANGUAGES[0]
        values = _values(letter, language)
        place = f"{language}/{template}"
        try:
            subject = one_line(self._text.get_template(f"{place}/subject.j2").render(values))
            text = self._text.get_template(f"{place}/letter.j2").render(values)
            body = self._html.get_template(f"{place}/letter.j2").render(values)
            page = self._html.get_template("_page.j2").render(
                language=language,
                subject=subject,
                body=Markup(body),  # noqa: S704 - rendered with autoescape just above
            )
        except (TemplateError, TypeError, ValueError, LookupError, AttributeError) as fault:
            raise RulesError(_explain(fault, place)) from fault
        return Rendered(
            subject=subject,
            text=_tidy(text),
            html=self._inliner.inline(page),
            unknown=self.unknown(template, language),
        )

    def unknown(self, template: str, language: str = LANGUAGES[0]) -> Unknown:
        """What the first line of `subject.j2` says of an answer that was lost; `repeat` where it says nothing."""
        return self.says_policy(self.source(f"{language}/{template}/subject.j2")) or "repeat"

    @staticmethod
    def says_policy(source: str) -> Unknown | None:
        """The policy in the first line of a `subject.j2`, None if it holds none."""
        found = _POLICY.match(source.partition("\n")[0])
        return cast("Unknown", found[1]) if found else None

    def source(self, path: str) -> str:
        """The text of a template file, the administrator's before the built-in."""
        try:
            return self._loader.get_source(self._text, path)[0]
        except TemplateError as fault:
            raise RulesError(_explain(fault, path)) from fault

    def names(self) -> tuple[str, ...]:
        """Every letter there is in any language, sorted."""
        roots = [root for root in (BUILTIN, self.overrides) if root]
        found = (
            each for root in roots for language in LANGUAGES for each in (root / language).glob("*/*.j2")
        )
        return tuple(sorted({each.parent.name for each in found}))

    @cached_property
    def _loader(self) -> BaseLoader:
        builtin = FileSystemLoader(BUILTIN)
        own = [FileSystemLoader(self.overrides)] if self.overrides else []
        return ChoiceLoader([*own, builtin, PrefixLoader({"builtin": builtin})])

    @cached_property
    def _text(self) -> SandboxedEnvironment:
        return self._environment("_text.j2", escape=False)

    @cached_property
    def _html(self) -> SandboxedEnvironment:
        return self._environment("_html.j2", escape=True)

    def _environment(self, kit: str, *, escape: bool) -> SandboxedEnvironment:
        environment = SandboxedEnvironment(
            loader=self._loader,
            undefined=StrictUndefined,
            autoescape=escape,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED[kit],
        )
        environment.filters.update(FILTERS)
        environment.globals.update(_macros(environment.get_template(kit)))
        return environment


class _Said(dict[str, tuple[str, ...]]):
    """Sentences by name: a known name that was not given is nothing said, an unknown one is a misspelling."""

    def __missing__(self, key: str) -> tuple[str, ...]:
        if key in SAID:
            return ()
        raise KeyError(key)


def _values(letter: Letter, language: str) -> dict[str, Any]:
    values = {each.name: getattr(letter, each.name) for each in fields(letter)}
    return values | {"language": language, "said": _Said(letter.said), "marker_line": MARKER[language]}


def _macros(kit: Template) -> dict[str, Any]:
    return {name: value for name, value in vars(kit.module).items() if not name.startswith("_")}


def _tidy(text: str) -> str:
    """No blanks at line ends, never two blank lines, one line end at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _explain(fault: Exception, place: str) -> str:
    """File, line and fault; Jinja puts the lines of templates into the traceback."""
    lines = [
        (Path(frame.filename), frame.lineno)
        for frame in traceback.extract_tb(fault.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    if isinstance(fault, TemplateSyntaxError):
        where = f"{fault.name}, line {fault.lineno}"
    elif lines:
        file, line = lines[-1]
        where = f"{'/'.join(file.parts[-len(LETTER_PARTS) :])}, line {line}"
    else:
        where = place
    return f"outbox_templates/{place}: {one_line(str(fault)) or type(fault).__name__} ({where}); correct it and run `mailflow check`"
