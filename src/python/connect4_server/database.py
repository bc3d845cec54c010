"""The server's connections to PostgreSQL: kept, cooperative, and each statement a transaction."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any

import gevent
import gevent.socket
import psycopg2
from gevent.lock import BoundedSemaphore
from gevent.monkey import get_original, is_module_patched
from psycopg2 import extensions
from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE
from psycopg2.errors import UndefinedColumn

from connect4_server.array_literal import array_literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import URL

    from connect4_server.statements import Statement

Row = tuple[Any, ...]

# Enough for the requests of one worker; more wait for their turn here, not in PostgreSQL.
_CONNECTIONS = 20
_CONNECT_SECONDS = 5
ANSWER_SECONDS = 10
# Long, for a statement; short, for all those who share one with a game that somebody has locked.
_LOCK_SECONDS = 1
# A peer that is gone without a word is noticed within half a minute.
_NETWORK = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}

# gevent's takes a turn of the event loop, where all that is asked is how it is right now.
_poll = get_original("select", "poll")


class DatabaseUnreachableError(Exception):
    """There is no answer in time, or no free connection; whether a write took place is open."""


class ConnectionLostError(DatabaseUnreachableError):
    """The connection was lost; a new one may be had."""


class LockedError(DatabaseUnreachableError):
    """Somebody else holds a lock for so long that nothing was done."""


class DatabaseError(Exception):
    """PostgreSQL refused a statement. The message has its reason, and no value of a row."""


class Database:
    """A pool of connections to one database."""

    def __init__(self, url: URL) -> None:
        """Connects to nothing yet."""
        if is_module_patched("socket"):
            extensions.set_wait_callback(_wait)
        _, self._target = url.get_dialect()().create_connect_args(url)
        self._idle: list[extensions.connection] = []
        self._turns = BoundedSemaphore(_CONNECTIONS)

    def rows(self, statement: Statement, values: Mapping[str, Sequence[Any]]) -> list[Row]:
        """Executes one statement in a transaction of its own; returns the rows it returns.

        Each of its parameters is an array.
        On the schema before this release's revisions it executes the form for that: a server may
        be started before the database has been upgraded, or go on after a downgrade.
        Raises DatabaseUnreachableError, as LockedError where it might help to ask for less at
        once, or DatabaseError.
        """
        if not self._turns.acquire(timeout=_CONNECT_SECONDS):
            raise DatabaseUnreachableError("every connection is in use")
        try:
            arrays = {name: array_literal(items) for name, items in values.items()}
            connection = self._take()
            try:
                rows = _execute(connection, statement, arrays)
            except BaseException as error:
                # After a lost connection, or an answer that nobody waited for, it is of no use.
                if not isinstance(error, DatabaseError | LockedError):
                    connection.close()
                raise
            finally:
                if not connection.closed:
                    self._idle.append(connection)
            return rows
        finally:
            self._turns.release()

    def read(self, statement: Statement, values: Mapping[str, Sequence[Any]]) -> list[Row]:
        """The same for what changes nothing, and may therefore be tried on another connection."""
        try:
            return self.rows(statement, values)
        except ConnectionLostError:
            return self.rows(statement, values)

    def connect(self, purpose: str, options: str = "") -> extensions.connection:
        """A connection for the caller alone, with no transaction around its statements.

        PURPOSE is seen in PostgreSQL's list of connections; OPTIONS are settings for the session.
        Raises DatabaseUnreachableError.
        """
        target: dict[str, Any] = {
            **_NETWORK,
            **self._target,
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": purpose,
        }
        if options:
            target["options"] = f"{target.get('options', '')} {options}".strip()
        try:
            # The library's own timeout does not reach a connection that waits cooperatively.
            with answer_within(_CONNECT_SECONDS):
                connection: extensions.connection = psycopg2.connect(**target)
        except psycopg2.OperationalError as error:
            raise DatabaseUnreachableError(str(error)) from None
        connection.autocommit = True
        return connection

    def _take(self) -> extensions.connection:
        while self._idle:
            connection = self._idle.pop()
            if not _has_been_ended(connection):
                return connection
            connection.close()
        return self.connect("connect4_server", f"-c lock_timeout={_LOCK_SECONDS}s")


def answer_within(seconds: float) -> gevent.Timeout:
    """A context manager that raises DatabaseUnreachableError where the database is not faster.

    The connection is of no use after that.
    """
    return gevent.Timeout(seconds, DatabaseUnreachableError(f"no answer within {seconds} s"))


def _has_been_ended(connection: extensions.connection) -> bool:
    """Whether PostgreSQL has said something to a connection at rest: that is its good-bye."""
    poll = _poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _execute(
    connection: extensions.connection, statement: Statement, arrays: Mapping[str, str]
) -> list[Row]:
    with connection.cursor() as cursor, answer_within(ANSWER_SECONDS):
        try:
            try:
                cursor.execute(statement.sql, arrays)
            except UndefinedColumn:
                if statement.before_moves is None:
                    raise
                cursor.execute(statement.before_moves, arrays)
            rows: list[Row] = cursor.fetchall()
            return rows
        except psycopg2.Error as error:
            if connection.closed or _is_unreachable(error):
                raise ConnectionLostError(str(error)) from None
            if error.pgcode in (LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED):
                raise LockedError(str(error.diag.message_primary)) from None
            # Not the error itself: its detail may quote a row, and so a player's secret.
            raise DatabaseError(f"{error.pgcode}: {error.diag.message_primary}") from None


def _is_unreachable(error: psycopg2.Error) -> bool:
    # Of these PostgreSQL's classes, 08 is the connection and 57P a server that goes or comes.
    code = error.pgcode
    return isinstance(error, psycopg2.OperationalError) and (
        code is None or code[:3] in ("080", "57P")
    )


def _wait(connection: extensions.connection) -> None:
    """Lets other greenlets run while psycopg2 waits for PostgreSQL.

    https://www.psycopg.org/docs/advanced.html#support-for-coroutine-libraries
    """
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        if state == extensions.POLL_READ:
            gevent.socket.wait_read(connection.fileno())
        elif state == extensions.POLL_WRITE:
            gevent.socket.wait_write(connection.fileno())
        else:
            raise psycopg2.OperationalError(f"unexpected state {state} of a connection")
