"""How long a revision may wait for a lock and a statement may run, and when to try again.

Whoever waits for a lock on a table makes everybody queue who comes later, players included: a
revision waits for a moment only, lets them pass, and tries again.
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
STATEMENT_TIMEOUT = "5s"

_PAUSE_SECONDS = 0.5
_STATEMENT_ATTEMPTS = 3


def settings(revision: Script) -> list[str]:
    """The SQL that sets the revision's timeouts: its module's `lock_timeout`, `statement_timeout`.

    Both are PostgreSQL's durations, "0" for none, and have defaults.
    """
    lock = getattr(revision.module, "lock_timeout", LOCK_TIMEOUT)
    statement = getattr(revision.module, "statement_timeout", STATEMENT_TIMEOUT)
    return [f"SET lock_timeout = '{lock}'", f"SET statement_timeout = '{statement}'"]


@dataclass
class Attempts:
    """The attempts at one revision: for PATIENCE seconds at a lock, three at a slow statement."""

    patience: float
    _began: float = field(default_factory=time.monotonic)
    _made: int = 0

    def pause_after(self, error: DBAPIError) -> bool:
        """Whether to try again after ERROR; if so, it has waited for a moment already."""
        self._made += 1
        code = getattr(error.orig, "pgcode", None)
        if code in (errorcodes.LOCK_NOT_AVAILABLE, errorcodes.DEADLOCK_DETECTED):
            again = time.monotonic() + _PAUSE_SECONDS < self._began + self.patience
        else:
            again = code == errorcodes.QUERY_CANCELED and self._made < _STATEMENT_ATTEMPTS
        if again:
            time.sleep(_PAUSE_SECONDS)
        return again
