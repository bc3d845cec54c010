"""WebSocket as far as a load needs it: whole text messages, on a connection to this machine."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from measuring.http_connection import UnexpectedAnswerError, connect, get, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor

_TEXT, _CLOSE = 1, 8
_WHOLE, _MASKED = 0x80, 0x80
# What a client sends has to be masked; with zeros it stays as it is, and costs nothing.
_MASK = bytes(4)
# A length that is greater stands in so many bytes of its own.
_SHORT, _TWO_BYTES, _EIGHT_BYTES = 125, 126, 127


class WebSocket:
    """A connection that is open until the reactor closes it."""

    def __init__(
        self, reactor: Reactor, url: str, path: str, on_text: Callable[[bytes], None]
    ) -> None:
        """Has ON_TEXT called with every message. Nothing may be sent before the first."""
        self._on_text = on_text
        self._raw = b""
        self._is_open = False
        self._socket = connect(url)
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = (
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n"
        )
        self._socket.sendall(get(path, upgrade))
        reactor.watch(self._socket, self._read)

    def send(self, text: bytes) -> None:
        """Sends a message of less than 64 KiB."""
        length = len(text)
        if length <= _SHORT:
            head = bytes((_WHOLE | _TEXT, _MASKED | length))
        else:
            head = bytes((_WHOLE | _TEXT, _MASKED | _TWO_BYTES)) + length.to_bytes(2, "big")
        self._socket.sendall(head + _MASK + text)

    def _read(self) -> None:
        self._raw += receive(self._socket)
        if not self._is_open:
            head, end, rest = self._raw.partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 101 "):
                raise UnexpectedAnswerError(self._raw.decode())
            self._is_open = True
            self._raw = rest
        while (text := self._message()) is not None:
            self._on_text(text)

    def _message(self) -> bytes | None:
        """The next one that is whole. Raises ConnectionError, UnexpectedAnswerError."""
        raw = self._raw
        start = 2
        if len(raw) < start:
            return None
        length = raw[1]
        if length > _SHORT:
            start += 8 if length == _EIGHT_BYTES else 2
            if len(raw) < start:
                return None
            length = int.from_bytes(raw[2:start], "big")
        end = start + length
        if len(raw) < end:
            return None
        if raw[0] == _WHOLE | _CLOSE:
            raise ConnectionError("the server closed the WebSocket")
        if raw[0] != _WHOLE | _TEXT:
            raise UnexpectedAnswerError(f"a frame that begins with {raw[0]:#x}")
        self._raw = raw[end:]
        return raw[start:end]
