"""`python -m connect4_server` as a process of its own, on a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

import psutil
import requests

from server_process.bound_process import bound
from server_process.waiting import wait_until_ended

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

# For what hangs: a busy machine may take long.
_START_SECONDS = 120.0
_STOP_SECONDS = 120.0


class ServerProcessError(Exception):
    """The server did not start; the message holds what it printed."""


class ServerProcess:
    """A context manager: within it a server answers on 127.0.0.1, with this process's sys.path.

    On leaving, what the server printed goes to stderr, where pytest shows it with a failure.
    """

    def __init__(self, environ: Mapping[str, str], module: str = "connect4_server") -> None:
        """Takes what to add to this process's environment; HOST and PORT are set already.

        MODULE is the program: another one may be the server with something changed.
        """
        self._module = module
        self._environ = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "HOST": "127.0.0.1",
            "ACCESS_LOG": "false",
            "PORT": "0",  # a free one: the kernel chooses, so that none is lost to somebody else
            **environ,
        }
        # For appending, since the server and the reader of its output share one position in it.
        self._output = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed by __exit__
        self._process: subprocess.Popen[bytes] | None = None
        self._url = ""

    def __enter__(self) -> Self:
        """Starts the server. Raises ServerProcessError."""
        self._process = subprocess.Popen(
            bound([sys.executable, "-m", self._module]),
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        with ExitStack() as failed:
            failed.callback(self.kill)
            self._url = self._wait_until_it_answers(self._process)
            failed.pop_all()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stops the server, if it still runs."""
        self.stop()
        sys.stderr.write(self.output())
        self._output.close()

    @property
    def url(self) -> str:
        """Where it answers, with no slash at the end."""
        return self._url

    @property
    def processes(self) -> list[psutil.Process]:
        """The server's own process, and then its workers. Raises ServerProcessError."""
        if self._process is None:
            raise ServerProcessError("the server was not started")
        process = psutil.Process(self._process.pid)
        return [process, *process.children(recursive=True)]

    def output(self) -> str:
        """What it has printed so far."""
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

    def stop(self) -> int:
        """Asks it to stop, waits until it has, and returns its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """Kills it, and waits until its workers have noticed and ended too."""
        return self._end(signal.SIGKILL)

    def crash(self) -> None:
        """Kills it and its workers, whatever they are doing."""
        if self._process is None:
            raise ServerProcessError("the server was not started")
        workers = psutil.Process(self._process.pid).children(recursive=True)
        # The first of all, since it replaces the others.
        self._process.kill()
        for worker in workers:
            worker.kill()
        self._process.wait(_STOP_SECONDS)
        wait_until_ended(workers)

    def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            raise ServerProcessError("the server was not started")
        if self._process.poll() is None:
            workers = psutil.Process(self._process.pid).children(recursive=True)
            self._process.send_signal(number)
            self._process.wait(_STOP_SECONDS)
            wait_until_ended(workers)
        return self._process.returncode

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> str:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            for url in _listening(process.pid):
                if _answers(url):
                    return url
            time.sleep(0.02)
        raise ServerProcessError(f"the server does not answer:\n{self.output()}")


def _listening(pid: int) -> list[str]:
    """The URLs of the ports that a process listens on."""
    try:
        connections = psutil.Process(pid).net_connections("tcp4")
    except psutil.NoSuchProcess:
        return []
    return [
        f"http://{connection.laddr.ip}:{connection.laddr.port}"
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    ]


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/status", timeout=_START_SECONDS).ok
    except requests.ConnectionError:
        return False
