"""A watched game as Server-Sent Events, in the format `text/event-stream`.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from connect4_server.representation import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.game_state import GameState
    from connect4_server.watching.hub import Subscription

KEEP_ALIVE_SECONDS = 15.0
_STAY_SECONDS = 3600.0

_RETRY = b"retry: 1000\n\n"
_KEEP_ALIVE_COMMENT = b": still here\n\n"
# An event without data is not dispatched.
_KEEP_ALIVE_EVENT = b"event: keepalive\ndata: {}\n\n"
_END = b"event: end\ndata: {}\n\n"
_RECONNECT_MS = (100, 1000)


class Stream:
    """The body of one watcher's response, to be iterated once and then closed (WSGI)."""

    def __init__(
        self,
        subscription: Subscription,
        player_id: str | None,
        last_id: int | None,
        *,
        stays: bool = False,
        keepalive: float | None = None,
    ) -> None:
        """PLAYER_ID is the player (None for a spectator), LAST_ID the version that they have.

        With STAYS it goes on after the end of the game, until the next one is known, or for an
        hour. KEEPALIVE is after how many seconds without an event a client that asked for it gets
        an event to know that the connection is alive; the others get a comment.
        """
        self._subscription = subscription
        self._player_id = player_id
        self._last_id = last_id
        self._stays = stays
        self._keepalive = keepalive
        self._stays_until: float | None = None

    def __iter__(self) -> Iterator[bytes]:
        """Yields whole events and comments, until the game or the server ends."""
        topic, sent = self._subscription.topic, self._last_id
        shown = None
        unsent = _RETRY
        if self._keepalive is None:
            seconds, keepalive = KEEP_ALIVE_SECONDS, _KEEP_ALIVE_COMMENT
        else:
            seconds, keepalive = self._keepalive, _KEEP_ALIVE_EVENT
            # So that the client knows at once that there will be others.
            unsent += keepalive
        while True:
            # In this order: a change after this line ends the wait below at once.
            changed, state = topic.changed, topic.state
            if state is not None and state.version != sent:
                unsent += self._event(state)
                sent = state.version
            if state is not None and self._has_ended(state):
                yield unsent + _END
                return
            if self._subscription.is_closing:
                yield unsent + _reconnect_event()
                return
            if topic.presence is not None and topic.presence is not shown:
                shown = topic.presence
                unsent += shown.event()
            if unsent:
                yield unsent
            unsent = b"" if changed.wait(seconds) else keepalive

    def close(self) -> None:
        """Ends the subscription, whether iteration has begun or not."""
        self._subscription.close()

    def _has_ended(self, state: GameState) -> bool:
        if state.active:
            return False
        if not self._stays or state.next_game_id_for_all is not None:
            return True
        if self._stays_until is None:
            self._stays_until = time.monotonic() + _STAY_SECONDS
        return time.monotonic() >= self._stays_until

    def _event(self, state: GameState) -> bytes:
        # By the secret, since a join may change the player's number.
        data = json_of(state.seen_by(self._player_id))
        return b"id: %d\ndata: %b\n\n" % (state.version, data)


def _reconnect_event() -> bytes:
    """Returns the event with a random delay, so that not all watchers reconnect at once."""
    retry = random.randint(*_RECONNECT_MS)  # noqa: S311
    return f"retry: {retry}\nevent: reconnect\ndata: {{}}\n\n".encode()
