"""HACKING.md: each skeleton in it is a complete file that works as it stands."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner

from parsers.facts import DocumentFacts, FieldValue
from rules.case import CaseDocument
from rules.checks import Evidence
from rules.load import load_sop

ROOT = Path(__file__).parents[2]
SKELETONS = dict(
    re.findall(
        r"^```(?:python|toml) (\S+)\n(.*?)^```$", (ROOT / "HACKING.md").read_text(), re.MULTILINE | re.DOTALL
    )
)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The skeletons as files, at their places beside the style's configuration."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in SKELETONS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
        if name.endswith(".py"):
            (tmp_path / name).with_name("__init__.py").write_text('"""A room."""\n')
    return tmp_path


def load(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_one_for_a_parser_a_check_an_sop_and_a_command() -> None:
    assert [Path(name).parent.as_posix() for name in SKELETONS] == [
        "parsers/documents",
        "rules/checks",
        "rules/sops",
        "mailflow/cli",
    ]
    assert not [name for name in SKELETONS if (ROOT / name).exists()]


def test_the_parser_reads_a_letter_and_survives_what_is_none(house: Path) -> None:
    parser = load(house / "parsers/documents/plain.py")
    letter = b"SURAT PERNYATAAN LUPA PASSPHRASE\n\nNama    : Siti Contoh\nNIP     : 198504122010012007\n"
    assert parser.read(letter, 1).fields["nip"].value == "198504122010012007"
    assert parser.read(b"", 1).kind == "unreadable"
    assert parser.read(b"\xff\x00\xfe", 1).fields == {}


@pytest.mark.parametrize(
    ("phone", "verdicts"), [("0812 3456 7890", ["pass"]), ("0812", ["warn"]), (None, [])]
)
def test_the_check_judges_what_there_is(house: Path, phone: str | None, verdicts: list[str]) -> None:
    fields = (
        {"phone": FieldValue(value=phone, raw=phone, confidence=1, certain=True, method="text")}
        if phone
        else {}
    )
    facts = DocumentFacts(
        name="surat.pdf",
        media_type="application/pdf",
        size=1,
        digest="",
        kind="renewal-letter",
        fields=fields,
    )
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    letter = CaseDocument(need="letter", facts=facts, message=1, received=now)
    check = load(house / "rules/checks/phone.py")
    assert [found.verdict for found in check.judge(Evidence(now=now, documents=(letter,)))] == verdicts


def test_the_sop_is_sound_and_its_examples_hold(house: Path) -> None:
    path = house / "rules/sops/card_renewal.toml"
    assert load_sop(path.read_text(), path.name).id == "card-renewal"


def test_the_command_explains_itself(house: Path) -> None:
    module = load(house / "mailflow/cli/staff.py")
    app = typer.Typer()
    app.command(name=module.NAME)(module.command)
    assert "List officers" in CliRunner().invoke(app, ["--help"]).output


def test_they_keep_the_style_of_the_house(house: Path) -> None:
    ruff = str(Path(sys.executable).with_name("ruff"))
    for command in (["check"], ["format", "--check"]):
        judged = subprocess.run(
            [ruff, *command, "--no-cache", "."], cwd=house, capture_output=True, text=True, check=False
        )
        assert judged.returncode == 0, judged.stdout
