"""What the daemon tells the service manager, heard on a real datagram socket."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailflow import notify


@pytest.fixture(params=["path", "abstract"])
def heard(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], bytes]]:
    name = str(tmp_path / "notify") if request.param == "path" else f"\0mailflow-{tmp_path}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name)
        manager.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name.replace("\0", "@"))
        yield lambda: manager.recv(4096)


def test_ready_comes_with_a_status(heard: Callable[[], bytes]) -> None:
    assert notify.ready("1 mailbox")
    assert heard() == b"READY=1\nSTATUS=1 mailbox"


def test_a_line_break_in_a_status_starts_no_other_assignment(heard: Callable[[], bytes]) -> None:
    assert notify.status("mail server away\nWATCHDOG=trigger")
    assert heard() == b"STATUS=mail server away WATCHDOG=trigger"


def test_the_watchdog_and_the_stop_are_told(heard: Callable[[], bytes]) -> None:
    assert notify.alive()
    assert heard() == b"WATCHDOG=1"
    assert notify.stopping("finishing")
    assert heard() == b"STOPPING=1\nSTATUS=finishing"


def test_outside_systemd_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify.alive()


def test_a_service_manager_that_went_away_does_not_stop_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert not notify.ready("ready")
