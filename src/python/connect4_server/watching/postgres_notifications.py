"""Notifications by PostgreSQL's LISTEN and NOTIFY, on connections of their own.

A transaction with a NOTIFY holds a lock on a queue of the whole cluster while it commits. In the
transactions of moves, that lock would serialize the commits. So notifications have their own
transactions, of many games each. They do not wait for the disk (`synchronous_commit` is off): a
crash may lose some, which is allowed.
https://www.postgresql.org/docs/current/sql-notify.html
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import gevent
import gevent.socket
import psycopg2
from sqlalchemy import ARRAY, String, bindparam, cast, column, func, select, text
from sqlalchemy.pool import NullPool

from connect4_server.engine import cooperative_engine, time_limit
from connect4_server.watching.notifications import BatchSender, decode, encode, keep_subscribed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from psycopg2 import extensions
    from sqlalchemy import Connection, Executable

_CHANNEL = "connect4_games"
_notification = (
    func.unnest(cast(bindparam("payloads"), ARRAY(String)))
    .table_valued(column("payload", String))
    .render_derived(name="notification")
)
# For this transaction only: behind a pooler another client may get the session next.
_NOTIFY = select(
    func.set_config("synchronous_commit", "off", True),
    func.pg_notify(_CHANNEL, _notification.c.payload),
)
_LISTEN = text(f"LISTEN {_CHANNEL}")
_PING = select(1)
_PING_SECONDS = 5.0
_TIMEOUT_SECONDS = 10


class PostgresNotifications:
    """`Notifications` by PostgreSQL: one connection to publish, and one to listen."""

    def __init__(self, connection_string: str) -> None:
        """Takes a connection string of libpq; connects when it is first used."""
        self._publisher = cooperative_engine(
            connection_string, "connect4_server notifications", pool_size=1, max_overflow=0
        )
        self._listener = cooperative_engine(
            connection_string, "connect4_server listener", poolclass=NullPool
        )
        self._sender = BatchSender(self._send)

    def publish(self, game_id: str, version: int) -> None:
        """Notifies the other processes soon; neither waits nor raises."""
        self._sender.put(game_id, version)

    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        """Listens in a greenlet from now on; see `Notifications.subscribe`."""

        def listen(subscribed: Callable[[], None]) -> None:
            with self._listener.connect() as connection:
                _listen(connection, on_notification, subscribed)

        gevent.spawn(keep_subscribed, listen, on_subscribed)

    def _send(self, batch: Mapping[str, int]) -> None:
        with time_limit(_TIMEOUT_SECONDS), self._publisher.connect() as connection:
            payloads = [encode(*item) for item in batch.items()]
            connection.execute(_NOTIFY, {"payloads": payloads})


def _listen(
    connection: Connection,
    on_notification: Callable[[str, int], None],
    on_subscribed: Callable[[], None],
) -> None:
    """Never returns; raises when the connection is lost."""
    driver: Any = connection.connection.driver_connection
    received: deque[extensions.Notify] = deque()
    driver.notifies = received
    _execute(connection, _LISTEN)
    on_subscribed()
    while True:
        while received:
            if notification := decode(received.popleft().payload):
                on_notification(*notification)
        try:
            gevent.socket.wait_read(driver.fileno(), _PING_SECONDS, TimeoutError())
            driver.poll()
        except TimeoutError:
            # Either nothing has happened, or the connection is dead.
            _execute(connection, _PING)
        except psycopg2.Error:
            # Or SQLAlchemy would roll back, and fail with a less useful reason.
            connection.invalidate()
            raise


def _execute(connection: Connection, statement: Executable) -> None:
    with time_limit(_TIMEOUT_SECONDS):
        connection.execute(statement)
