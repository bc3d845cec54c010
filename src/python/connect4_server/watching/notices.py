"""How processes that share a database tell each other which games have changed."""

from __future__ import annotations

import math
import random
import time
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import gevent
from gevent.event import Event

from connect4_server.engine import reason_of
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_AT_ONCE = 500
_AGAIN_SECONDS = 0.5
_PAUSE_SECONDS = 0.005


class Notices(Protocol):
    """Hints that a game has reached a version: some get lost, and the row alone is the truth."""

    def say(self, game_id: str, version: int) -> None:
        """Tells the other processes, soon; neither waits nor raises."""

    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        """Hears the other processes from now on, by a greenlet of its own; to be called once.

        ON_LISTENING is called as often as that begins: what was said before has been missed.
        """


class Outbox:
    """What is still to be said, sent in batches by one greenlet.

    While a batch is under way, and for a moment after it, the next one gathers: each costs the
    database as much as a move. Of a game only the newest version is said, so that there is never
    more in it than games.
    """

    def __init__(self, send: Callable[[Mapping[str, int]], None]) -> None:
        """SEND may wait; where it raises, its batch is given up."""
        self._send = send
        self._outage = Outage("telling other servers of moves")
        self._pending: dict[str, int] = {}
        self._filled = Event()
        self._sender: gevent.Greenlet[[], None] | None = None

    def put(self, game_id: str, version: int) -> None:
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
            batch = dict(islice(self._pending.items(), _MOST_AT_ONCE))
            for game_id in batch:
                del self._pending[game_id]
            if not self._pending:
                self._filled.clear()
            try:
                self._send(batch)
            except Exception as error:
                # Who watches these games elsewhere sees them with the next round of reading.
                self._outage.failed(reason_of(error))
            else:
                self._outage.succeeded()


def keep_listening(
    listen: Callable[[Callable[[], None]], None], on_listening: Callable[[], None]
) -> None:
    """Calls LISTEN again and again: it returns never, and raises when its connection is lost.

    It is given what to call as often as it begins to hear.
    """
    outage = Outage("hearing other servers")

    def begun() -> None:
        outage.succeeded()
        on_listening()

    while True:
        try:
            listen(begun)
        except Exception as error:
            outage.failed(reason_of(error))
        # Not all servers at once.
        gevent.sleep(_AGAIN_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311


def text_of(game_id: str, version: int) -> str:
    return f"{game_id} {version}"


def parsed(text: str) -> tuple[str, int] | None:
    """The game and the version that TEXT tells of, or None if it is not of our making."""
    game_id, _, version = text.partition(" ")
    return (game_id, int(version)) if version.isascii() and version.isdigit() else None
