"""A server that is crashed is gone at once, with its workers, and nobody is left in its place."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest
import requests

from server_process import ServerProcess, ServerProcessError, bound, wait_until_ended

# A program, such as a test, that starts a server and is then killed.
STARTER = """
import signal
from contextlib import nullcontext
from server_process import ServerProcess, frozen

with ServerProcess({"DATABASE_URL": "postgresql:///none"}) as server, MEANWHILE:
    print(*(process.pid for process in server.processes), flush=True)
    signal.pause()
"""


def test_a_crash_takes_the_workers_along(database_url: str) -> None:
    before = set(psutil.Process().children(recursive=True))
    with ServerProcess({"DATABASE_URL": database_url, "WEB_CONCURRENCY": "2"}) as server:
        started = set(psutil.Process().children(recursive=True)) - before
        assert len(started) >= 2
        assert set(server.processes) == started
        server.crash()
        wait_until_ended(started, seconds=0)
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{server.url}/status", timeout=120)


def test_what_was_not_started_cannot_be_crashed() -> None:
    with pytest.raises(ServerProcessError, match="was not started"):
        ServerProcess({}).crash()


def test_another_program_can_be_the_server() -> None:
    with pytest.raises(ServerProcessError, match="No module named history_of_nothing"):
        ServerProcess({}, "history_of_nothing").__enter__()


@pytest.mark.parametrize("meanwhile", ["nullcontext()", "frozen(server.processes)"])
def test_a_server_ends_when_its_starter_is_killed(meanwhile: str) -> None:
    with subprocess.Popen(
        bound([sys.executable, "-c", STARTER.replace("MEANWHILE", meanwhile)]),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        server = [psutil.Process(int(pid)) for pid in starter.stdout.readline().split()]
        assert len(server) >= 2
        starter.kill()
        wait_until_ended(server)
