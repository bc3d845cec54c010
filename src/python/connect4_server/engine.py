"""A SQLAlchemy engine on psycopg2 that cooperates with gevent: waiting blocks no other greenlet."""

from __future__ import annotations

import select
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import gevent.socket
import psycopg2
from gevent import Timeout
from gevent.monkey import get_original
from psycopg2 import extensions
from sqlalchemy import create_engine, event, func
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DBAPIError, DisconnectionError

from connect4_server.addresses import hosts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Engine

CONNECT_SECONDS = 5
"""The timeout for connecting to one address; less for each if there are several."""

# Less than the timeout of a statement (10 s), so that even the last of several hosts is tried.
_ALL_HOSTS_SECONDS = 8
# TCP keepalive, so that a dead peer is noticed within half a minute:
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES
_NETWORK = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}

_Item = TypeVar("_Item")


class DatabaseTimeoutError(Exception):
    """The database did not answer within a time limit."""


# Not gevent's, which goes through the event loop even to ask for the state right now.
_poll = get_original("select", "poll")


def cooperative_engine(
    connection_string: str,
    application_name: str,
    settings: Mapping[str, str] | None = None,
    **pool: Any,
) -> Engine:
    """Returns an engine in autocommit mode, which connects when it is first used.

    CONNECTION_STRING is libpq's, a URI or keywords and values, and may have several hosts.
    APPLICATION_NAME is shown in `pg_stat_activity`. SETTINGS are PostgreSQL's, set on each
    connection. POOL are the arguments of `create_engine` about the pool. It installs psycopg2's
    wait callback, for the whole process. Connecting raises psycopg2.OperationalError, wrapped in
    SQLAlchemy's, with the reason for each address that was tried.
    """
    extensions.set_wait_callback(_wait_for_postgres)
    engine = create_engine(
        "postgresql+psycopg2://",
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,  # there is no transaction to roll back
        use_native_hstore=False,
        hide_parameters=True,  # they hold players' secrets
        connect_args={
            **extensions.parse_dsn(connection_string),
            **_NETWORK,
            "application_name": application_name,
        },
        **pool,
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _check_connected)
    if settings:
        # By a statement, since PgBouncer refuses libpq's `options`.
        setting = sql_select(*(func.set_config(*item, False) for item in settings.items()))
        statement = str(setting.compile(engine, compile_kwargs={"literal_binds": True}))

        def apply(connection: extensions.connection, _record: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

        event.listen(engine, "connect", apply)
    return engine


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises DatabaseTimeoutError if the block takes longer than SECONDS.

    It interrupts a wait, at once if SECONDS is 0 or less; SQLAlchemy then discards the connection.
    """
    limit = Timeout.start_new(max(0.0, seconds))
    try:
        yield
    except Timeout as expired:
        if expired is not limit:
            raise
        raise DatabaseTimeoutError(f"no answer within {seconds} s") from None
    finally:
        limit.close()


def reason_of(error: Exception) -> str:
    """Returns what went wrong in one line, without the statement or any value of a row.

    For an error of PostgreSQL it is `SQLSTATE: message`; its detail, which quotes rows and so the
    players' secrets, is left out.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg2.Error) and cause.diag.message_primary:
        return f"{cause.pgcode}: {cause.diag.message_primary}"
    return " ".join(str(cause).split()) or type(cause).__name__


def _wait_for_postgres(connection: extensions.connection) -> None:
    """Lets other greenlets run while psycopg2 waits for PostgreSQL: its wait callback.

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


def _connect(
    _dialect: object, _record: object, _arguments: object, parameters: dict[str, Any]
) -> extensions.connection:
    """Tries one address after the other, as libpq does when it blocks.

    libpq itself looks names up in a blocking call, and its `connect_timeout` does not count when it
    connects without blocking.
    """
    hosts = hosts_of(parameters)
    if hosts is None:
        with time_limit(CONNECT_SECONDS):
            return _connection(parameters)
    problems = []
    for host, host_deadline in _with_deadlines(hosts, time.monotonic() + _ALL_HOSTS_SECONDS):
        try:
            with time_limit(host_deadline - time.monotonic()):
                addresses = host.addresses()
        except psycopg2.Error as error:
            problems.append(str(error))
            continue
        except DatabaseTimeoutError:
            problems.append(f'could not translate host name "{host.name}": no answer in time')
            continue
        for address, deadline in _with_deadlines(addresses, host_deadline):
            where = f"{address.get('hostaddr', host.name)}, port {host.port}"
            try:
                with time_limit(deadline - time.monotonic()):
                    return _connection(parameters | address)
            except psycopg2.Error as error:
                problems.append(f"{where}: {str(error).strip()}")
            except DatabaseTimeoutError:
                problems.append(f"{where}: no answer in time")
    raise psycopg2.OperationalError("; ".join(problems))


def _connection(parameters: Mapping[str, Any]) -> extensions.connection:
    made: Any = psycopg2.connect(**parameters)
    # Drop notifications: behind a pooler in transaction mode there may be some for another client.
    made.notifies = deque(maxlen=0)
    connection: extensions.connection = made
    return connection


def _with_deadlines(items: Sequence[_Item], deadline: float) -> Iterator[tuple[_Item, float]]:
    """Yields each of ITEMS with its deadline, so that the time left is shared among the rest."""
    for index, item in enumerate(items):
        now = time.monotonic()
        share = (deadline - now) / (len(items) - index)
        yield item, now + min(share, CONNECT_SECONDS)


def _check_connected(connection: extensions.connection, _record: object, _proxy: object) -> None:
    """Has the pool replace an idle connection that PostgreSQL has closed.

    A pre-ping without a round trip: PostgreSQL sends nothing on an idle connection except that it
    closes it, so a readable socket is a closed connection.
    https://docs.sqlalchemy.org/en/21/core/pooling.html#custom-legacy-pessimistic-ping
    """
    if connection.closed:
        raise DisconnectionError("the connection is closed")
    poll = _poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise DisconnectionError("PostgreSQL has ended the connection")
