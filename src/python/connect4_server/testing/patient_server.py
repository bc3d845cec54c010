"""The server, which does nothing by the clock while a test runs.

What it has to do at once can be told from what it does later anyway, on a slow machine, too. It is
started as a program: `python -m`.
"""

import sys
from functools import partial

from connect4_server import __main__, http_server, worker
from connect4_server.watching import hub

PATIENT = "connect4_server.testing.patient_server"
"""This program's name."""
AT_ONCE = 15.0
"""Seconds: longer than what is done at once takes anywhere, and shorter than any wait here."""

_HEARTBEAT_SECONDS = 20.0  # gunicorn ends a worker that is silent for 30
_SECONDS = 600


def wait_long() -> None:
    """Before the application takes from there how long to wait."""
    http_server._GRACE_SECONDS = _SECONDS
    worker._HEARTBEAT_SECONDS = _HEARTBEAT_SECONDS
    hub.Hub = partial(hub.Hub, resync_seconds=_SECONDS)  # type: ignore[misc,assignment]


if __name__ == "__main__":
    wait_long()
    sys.exit(__main__.main())
