"""The connection that a command works on, and the advisory lock that keeps other runs waiting."""

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

OLDEST_POSTGRESQL = 13
"""The oldest major version that is supported: docs/migrations.md."""

# An arbitrary number, the same in every version of this program.
ADVISORY_LOCK = 0x636F6E6E34
_CONNECT_SECONDS = 10
_SHOWN = ("service", "user", "host", "port", "dbname")
_POLL_SECONDS = 0.1


@contextmanager
def connected(database_url: str) -> Iterator[Connection]:
    """A context manager: a connection to the database, which is closed at the end.

    DATABASE_URL is a connection string of libpq. Raises MigrationError if it cannot connect, if
    PostgreSQL is too old, or for an error of the database within the `with` block.
    """
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
            _refuse_if_too_old(connection)
            # When this program is killed, its statement ends, and its locks are released.
            set_if_known(connection, "client_connection_check_interval", "1s")
            yield connection
    except DBAPIError as error:
        raise MigrationError(
            f"cannot use the database {_place(parameters)}: {one_line(error)}"
        ) from error


def set_if_known(connection: Connection, setting: str, value: str) -> None:
    """Sets SETTING to VALUE for the session, if this version of PostgreSQL has it."""
    connection.execute(
        text("SELECT set_config(name, :value, false) FROM pg_settings WHERE name = :setting"),
        {"setting": setting, "value": value},
    )
    connection.commit()


def _refuse_if_too_old(connection: Connection) -> None:
    version = connection.dialect.server_version_info or ()
    if version < (OLDEST_POSTGRESQL,):
        raise MigrationError(
            f"the database is PostgreSQL {'.'.join(map(str, version))};"
            f" the oldest that is supported is {OLDEST_POSTGRESQL}"
        )


def _place(parameters: Mapping[str, str]) -> str:
    """Where the database is, without what may be a secret."""
    return str(make_dsn(**{name: parameters[name] for name in _SHOWN if name in parameters}))


def lock(connection: Connection, report: Callable[[str], None]) -> None:
    """Takes the advisory lock, and waits for a run that has it; closing CONNECTION releases it.

    REPORT is called with one line if it has to wait. It polls: a statement that waits for a lock is
    an open transaction, and CREATE INDEX CONCURRENTLY in the other run would wait for that one.
    https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
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
    """The id of the revision that the database is at, None before the first.

    Raises MigrationError if the database is at several revisions.
    """
    try:
        current = MigrationContext.configure(connection).get_current_revision()
    except CommandError as error:
        raise MigrationError(f"the database is at several revisions at once: {error}") from error
    connection.rollback()
    return current


def longest_transaction(connection: Connection) -> str:
    """The end of an error message: whose open transaction is the oldest, and how old it is.

    It is empty if no other client of the database has one.
    """
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
    """The message of ERROR, or of the database's error within it, as one line.

    It is without PostgreSQL's DETAIL, which quotes rows: the players' ids are secrets.
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, psycopg2.Error) and cause.diag.message_primary:
        return " ".join(cause.diag.message_primary.split())
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
