"""Three rings, one direction; and a command line that loads only what it needs."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pdfplumber",
    "pypdfium2",
    "PIL",
    "imap_tools",
    "aiosmtplib",
    "cryptography",
    "jinja2",
}


def test_the_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    kept = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout + kept.stderr


def test_the_inner_rings_never_ask_for_the_time() -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for ring in ("parsers", "rules")
        for path in (ROOT / ring).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
    ]
    assert not asked


@pytest.mark.skipif(not (ROOT / "mailflow/__main__.py").exists(), reason="the command line is not there yet")
def test_help_loads_neither_the_database_nor_the_readers() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "mailflow", "--help"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    loaded = {name.partition(".")[0] for name in re.findall(r"\|\s+([\w.]+)$", shown.stderr, re.MULTILINE)}
    assert "mailflow" in loaded
    assert not loaded & HEAVY
