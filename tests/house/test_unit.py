"""The service files: tight, understood by systemd, and without a restart loop."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "systemd").glob("*.service"))
PROGRAM = "/opt/mailflow/bin/mailflow"

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def settings(unit: Path) -> list[str]:
    return [line for line in unit.read_text().splitlines() if line and not line.startswith("#")]


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_sandbox_is_rated_two_or_better(unit: Path) -> None:
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    rating = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", rating.stdout)
    assert found, rating.stdout + rating.stderr
    assert float(found[1]) <= 2.0


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_every_line(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name  # verify asks for the program of ExecStart; here it need not be installed
    copy.write_text(unit.read_text().replace(PROGRAM, "/bin/true"))
    target = copy.with_name("mailflow@one.service") if "@" in unit.name else copy
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(target)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_an_unsound_configuration_makes_no_restart_loop(unit: Path) -> None:
    assert {"Type=notify", "Restart=on-failure", "RestartPreventExitStatus=2"} <= set(settings(unit))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_missing_secret_does_not_fail_the_start_before_mailflow_can_say_so(unit: Path) -> None:
    loaded, fallback = (
        {line.partition("=")[2].partition(":")[0] for line in settings(unit) if line.startswith(f"{key}=")}
        for key in ("LoadCredential", "SetCredential")
    )
    assert loaded == fallback == {"store.key", "mailbox.password", "smtp.password"}


def test_instances_differ_from_the_single_service_only_in_their_names() -> None:
    single, instance = (
        settings(ROOT / "systemd" / name) for name in ("mailflow.service", "mailflow@.service")
    )
    renamed = [line.replace(" (%i)", "").replace("/%i/", "/").replace("-%i", "") for line in instance]
    assert renamed == single
