"""Somebody who watches a game: Server-Sent Events, in a response of chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measuring.http_connection import UnexpectedAnswerError, connect, receive

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
        self._raw = b""
        self._text = b""
        self._has_begun = False
        self._socket = connect(url)
        self._socket.sendall(request)
        reactor.watch(self._socket, self._read)

    def _read(self) -> None:
        self._raw += receive(self._socket)
        if not self._has_begun:
            head, end, rest = self._raw.partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 200 "):
                raise UnexpectedAnswerError(self._raw.decode())
            self._has_begun = True
            self._raw = rest
        self._text += self._chunks()
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            self._dispatch(event)

    def _chunks(self) -> bytes:
        """What is in the chunks that are whole; the rest stays."""
        whole = b""
        while True:
            size, end, rest = self._raw.partition(b"\r\n")
            if not end or len(rest) < (length := int(size, 16)) + 2:
                return whole
            whole += rest[:length]
            self._raw = rest[length + 2 :]

    def _dispatch(self, event: bytes) -> None:
        for line in event.split(b"\n"):
            if line.startswith(_ID):
                self.version = int(line[len(_ID) :])
                self._on_event()
            elif line == _END:
                self._reactor.close(self._socket)
                self.has_ended = True
                self._on_event()
