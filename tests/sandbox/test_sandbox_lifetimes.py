"""Who outlives whom: nothing of the sandbox outlives the daemon, and the daemon outlives everything of the sandbox."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mailflow.errors import WorkerError
from mailflow.sandbox.reader import Reader
from parsers.reading import Budget

HOSTILE = {"message": "hostile:read_message", "document": "hostile:read_document"}
DAEMON = """
import sys
from mailflow.sandbox.reader import Reader
from parsers.reading import Budget
reader = Reader(Budget(), 60, (), functions={"document": "hostile:read_document"})
print(reader.zygote_pid, flush=True)
reader.read_document(sys.argv[1].encode(), "x")
"""


@pytest.fixture
def reader():
    with Reader(Budget(), 20, (), functions=HOSTILE) as each:
        yield each


def child_of(zygote):
    """Wait for the child that is reading; reading its own scheduler's queue is all there is to wait on."""
    children = Path(f"/proc/{zygote}/task/{zygote}/children")
    while not (pids := children.read_text().split()):
        os.sched_yield()
    return int(pids[0])


def ends(handle, seconds=20):
    """Tell whether the process behind this pidfd ends; the bound is for a failing test only."""
    return bool(select.select([handle], [], [], seconds)[0])


@pytest.mark.parametrize("behaviour", ["endless", "asleep", "surviving"])
def test_a_killed_daemon_leaves_no_process_behind(behaviour):
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    daemon = subprocess.Popen(
        [sys.executable, "-c", DAEMON, behaviour], stdout=subprocess.PIPE, env=environment, text=True
    )
    with daemon:
        zygote = int(daemon.stdout.readline())
        child = child_of(zygote)
        handles = [os.pidfd_open(zygote), os.pidfd_open(child)]
        daemon.kill()
    assert all(ends(handle) for handle in handles)
    for handle in handles:
        os.close(handle)


def test_a_closed_reader_leaves_no_process_behind():
    reader = Reader(Budget(), 20, ())
    handle = os.pidfd_open(reader.zygote_pid)
    reader.close()
    assert ends(handle, 0)
    os.close(handle)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_order_to_stop_cuts_no_reading_short(reader, number):
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reader.read_document, b"waiting 0.3", "x")
        os.kill(child_of(reader.zygote_pid), number)
        os.kill(reader.zygote_pid, number)
        assert json.loads(reading.result().facts.new_text) == "read to the end"


def test_the_zygote_stands_outside_the_daemons_group(reader):
    assert os.getpgid(reader.zygote_pid) == reader.zygote_pid != os.getpgrp()
    assert os.getsid(reader.zygote_pid) != os.getsid(0)


def test_a_zygote_that_died_while_idle_is_not_noticed(reader):
    before = reader.zygote_pid
    handle = os.pidfd_open(before)
    os.kill(before, signal.SIGKILL)
    assert ends(handle)
    os.close(handle)
    assert json.loads(reader.read_document(b"polite again", "x").facts.new_text) == "again"
    assert reader.zygote_pid != before


@pytest.mark.parametrize("behaviour", [b"endless", b"surviving"])
def test_a_zygote_that_dies_during_a_reading_fails_that_one_alone(reader, behaviour):
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reader.read_document, behaviour, "x")
        child = os.pidfd_open(child_of(reader.zygote_pid))
        os.kill(reader.zygote_pid, signal.SIGKILL)
        with pytest.raises(WorkerError) as caught:
            reading.result()
    assert caught.value.outcome == "crashed"
    assert ends(child)
    os.close(child)
    assert json.loads(reader.read_document(b"polite again", "x").facts.new_text) == "again"


def test_a_reader_that_cannot_start_says_what_is_wrong():
    with pytest.raises(WorkerError, match="No module named 'nowhere'"):
        Reader(Budget(), 1, (), functions={"message": "nowhere:read"})


def test_threads_get_each_their_own_answer(reader):
    barrier = threading.Barrier(4)

    def ask(name):
        barrier.wait()
        return [reader.read_document(f"polite {name}-{number}".encode(), "x") for number in range(10)]

    with ThreadPoolExecutor(4) as pool:
        for name, readings in zip("abcd", pool.map(ask, "abcd"), strict=True):
            assert [json.loads(each.facts.new_text) for each in readings] == [
                f"{name}-{number}" for number in range(10)
            ]
            assert [list(each.parts.values()) for each in readings] == [
                [f"{name}-{number}".encode()] for number in range(10)
            ]
