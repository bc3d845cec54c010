"""The server's database: each statement a transaction, with a limit of time, and honest errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg2 import errorcodes
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from connect4_server.engine import (
    CONNECT_SECONDS,
    NoAnswerError,
    answer_within,
    cooperative_engine,
    reason_of,
)
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import URL, Executable

Row = tuple[Any, ...]

# Enough for the requests of one worker; more wait for their turn here, not in PostgreSQL.
_CONNECTIONS = 20
_ANSWER_SECONDS = 10
# Long, for a statement; short, for all those who share one with a game that somebody has locked.
_SETTINGS = {"lock_timeout": "1s"}

_LOCKED = {
    errorcodes.LOCK_NOT_AVAILABLE,
    errorcodes.DEADLOCK_DETECTED,
    # Only where somebody has made that isolation level the default.
    errorcodes.SERIALIZATION_FAILURE,
}
# Connection exceptions, and a server that goes or comes.
_CONNECTION_CLASSES = {"08", "57"}
# Insufficient resources (a full disk), errors of the system (a broken one), and internal errors.
_UNAVAILABLE_CLASSES = {"53", "58", "XX"}
_UNAVAILABLE = {
    errorcodes.READ_ONLY_SQL_TRANSACTION,
    # The schema is not the one that the models describe: it has not been migrated.
    errorcodes.UNDEFINED_TABLE,
    errorcodes.UNDEFINED_COLUMN,
    errorcodes.INVALID_SCHEMA_NAME,
    errorcodes.INSUFFICIENT_PRIVILEGE,
}


class DatabaseUnavailableError(Exception):
    """The database does not answer in time, or cannot do this now; it may have been done."""


class LockedError(DatabaseUnavailableError):
    """Somebody else holds a lock for so long that nothing was done."""


class DatabaseError(Exception):
    """PostgreSQL refused a statement. The message has its reason, and no value of a row."""


class Database:
    """A pool of connections to one database."""

    def __init__(self, url: URL) -> None:
        """Connects to nothing yet."""
        self._engine = cooperative_engine(
            url,
            "connect4_server",
            _SETTINGS,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=CONNECT_SECONDS,
            pool_use_lifo=True,
        )
        self._outage = Outage("the database")

    def write(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        """Runs one statement in a transaction of its own; returns the rows that it returns.

        Raises DatabaseUnavailableError, as LockedError where it might help to ask for less at
        once, or DatabaseError.
        """
        return self._rows(statement, values, writing=True)

    def read(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row]:
        """The same for what changes nothing, and is therefore asked again on a new connection."""
        return self._rows(statement, values or {}, writing=False)

    def _rows(
        self, statement: Executable, values: Mapping[str, Any], *, writing: bool
    ) -> Sequence[Row]:
        try:
            with answer_within(_ANSWER_SECONDS):
                try:
                    rows = self._execute(statement, values)
                except DBAPIError as error:
                    if writing or not error.connection_invalidated:
                        raise
                    rows = self._execute(statement, values)
        except (NoAnswerError, PoolTimeoutError, DBAPIError) as error:
            raise self._failure(error, writing) from None
        self._outage.succeeded(_work(writing))
        return rows

    def _execute(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        with self._engine.connect() as connection:
            return connection.execute(statement, values).all()

    def _failure(self, error: Exception, writing: bool) -> Exception:
        """What to raise for ERROR, which itself may quote a row, and so a player's secret."""
        reason = reason_of(error)
        work: str | None = _work(writing)
        if isinstance(error, DBAPIError):
            code: str | None = getattr(error.orig, "pgcode", None)
            if code is None or error.connection_invalidated or code[:2] in _CONNECTION_CLASSES:
                # Whatever is answered next shows that this is over.
                work = None
            elif code in _LOCKED:
                return LockedError(reason)
            elif code not in _UNAVAILABLE and code[:2] not in _UNAVAILABLE_CLASSES:
                return DatabaseError(reason)
        self._outage.failed(reason, work)
        return DatabaseUnavailableError(reason)


def _work(writing: bool) -> str:
    return "writing" if writing else "reading"
