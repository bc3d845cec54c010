"""The connection that a command works on, and the lock that keeps other runs out of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg2
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from psycopg2.extensions import make_dsn, parse_dsn
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from migrations.errors import MigrationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# Any number will do, as long as every version of this program uses the same.
ADVISORY_LOCK = 0x636F6E6E34
_CONNECT_SECONDS = 10
_SHOWN = ("service", "user", "host", "port", "dbname")
_POLL_SECONDS = 0.1


@contextmanager
def connected(database_url: str) -> Iterator[Connection]:
    """A connection to the database; raises MigrationError if there is none, or it is of no use."""
    parameters = parse_dsn(database_url)
    engine = create_engine(
        "postgresql+psycopg2://",
        poolclass=NullPool,
        connect_args={
            **parameters,
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "migrations",
        },
    )
    try:
        with engine.connect() as connection:
            # A run that was killed must not go on in the database, nor keep its locks.
            set_if_known(connection, "client_connection_check_interval", "1s")
            yield connection
    except DBAPIError as error:
        raise MigrationError(
            f"cannot use the database {_place(parameters)}: {one_line(error)}"
        ) from error


def set_if_known(connection: Connection, setting: str, value: str) -> None:
    """Gives the session that setting, where PostgreSQL is new enough to have it."""
    connection.execute(
        text("SELECT set_config(name, :value, false) FROM pg_settings WHERE name = :setting"),
        {"setting": setting, "value": value},
    )
    connection.commit()


def _place(parameters: Mapping[str, str]) -> str:
    """Where the database is, without what may be a secret."""
    return str(make_dsn(**{name: parameters[name] for name in _SHOWN if name in parameters}))


def lock(connection: Connection, report: Callable[[str], None]) -> None:
    """Waits until no other run is under way; what is locked is free when the connection closes.

    It asks again and again: a statement that waits is an open transaction, and an index that the
    other run builds CONCURRENTLY waits for those to end.
    """
    waiting = False
    while not connection.scalar(text(f"SELECT pg_try_advisory_lock({ADVISORY_LOCK})")):
        connection.commit()
        if not waiting:
            report("another run is under way: waiting for it to end")
            waiting = True
        time.sleep(_POLL_SECONDS)
    connection.commit()


def current_revision(connection: Connection) -> str | None:
    """The revision that the database is at, None before the first; raises MigrationError."""
    try:
        current = MigrationContext.configure(connection).get_current_revision()
    except CommandError as error:
        raise MigrationError(f"the database is at several revisions at once: {error}") from error
    connection.rollback()
    return current


def longest_transaction(connection: Connection) -> str:
    """Words about who may be in the way: the oldest transaction of somebody else, or nothing."""
    row = connection.execute(
        text(
            "SELECT pid, application_name, round(extract(epoch FROM now() - xact_start))"
            " FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            " AND xact_start IS NOT NULL ORDER BY xact_start LIMIT 1"
        )
    ).one_or_none()
    connection.rollback()
    if row is None:
        return ""
    pid, application, seconds = row
    who = f"{application or 'unnamed'} (process {pid})"
    return f"; the oldest open transaction is that of {who}, {seconds} s old"


def one_line(error: BaseException) -> str:
    """What ERROR says, or the database's error within it, as one line, and without any row.

    PostgreSQL's details quote rows, and rows hold the players' secrets.
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, psycopg2.Error) and cause.diag.message_primary:
        return " ".join(cause.diag.message_primary.split())
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
