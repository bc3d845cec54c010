"""The server with periods and timeouts far longer than a test.

So a test can tell what the server does at once from what a timer does later, on a slow machine too.
It is started as a program: `python -m`.
"""

import sys
from functools import partial

from connect4_server import __main__, http_server, worker
from connect4_server.watching import hub, stream

PATIENT = "connect4_server.testing.patient_server"
"""This program's name."""
AT_ONCE = 15.0
"""Seconds: more than what is done at once takes on any machine, less than the periods below."""

_HEARTBEAT_SECONDS = 20.0  # gunicorn ends a worker that is silent for 30
_SECONDS = 600


def wait_long() -> None:
    """Sets the periods and timeouts; call it before the application is created."""
    http_server._GRACE_SECONDS = _SECONDS
    worker._HEARTBEAT_SECONDS = _HEARTBEAT_SECONDS
    stream.KEEP_ALIVE_SECONDS = _SECONDS
    hub.Hub = partial(hub.Hub, resync_seconds=_SECONDS)  # type: ignore[misc,assignment]


if __name__ == "__main__":
    wait_long()
    sys.exit(__main__.main())
