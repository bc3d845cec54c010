"""The launcher as a program of its own, for its tests."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil
import pytest
import requests

from server_process import bound, wait_until_ended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from players.player import Player

SECONDS = 120

RUNNING = re.compile(r"Connect 4 is running: open (http://\S+:\d+) \(Ctrl-C stops it\)\n")


class Launcher:
    """`python -m connect4` in a session of its own, as in a terminal of its own."""

    def __init__(self, *arguments: object, **environ: str) -> None:
        ours = {"PYTHONPATH": os.pathsep.join(sys.path), "PORT": "0"}
        self.process = subprocess.Popen(
            bound([sys.executable, "-m", "connect4", *map(str, arguments)]),
            env={**os.environ, **ours, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.url = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGINT)

    def started(self) -> Self:
        """Waits for the one line, and for what it says to be true."""
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            assert selector.select(SECONDS)
        line = self.process.stdout.readline()
        said = RUNNING.fullmatch(line)
        assert said, line or self.process.communicate()
        self.url = said[1]
        assert requests.get(f"{self.url}/status", timeout=SECONDS).text == "Running"
        return self

    def tree(self) -> list[psutil.Process]:
        """Everything that it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def ended(self) -> tuple[int, str, str]:
        """Waits for its end: the status, and what else it said to stdout and stderr."""
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, output, errors

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Sends a signal and waits for the end of everything it has started."""
        tree = self.tree()
        self.process.send_signal(number)
        result = self.ended()
        wait_until_ended(tree)
        return result


Launch = Callable[..., Launcher]


@pytest.fixture(autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    """Heeds what nohup and a script's background ignore, since children inherit that."""
    ignored = [
        number
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) == signal.SIG_IGN
    ]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def launch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Launch]:
    """Starts the launcher with arguments, and with variables of the environment."""
    for name in ("HOST", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "share"))
    with ExitStack() as launched:
        yield lambda *arguments, **environ: launched.enter_context(Launcher(*arguments, **environ))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def socket_dir(data_dir: Path) -> Path:
    """Where the launcher noted that the socket of its PostgreSQL is."""
    return Path((data_dir / "lock").read_text())


def play_to_a_win(first: Player, second: Player) -> None:
    for _ in range(3):
        first.drop(2)
        second.drop(4)
    assert first.drop(2)["winner"] == 1
