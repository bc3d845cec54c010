"""Publish/subscribe between the processes that share a database: which games have changed.

The payload of a notification is `gameId version`, in ASCII.
"""

from __future__ import annotations

import math
import random
import time
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import gevent
from gevent.event import Event

from connect4_server import metrics
from connect4_server.engine import reason_of
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MAX_BATCH = 500
_RETRY_SECONDS = 0.5
_PAUSE_SECONDS = 0.005


class Notifications(Protocol):
    """A channel for notifications that a game has reached a version.

    Delivery is at most once: a notification is a hint, and the row is the truth.
    """

    def publish(self, game_id: str, version: int) -> None:
        """Notifies the other processes soon; neither waits nor raises."""

    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        """Calls ON_NOTIFICATION(game_id, version) from now on, from a greenlet; to be called once.

        ON_SUBSCRIBED is called whenever the subscription begins, after a lost connection too: what
        was published before was missed.
        """


class BatchSender:
    """A send queue that one greenlet empties in batches.

    While a batch is sent, and until 5 ms after it began, the next one collects, since each costs
    the database as much as a move. Only the newest version of a game is kept, so the queue is never
    longer than the number of games.
    """

    def __init__(self, send: Callable[[Mapping[str, int]], None]) -> None:
        """SEND gets versions by game id, and may wait; if it raises, the batch is dropped."""
        self._send = send
        self._outage = Outage("telling other servers of moves")
        self._pending: dict[str, int] = {}
        self._filled = Event()
        self._sender: gevent.Greenlet[[], None] | None = None

    def put(self, game_id: str, version: int) -> None:
        """Queues a notification; does not wait."""
        self._pending[game_id] = max(version, self._pending.get(game_id, 0))
        self._filled.set()
        if self._sender is None:
            self._sender = gevent.spawn(self._run)

    def _run(self) -> None:
        last = -math.inf
        while self._filled.wait():
            if (pause := last + _PAUSE_SECONDS - time.monotonic()) > 0:
                gevent.sleep(pause)
            last = time.monotonic()
            batch = dict(islice(self._pending.items(), _MAX_BATCH))
            for game_id in batch:
                del self._pending[game_id]
            if not self._pending:
                self._filled.clear()
            try:
                self._send(batch)
            except Exception as error:
                # Watchers in other processes see these games at the next resync.
                metrics.NOTIFICATIONS_DROPPED.inc(len(batch))
                self._outage.failed(reason_of(error))
            else:
                metrics.NOTIFICATIONS_SENT.inc(len(batch))
                self._outage.succeeded()


def keep_subscribed(
    listen: Callable[[Callable[[], None]], None], on_subscribed: Callable[[], None]
) -> None:
    """Calls LISTEN again and again; never returns.

    LISTEN receives until its connection is lost, and raises then. It calls its argument whenever
    its subscription begins, and ON_SUBSCRIBED is called with it.
    """
    outage = Outage("hearing other servers")

    def subscribed() -> None:
        outage.succeeded()
        on_subscribed()

    while True:
        try:
            listen(subscribed)
        except Exception as error:
            outage.failed(reason_of(error))
        # With jitter, so that not all servers reconnect at once.
        gevent.sleep(_RETRY_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311


def encode(game_id: str, version: int) -> str:
    """Returns the payload of a notification."""
    return f"{game_id} {version}"


def decode(text: str) -> tuple[str, int] | None:
    """Returns the game's id and version from a payload, or None if it is malformed."""
    game_id, _, version = text.partition(" ")
    return (game_id, int(version)) if version.isascii() and version.isdigit() else None
