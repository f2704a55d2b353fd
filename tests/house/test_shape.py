"""The shape of the house: what stands where, how large, and that nothing of a developer's machine is carried along."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("mailflow", "parsers", "rules", "outbox_templates")
TOP = {
    *PACKAGES,
    *("tests", "systemd", "pyproject.toml", "README.md", "docs", "findings"),  # the design card
    *("HACKING.md", "Makefile", "requirements.lock", "requirements-dev.lock", ".ci", ".gitignore"),
}
GENERATED = "mailflow/store/migrations/"


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: nothing says which files belong to it")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def modules() -> list[Path]:
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.parts[0] in PACKAGES and not str(path).startswith(GENERATED)
    ]


def test_the_top_level_is_the_design_card() -> None:
    assert {path.parts[0] for path in tracked()} <= TOP


def test_every_package_says_what_it_is_for() -> None:
    for folder in {path.parent for path in modules()}:
        init = ROOT / folder / "__init__.py"
        assert init.exists(), f"{folder} has no __init__.py"
        assert ast.get_docstring(ast.parse(init.read_text())), f"{init} has no docstring"


def test_no_module_is_longer_than_400_lines_and_half_are_within_100() -> None:
    lengths = {path: (ROOT / path).read_text().count("\n") for path in modules()}
    assert not {str(path): lines for path, lines in lengths.items() if lines > 400}
    assert statistics.median(lengths.values()) <= 100


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<![\w.~}])/(?:home|root|Users|work)/", id="a folder of a developer's machine"),
        pytest.param(
            r"--(?:extra-)?index-url|--find-links|https?://[^\s/]*(?:pypi|pythonhosted)",
            id="the address of a registry",
        ),
    ],
)
def test_no_file_carries_along(pattern: str) -> None:
    here = Path(__file__).relative_to(ROOT)
    guilty = [
        f"{path}:{number}"
        for path in tracked()
        if path != here
        for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not guilty
