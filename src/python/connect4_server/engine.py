"""A SQLAlchemy engine on psycopg2 whose waiting lets gevent's other greenlets run."""

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

    from sqlalchemy import URL, Engine

CONNECT_SECONDS = 5
"""For one address of the database, and less for each where there are several."""

# Less than a statement may take, so that the last of several hosts is reached in that time.
_ALL_HOSTS_SECONDS = 8
# A peer that is gone without a word is noticed within half a minute.
_NETWORK = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


_Item = TypeVar("_Item")


class NoAnswerError(Exception):
    """The database took longer than it may."""


# gevent's takes a turn of the event loop, where all that is asked is how it is right now.
_poll = get_original("select", "poll")


def cooperative_engine(
    url: URL, purpose: str, settings: Mapping[str, str] | None = None, **pool: Any
) -> Engine:
    """An engine that commits every statement, and connects when it is first used.

    PURPOSE is what PostgreSQL lists its connections as; SETTINGS are PostgreSQL's, for each of
    them; POOL are `create_engine`'s arguments about the pool.
    """
    extensions.set_wait_callback(_wait)
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_reset_on_return=None,  # there is no transaction to roll back
        use_native_hstore=False,
        hide_parameters=True,  # they hold players' secrets
        connect_args={**_NETWORK, "application_name": purpose},
        **pool,
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkout", _refuse_if_ended)
    if settings:
        # After connecting: PgBouncer refuses libpq's `options`.
        setting = sql_select(*(func.set_config(*item, False) for item in settings.items()))
        statement = str(setting.compile(engine, compile_kwargs={"literal_binds": True}))

        def apply(connection: extensions.connection, _record: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

        event.listen(engine, "connect", apply)
    return engine


@contextmanager
def answer_within(seconds: float) -> Iterator[None]:
    """Raises NoAnswerError where the database is not faster; SQLAlchemy drops that connection."""
    limit = Timeout.start_new(max(0.0, seconds))
    try:
        yield
    except Timeout as expired:
        if expired is not limit:
            raise
        raise NoAnswerError(f"no answer within {seconds} s") from None
    finally:
        limit.close()


def reason_of(error: Exception) -> str:
    """What ERROR says, in one line and without what was asked or any value of a row.

    PostgreSQL's details quote rows, and rows hold the players' secrets.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg2.Error) and cause.diag.message_primary:
        return f"{cause.pgcode}: {cause.diag.message_primary}"
    return " ".join(str(cause).split()) or type(cause).__name__


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


def _connect(
    _dialect: object, _record: object, _arguments: object, parameters: dict[str, Any]
) -> extensions.connection:
    """Tries one address after the other, as libpq does where it may block.

    libpq would look names up without letting others run, and has no limit of time for a host when
    it is asked to connect without blocking.
    """
    hosts = hosts_of(parameters)
    if hosts is None:
        with answer_within(CONNECT_SECONDS):
            return _connection(parameters)
    problems = []
    for host, host_deadline in _in_turn(hosts, time.monotonic() + _ALL_HOSTS_SECONDS):
        try:
            with answer_within(host_deadline - time.monotonic()):
                addresses = host.addresses()
        except psycopg2.Error as error:
            problems.append(str(error))
            continue
        except NoAnswerError:
            problems.append(f'could not translate host name "{host.name}": no answer in time')
            continue
        for address, deadline in _in_turn(addresses, host_deadline):
            where = f"{address.get('hostaddr', host.name)}, port {host.port}"
            try:
                with answer_within(deadline - time.monotonic()):
                    return _connection(parameters | address)
            except psycopg2.Error as error:
                problems.append(f"{where}: {str(error).strip()}")
            except NoAnswerError:
                problems.append(f"{where}: no answer in time")
    raise psycopg2.OperationalError("; ".join(problems))


def _connection(parameters: Mapping[str, Any]) -> extensions.connection:
    made: Any = psycopg2.connect(**parameters)
    # Behind a pooler that works by transaction it may get what another process listens to.
    made.notifies = deque(maxlen=0)
    connection: extensions.connection = made
    return connection


def _in_turn(items: Sequence[_Item], deadline: float) -> Iterator[tuple[_Item, float]]:
    """Each of ITEMS with when to give it up, so that there is time for those after it."""
    for index, item in enumerate(items):
        now = time.monotonic()
        share = (deadline - now) / (len(items) - index)
        yield item, now + min(share, CONNECT_SECONDS)


def _refuse_if_ended(connection: extensions.connection, _record: object, _proxy: object) -> None:
    """Has the pool connect anew where PostgreSQL has closed a connection that was at rest.

    It is asked of the socket, which costs no round trip: PostgreSQL says nothing to a connection
    at rest but that it ends.
    https://docs.sqlalchemy.org/en/21/core/pooling.html#custom-legacy-pessimistic-ping
    """
    if connection.closed:
        raise DisconnectionError("the connection is closed")
    poll = _poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise DisconnectionError("PostgreSQL has ended the connection")
