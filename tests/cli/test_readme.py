"""The README promises what the program has: every command, exit code and configuration key, and paths that exist."""

import re
from pathlib import Path

import typer

from mailflow import __main__ as program
from mailflow.config import Config, Section

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_readme_with_the_line_of_help(call):
    listed = dict(re.findall(r"^\| `mailflow ([a-z]+)[^`]*` \| ([^;:|]*)", README, re.MULTILINE))
    commands = typer.main.get_command(program.app).commands
    assert set(listed) == set(commands)
    said = call("--help").out
    for name in set(listed) - {"db"}:
        assert (commands[name].help or "").startswith(listed[name].strip()), name
        assert re.search(rf"^  {name} ", said, re.MULTILINE)


def test_what_a_command_of_the_readme_can_do_stands_in_its_help(call):
    for name, rest in re.findall(r"^\| `mailflow ([a-z]+)[^`]*` \| (.*) \|$", README, re.MULTILINE):
        said = call(name, "--help").out
        for word in re.findall(r"`(--[a-z]+|[a-z]+ ID)", rest):
            assert word in said, (name, word)


def test_exit_codes_are_those_of_the_help(call):
    said = " ".join(call("--help").out.split())
    table = dict(re.findall(r"^\| (\d+) \| (.+) \|$", README, re.MULTILINE))
    assert set(table) == {"0", "1", "2", "3", "75"}
    for code, words in table.items():
        assert f"{code} {words}" in said


def test_every_configuration_key_is_explained_and_no_other():
    listed = set(re.findall(r"^\| `([a-z_]+(?:\.[a-z_]+)?)` \|", README, re.MULTILINE))
    known = set()
    for name, field in Config.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            known |= {f"{name}.{key}" for key in field.annotation.model_fields}
    assert listed == known | {"officers"}


def test_every_path_it_names_is_there():
    for path in re.findall(r"(?<!/)((?:tests|systemd)/[\w/@.]*\w|requirements\.lock|HACKING\.md)", README):
        assert (ROOT / path).exists(), path
