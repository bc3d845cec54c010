"""Socket.IO over a WebSocket: one namespace, its events, and the answers to the server's pings.

https://socket.io/docs/v4/socket-io-protocol/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from measuring.http_answer import UnexpectedAnswerError
from measuring.web_socket import WebSocket

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor

_PATH = "/socket.io/?EIO=4&transport=websocket"
_OPEN, _PING, _PONG = b"0", b"2", b"3"
_CONNECT, _EVENT = b"40", b"42"


class SocketIo:
    """A client in a namespace, until the reactor closes its connection."""

    is_connected = False

    def __init__(
        self,
        reactor: Reactor,
        url: str,
        namespace: str,
        on_event: Callable[[bytes], None],
        on_connected: Callable[[], None],
    ) -> None:
        """Has ON_EVENT called with every event, the JSON of its name and its arguments in a list.

        Nothing may be emitted before ON_CONNECTED is called.
        """
        name = f"/{namespace},".encode()
        self._connect = _CONNECT + name
        self._event = _EVENT + name
        self._on_event = on_event
        self._on_connected = on_connected
        self._web_socket = WebSocket(reactor, url, _PATH, self._read)

    def emit(self, *event: object) -> None:
        """Sends an event: its name, and its arguments."""
        text = json.dumps(event, separators=(",", ":"))
        self._web_socket.send(self._event + text.encode())

    def _read(self, message: bytes) -> None:
        if message.startswith(self._event):
            self._on_event(message[len(self._event) :])
        elif message == _PING:
            self._web_socket.send(_PONG)
        elif message.startswith(_OPEN):
            self._web_socket.send(self._connect)
        elif message.startswith(self._connect):
            self.is_connected = True
            self._on_connected()
        else:
            raise UnexpectedAnswerError(message.decode())
