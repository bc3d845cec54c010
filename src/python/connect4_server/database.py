"""The server's database: autocommitted statements with a timeout, and errors without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg2 import errorcodes
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from connect4_server.engine import (
    CONNECT_SECONDS,
    DatabaseTimeoutError,
    cooperative_engine,
    reason_of,
    time_limit,
)
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Executable

Row = tuple[Any, ...]

APPLICATION_NAME = "connect4_server with presence"
"""The server's name in `pg_stat_activity`: another one than in the release before, which does not
keep the leases of players (presence_statements.py)."""

POOL_SIZE = 20
"""Connections of one worker. Further requests queue there, not in PostgreSQL (backpressure)."""

_TIMEOUT_SECONDS = 10
# Much longer than a statement takes, but short: a whole batch waits for one locked game.
_SETTINGS = {"lock_timeout": "1s"}

_LOCKED = {
    errorcodes.LOCK_NOT_AVAILABLE,
    errorcodes.DEADLOCK_DETECTED,
    # Only if the database's default isolation level is not READ COMMITTED.
    errorcodes.SERIALIZATION_FAILURE,
}
# SQLSTATE classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
# Connection exceptions, and a server that starts or stops.
_CONNECTION_CLASSES = {"08", "57"}
# Insufficient resources (a full disk), system errors (a broken disk), and internal errors.
_UNAVAILABLE_CLASSES = {"53", "58", "XX"}
_UNAVAILABLE = {
    errorcodes.READ_ONLY_SQL_TRANSACTION,
    # The schema is not that of the models: it has not been migrated.
    errorcodes.UNDEFINED_TABLE,
    errorcodes.UNDEFINED_COLUMN,
    errorcodes.INVALID_SCHEMA_NAME,
    errorcodes.INSUFFICIENT_PRIVILEGE,
}


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, times out, or cannot do this now.

    A write may have been committed all the same.
    """


class LockedError(DatabaseUnavailableError):
    """Another session held a lock for too long; nothing was written."""


class DatabaseError(Exception):
    """PostgreSQL rejected a statement. The message has its reason, and no value of a row."""


class UniqueViolationError(DatabaseError):
    """Somebody else has written a row that this one would have to be; nothing was written."""


class MissingRowError(DatabaseError):
    """Somebody else has removed a row that this one belongs to; nothing was written."""


class Database:
    """A pool of connections to one database."""

    def __init__(self, connection_string: str) -> None:
        """Takes a connection string of libpq; connects when it is first used."""
        self._engine = cooperative_engine(
            connection_string,
            APPLICATION_NAME,
            _SETTINGS,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            pool_use_lifo=True,
        )
        self._outage = Outage("the database")

    def write(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        """Runs one statement in its own transaction, with VALUES for its parameters.

        Returns its rows. Raises LockedError, after which a smaller batch may succeed, any other
        DatabaseUnavailableError, or DatabaseError, of which UniqueViolationError and
        MissingRowError are two. It takes at most 10 s.
        """
        return self._rows(statement, values, writing=True)

    def read(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row]:
        """Runs a statement that only reads, once more on a new connection if the first one is lost.

        Otherwise like `write`.
        """
        return self._rows(statement, values or {}, writing=False)

    def connections(self) -> tuple[int, int]:
        """Returns how many connections of the pool are used now, and how many are idle."""
        pool: Any = self._engine.pool
        return pool.checkedout(), pool.checkedin()

    def _rows(
        self, statement: Executable, values: Mapping[str, Any], *, writing: bool
    ) -> Sequence[Row]:
        try:
            with time_limit(_TIMEOUT_SECONDS):
                try:
                    rows = self._execute(statement, values)
                except DBAPIError as error:
                    if writing or not error.connection_invalidated:
                        raise
                    rows = self._execute(statement, values)
        except (DatabaseTimeoutError, PoolTimeoutError, DBAPIError) as error:
            raise self._failure(error, writing) from None
        self._outage.succeeded(_operation(writing))
        return rows

    def _execute(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        with self._engine.connect() as connection:
            return connection.execute(statement, values).all()

    def _failure(self, error: Exception, writing: bool) -> Exception:
        """Returns what to raise instead of ERROR, which may quote a row with a player's secret."""
        reason = reason_of(error)
        operation: str | None = _operation(writing)
        if isinstance(error, DBAPIError):
            code: str | None = getattr(error.orig, "pgcode", None)
            if code is None or error.connection_invalidated or code[:2] in _CONNECTION_CLASSES:
                # All operations fail, so the next success of any ends the outage.
                operation = None
            elif code in _LOCKED:
                return LockedError(reason)
            elif code == errorcodes.UNIQUE_VIOLATION:
                return UniqueViolationError(reason)
            elif code == errorcodes.FOREIGN_KEY_VIOLATION:
                return MissingRowError(reason)
            elif code not in _UNAVAILABLE and code[:2] not in _UNAVAILABLE_CLASSES:
                return DatabaseError(reason)
        self._outage.failed(reason, operation)
        return DatabaseUnavailableError(reason)


def _operation(writing: bool) -> str:
    return "writing" if writing else "reading"
