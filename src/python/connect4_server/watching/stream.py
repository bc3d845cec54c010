"""A watched game as Server-Sent Events.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import gevent

from connect4_server.converter import to_response
from connect4_server.game_logic import GameState, SeenGame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.watching.hub import Hub, Watch

KEEP_ALIVE_SECONDS = 15.0

_RETRY = b"retry: 1000\n\n"
_KEEP_ALIVE = b": still here\n\n"
# Events without data would not be dispatched.
_END = b"event: end\ndata: {}\n\n"
_COME_BACK_MS = (100, 1000)


class Stream:
    """The events of one watcher, as the body of a response: to be iterated once, and closed."""

    def __init__(self, hub: Hub, watch: Watch, number: int | None, last_id: int | None) -> None:
        """Takes who looks (None is a spectator), and the version that they have already."""
        self._hub = hub
        self._watch = watch
        self._number = number
        self._last_id = last_id

    def __iter__(self) -> Iterator[bytes]:
        topic, sent = self._watch.topic, self._last_id
        unsent = _RETRY
        while True:
            # In this order: a change after the first line ends the wait below at once.
            changed, state = topic.changed, topic.state
            if state is not None and state.version != sent:
                unsent += self._event(state)
                sent = state.version
            if state is not None and not state.active:
                yield from self._send(unsent + _END)
                return
            if self._hub.is_closing:
                yield from self._send(unsent + _come_back())
                return
            if unsent:
                yield from self._send(unsent)
            unsent = b"" if changed.wait(KEEP_ALIVE_SECONDS) else _KEEP_ALIVE

    def close(self) -> None:
        """Ends the watch, be it that the stream has begun or not."""
        self._watch.close()

    def _send(self, events: bytes) -> Iterator[bytes]:
        """Who iterates sends it, and comes back when the kernel has taken all of it."""
        self._watch.sender = gevent.getcurrent()
        yield events
        self._watch.sender = None

    def _event(self, state: GameState) -> bytes:
        data = json.dumps(to_response(SeenGame(state, self._number)), sort_keys=True)
        return f"id: {state.version}\ndata: {data}\n\n".encode()


def _come_back() -> bytes:
    """Not all at once: there may be thousands."""
    retry = random.randint(*_COME_BACK_MS)  # noqa: S311
    return f"retry: {retry}\nevent: reconnect\ndata: {{}}\n\n".encode()
