"""WebSocket on a connection of the reactor's; the library `websockets` speaks it.

https://websockets.readthedocs.io/en/stable/howto/sansio.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from measuring.http_answer import UnexpectedAnswerError
from measuring.http_connection import connect, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor


class WebSocket:
    """A connection that is open until the reactor closes it."""

    def __init__(
        self, reactor: Reactor, url: str, path: str, on_text: Callable[[bytes], None]
    ) -> None:
        """Has ON_TEXT called with every message. Nothing may be sent before the first."""
        self._on_text = on_text
        self._protocol = ClientProtocol(parse_uri(url.replace("http", "ws", 1) + path))
        self._socket = connect(url)
        self._protocol.send_request(self._protocol.connect())
        self._flush()
        reactor.watch(self._socket, self._read)

    def send(self, text: bytes) -> None:
        """Sends a message."""
        self._protocol.send_text(text)
        self._flush()

    def _read(self) -> None:
        """Raises ConnectionError at its end, UnexpectedAnswerError for what is no whole message."""
        self._protocol.receive_data(receive(self._socket))
        self._flush()
        if (failed := self._protocol.handshake_exc) is not None:
            raise UnexpectedAnswerError(str(failed))
        for event in self._protocol.events_received():
            if not isinstance(event, Frame):
                continue  # the answer to the handshake
            if event.opcode is Opcode.CLOSE:
                raise ConnectionError("the server closed the WebSocket")
            if event.opcode is not Opcode.TEXT or not event.fin:
                raise UnexpectedAnswerError(f"a frame of the kind {event.opcode.name}")
            self._on_text(bytes(event.data))

    def _flush(self) -> None:
        self._socket.sendall(b"".join(self._protocol.data_to_send()))
