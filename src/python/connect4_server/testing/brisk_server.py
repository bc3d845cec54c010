"""The server with leases so short that a test can wait until they end.

On a slow machine they may end too early, so a test must not depend on somebody being there. It is
started as a program: `python -m`.
"""

import sys
from datetime import timedelta
from functools import partial

from connect4_server import __main__, presence_statements
from connect4_server.watching import attendance, hub

BRISK = "connect4_server.testing.brisk_server"
"""This program's name."""

if __name__ == "__main__":
    presence_statements.LEASE = timedelta(seconds=3)
    presence_statements.CLAIM_AFTER = timedelta(seconds=1)
    attendance.Attendance = partial(  # type: ignore[misc,assignment]
        attendance.Attendance, renewal_seconds=0.5, grace_seconds=0.1
    )
    hub.Hub = partial(hub.Hub, resync_seconds=0.5)  # type: ignore[misc,assignment]
    sys.exit(__main__.main())
