"""How long a revision may wait for a lock and a statement may run, and when to try again.

While a statement waits for a lock on a table, later statements on that table queue behind it, those
of players included. So a revision waits for a moment only, lets the queue pass, and tries again.
https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psycopg2 import errorcodes

if TYPE_CHECKING:
    from alembic.script import Script
    from sqlalchemy.exc import DBAPIError

LOCK_TIMEOUT = "50ms"
"""How long a revision waits for a lock, unless its module has a `lock_timeout`."""
STATEMENT_TIMEOUT = "5s"
"""How long a statement may run, unless its revision's module has a `statement_timeout`."""

_PAUSE_SECONDS = 0.5
_STATEMENT_ATTEMPTS = 3


def settings(revision: Script) -> list[str]:
    """The SQL statements that set the timeouts of REVISION for the session.

    They are its module's `lock_timeout` and `statement_timeout`, or else the defaults: durations in
    PostgreSQL's form, such as "50ms"; "0" is for no timeout.
    """
    lock = getattr(revision.module, "lock_timeout", LOCK_TIMEOUT)
    statement = getattr(revision.module, "statement_timeout", STATEMENT_TIMEOUT)
    return [f"SET lock_timeout = '{lock}'", f"SET statement_timeout = '{statement}'"]


@dataclass
class Attempts:
    """The attempts at one revision.

    For a lock there are attempts until `patience` seconds have passed, and for a statement that is
    too slow there are three.
    """

    patience: float
    _began: float = field(default_factory=time.monotonic)
    _made: int = 0

    def pause_after(self, error: DBAPIError) -> bool:
        """Whether there is another attempt after ERROR; if so, first pauses for half a second."""
        self._made += 1
        code = getattr(error.orig, "pgcode", None)
        if code in (errorcodes.LOCK_NOT_AVAILABLE, errorcodes.DEADLOCK_DETECTED):
            again = time.monotonic() + _PAUSE_SECONDS < self._began + self.patience
        else:
            again = code == errorcodes.QUERY_CANCELED and self._made < _STATEMENT_ATTEMPTS
        if again:
            time.sleep(_PAUSE_SECONDS)
        return again
