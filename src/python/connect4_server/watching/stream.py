"""A watched game as Server-Sent Events, in the format `text/event-stream`.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from connect4_server.game_state import GameState, SeenGame
from connect4_server.representation import json_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.watching.hub import Hub, Subscription

KEEP_ALIVE_SECONDS = 15.0

_RETRY = b"retry: 1000\n\n"
_KEEP_ALIVE = b": still here\n\n"
# An event without data is not dispatched.
_END = b"event: end\ndata: {}\n\n"
_RECONNECT_MS = (100, 1000)


class Stream:
    """The body of one watcher's response, to be iterated once and then closed (WSGI)."""

    def __init__(
        self, hub: Hub, subscription: Subscription, number: int | None, last_id: int | None
    ) -> None:
        """NUMBER is the player (None for a spectator), LAST_ID the version that they have."""
        self._hub = hub
        self._subscription = subscription
        self._number = number
        self._last_id = last_id

    def __iter__(self) -> Iterator[bytes]:
        """Yields whole events and comments, until the game or the server ends."""
        topic, sent = self._subscription.topic, self._last_id
        unsent = _RETRY
        while True:
            # In this order: a change after this line ends the wait below at once.
            changed, state = topic.changed, topic.state
            if state is not None and state.version != sent:
                unsent += self._event(state)
                sent = state.version
            if state is not None and not state.active:
                yield unsent + _END
                return
            if self._hub.is_closing:
                yield unsent + _reconnect_event()
                return
            if unsent:
                yield unsent
            unsent = b"" if changed.wait(KEEP_ALIVE_SECONDS) else _KEEP_ALIVE

    def close(self) -> None:
        """Ends the subscription, whether iteration has begun or not."""
        self._subscription.close()

    def _event(self, state: GameState) -> bytes:
        data = json_of(SeenGame(state, self._number))
        return b"id: %d\ndata: %b\n\n" % (state.version, data)


def _reconnect_event() -> bytes:
    """Returns the event with a random delay, so that not all watchers reconnect at once."""
    retry = random.randint(*_RECONNECT_MS)  # noqa: S311
    return f"retry: {retry}\nevent: reconnect\ndata: {{}}\n\n".encode()
