"""Notices by PostgreSQL's LISTEN and NOTIFY, on connections apart from those of the requests.

A transaction with a NOTIFY in it holds a lock on the whole database's queue while it commits. In
the moves' transactions that would make them queue, so notices have transactions of their own,
of many games each, which do not wait for the disk: what a crash may lose of them nobody misses.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import gevent
import gevent.socket
import psycopg2
from sqlalchemy import ARRAY, String, bindparam, cast, column, func, select, text
from sqlalchemy.pool import NullPool

from connect4_server.engine import answer_within, cooperative_engine
from connect4_server.watching.notices import Outbox, keep_listening, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from psycopg2 import extensions
    from sqlalchemy import URL, Connection, Executable

_CHANNEL = "connect4_games"
_notice = (
    func.unnest(cast(bindparam("notices"), ARRAY(String)))
    .table_valued(column("text", String))
    .render_derived(name="notice")
)
# For this transaction alone: behind a pooler the session may be somebody else's next.
_NOTIFY = select(
    func.set_config("synchronous_commit", "off", True), func.pg_notify(_CHANNEL, _notice.c.text)
)
_LISTEN = text(f"LISTEN {_CHANNEL}")
_STILL_THERE = select(1)
_QUIET_SECONDS = 5.0
_ANSWER_SECONDS = 10


class PostgresNotices:
    """One connection to listen, as soon as somebody wants to hear, and one to speak."""

    def __init__(self, url: URL) -> None:
        """Connects to nothing yet."""
        self._speaker = cooperative_engine(
            url, "connect4_server notices", pool_size=1, max_overflow=0
        )
        self._listener = cooperative_engine(url, "connect4_server listener", poolclass=NullPool)
        self._outbox = Outbox(self._send)

    def say(self, game_id: str, version: int) -> None:
        self._outbox.put(game_id, version)

    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        def listen(begun: Callable[[], None]) -> None:
            with self._listener.connect() as connection:
                _listen(connection, on_notice, begun)

        gevent.spawn(keep_listening, listen, on_listening)

    def _send(self, batch: Mapping[str, int]) -> None:
        with answer_within(_ANSWER_SECONDS), self._speaker.connect() as connection:
            connection.execute(_NOTIFY, {"notices": [text_of(*notice) for notice in batch.items()]})


def _listen(
    connection: Connection,
    on_notice: Callable[[str, int], None],
    on_listening: Callable[[], None],
) -> None:
    """Returns never: it raises when the connection is lost."""
    driver: Any = connection.connection.driver_connection
    heard: deque[extensions.Notify] = deque()
    driver.notifies = heard
    _ask(connection, _LISTEN)
    on_listening()
    while True:
        while heard:
            if notice := parsed(heard.popleft().payload):
                on_notice(*notice)
        try:
            gevent.socket.wait_read(driver.fileno(), _QUIET_SECONDS, TimeoutError())
            driver.poll()
        except TimeoutError:
            # Nobody has moved, or nothing gets here any more.
            _ask(connection, _STILL_THERE)
        except psycopg2.Error:
            # Or SQLAlchemy would roll back, and fail in its turn, for a reason that says less.
            connection.invalidate()
            raise


def _ask(connection: Connection, statement: Executable) -> None:
    with answer_within(_ANSWER_SECONDS):
        connection.execute(statement)
