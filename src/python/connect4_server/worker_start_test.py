"""A server whose workers cannot start says so and ends, whether or not anybody reads its output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from server_process import bound

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 120

# Its workers find no application, as in a checkout that has been removed meanwhile.
PROGRAM = """
import sys
from connect4_server.__main__ import main

sys.modules["connect4_server.app"] = None
sys.exit(main())
"""


@contextmanager
def unable_to_start() -> Iterator[subprocess.Popen[str]]:
    ours = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DATABASE_URL": "postgresql:///none",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    with subprocess.Popen(
        bound([sys.executable, "-c", PROGRAM]),
        env={**os.environ, **ours},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            yield server
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)


def test_it_says_so_in_its_last_line() -> None:
    with unable_to_start() as server:
        _, said = server.communicate(timeout=SECONDS)
        assert server.returncode == 1
        assert said.splitlines()[-1] == "connect4_server: no worker process can start; see above"
        assert "connect4_server.app" in said


def test_it_ends_where_nobody_reads_what_it_says() -> None:
    with unable_to_start() as server:
        assert server.stderr is not None
        server.stderr.close()
        assert server.wait(SECONDS) != 0
