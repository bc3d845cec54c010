"""HTTP/1.1 as far as a load needs it: a request at a time on a connection that is kept."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from measuring.reactor import Reactor

_BYTES = 65536
_LENGTH = b"\r\ncontent-length:"


class UnexpectedAnswerError(Exception):
    """The server did not answer with the status that the load is about."""


def get(path: str, headers: str = "") -> bytes:
    """A request; HEADERS are whole lines, each with its end."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()


def post(path: str, body: Mapping[str, object], headers: str = "") -> bytes:
    """A request with a body in JSON; HEADERS are whole lines, each with its end."""
    content = json.dumps(body)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n{headers}\r\n{content}"
    ).encode()


def bearer(secret: str) -> str:
    """The header that proves who asks."""
    return f"Authorization: Bearer {secret}\r\n"


def connect(url: str) -> socket.socket:
    """A connection to the server there, on which small requests leave at once."""
    address = urlsplit(url)
    connected = socket.create_connection((address.hostname, address.port))
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def receive(connection: socket.socket) -> bytes:
    """What has arrived. Raises ConnectionError at its end."""
    received = connection.recv(_BYTES)
    if not received:
        raise ConnectionError("the server closed the connection")
    return received


class HttpConnection:
    """A connection for requests of one kind, whose answers all have the same status."""

    def __init__(
        self, reactor: Reactor, url: str, status: int, on_answer: Callable[[bytes], None]
    ) -> None:
        """Has ON_ANSWER called with every answer, head and body, when it is whole."""
        self._reactor = reactor
        self._expected = b"HTTP/1.1 %d " % status
        self._on_answer = on_answer
        self._answer = b""
        self._socket = connect(url)
        reactor.watch(self._socket, self._read)

    def send(self, request: bytes) -> None:
        """Sends the next request; the last has been answered."""
        self._socket.sendall(request)

    def close(self) -> None:
        self._reactor.close(self._socket)

    def _read(self) -> None:
        answer = self._answer + receive(self._socket)
        if not _is_whole(answer):
            self._answer = answer
            return
        if not answer.startswith(self._expected):
            raise UnexpectedAnswerError(answer.decode())
        self._answer = b""
        self._on_answer(answer)


def _is_whole(answer: bytes) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = answer[:end].lower() + b"\r\n"
    start = head.index(_LENGTH) + len(_LENGTH)
    return len(answer) >= end + 4 + int(head[start : head.index(b"\r", start)])
