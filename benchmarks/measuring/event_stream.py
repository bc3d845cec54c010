"""Somebody who watches a game: Server-Sent Events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measuring.http_answer import HttpAnswer
from measuring.http_connection import connect, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor

_ID = b"id: "
_END = b"event: end"


class EventStream:
    """A stream, until its event `end`; then it closes by itself."""

    version = 0
    """The id of the newest event."""
    has_ended = False

    def __init__(
        self, reactor: Reactor, url: str, request: bytes, on_event: Callable[[], None]
    ) -> None:
        """Has ON_EVENT called after every event."""
        self._reactor = reactor
        self._on_event = on_event
        self._answer = HttpAnswer(200)
        self._text = b""
        self._socket = connect(url)
        self._socket.sendall(request)
        reactor.watch(self._socket, self._read)

    def _read(self) -> None:
        self._answer.feed(receive(self._socket))
        self._text += self._answer.take_body()
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            self._dispatch(event)

    def _dispatch(self, event: bytes) -> None:
        for line in event.split(b"\n"):
            if line.startswith(_ID):
                self.version = int(line[len(_ID) :])
                self._on_event()
            elif line == _END:
                self._reactor.close(self._socket)
                self.has_ended = True
                self._on_event()
