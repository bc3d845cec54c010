"""Notices by PostgreSQL's LISTEN and NOTIFY, on connections apart from those of the requests.

A transaction with a NOTIFY in it holds a lock on the whole database's queue while it commits. In
the moves' transactions that would make them queue, so notices have transactions of their own,
of many games each, which do not wait for the disk: what a crash may lose of them nobody misses.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import gevent
import gevent.socket
import psycopg2

from connect4_server.database import ANSWER_SECONDS, answer_within
from connect4_server.watching.notices import Outbox, keep_listening, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from psycopg2.extensions import connection as Connection  # noqa: N812

    from connect4_server.database import Database

_CHANNEL = "connect4_games"
_NOTIFY = f"SELECT pg_notify('{_CHANNEL}', notice) FROM unnest(%s::text[]) AS notice"  # noqa: S608
_QUIET_SECONDS = 5.0


class PostgresNotices:
    """One connection to listen, as soon as somebody wants to hear, and one to speak."""

    def __init__(self, database: Database) -> None:
        """Connects to nothing yet."""
        self._database = database
        self._outbox = Outbox(self._send)
        self._speaker: Connection | None = None

    def say(self, game_id: str, version: int) -> None:
        self._outbox.put(game_id, version)

    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        def listen() -> None:
            with closing(self._database.connect("connect4_server listener")) as connection:
                _listen(connection, on_notice, on_listening)

        gevent.spawn(keep_listening, listen)

    def _send(self, batch: Mapping[str, int]) -> None:
        try:
            self._notify(batch)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            # The connection may be from before a restart of the database.
            self._speaker = None
            self._notify(batch)

    def _notify(self, batch: Mapping[str, int]) -> None:
        if self._speaker is None:
            self._speaker = self._database.connect(
                "connect4_server notices", "-c synchronous_commit=off"
            )
        with self._speaker.cursor() as cursor, answer_within(ANSWER_SECONDS):
            cursor.execute(_NOTIFY, ([text_of(*notice) for notice in batch.items()],))


def _listen(
    connection: Connection,
    on_notice: Callable[[str, int], None],
    on_listening: Callable[[], None],
) -> None:
    """Returns never: it raises when the connection is lost."""
    _ask(connection, f"LISTEN {_CHANNEL}")
    on_listening()
    while True:
        while connection.notifies:
            if notice := parsed(connection.notifies.pop(0).payload):
                on_notice(*notice)
        try:
            gevent.socket.wait_read(connection.fileno(), _QUIET_SECONDS, TimeoutError())
            connection.poll()
        except TimeoutError:
            # Nobody has moved, or nothing gets here any more.
            _ask(connection, "SELECT 1")


def _ask(connection: Connection, statement: str) -> None:
    with connection.cursor() as cursor, answer_within(ANSWER_SECONDS):
        cursor.execute(statement)
