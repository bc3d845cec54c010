"""HTTP/1.1 as far as a load needs it: a request at a time on a connection that is kept."""

from __future__ import annotations

import json
import socket
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from measuring.http_answer import HttpAnswer, UnexpectedAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from measuring.reactor import Reactor

_BYTES = 65536


def get(path: str, headers: str = "") -> bytes:
    """A request; HEADERS are whole lines, each with its end."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode()


def post(path: str, content: Mapping[str, object], headers: str = "") -> bytes:
    """A request with a body in JSON; HEADERS are whole lines, each with its end."""
    text = json.dumps(content)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(text)}\r\n{headers}\r\n{text}"
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
    """A connection that is kept for one request after another, while the server keeps it."""

    def __init__(self, reactor: Reactor, url: str) -> None:
        self._reactor = reactor
        self._url = url
        self._request = b""
        self._answer: HttpAnswer | None = None
        self._on_answer: Callable[[bytes], None] | None = None
        self._socket: socket.socket | None = None
        self._is_used = False
        self._connect()

    @property
    def is_free(self) -> bool:
        """Whether what was sent has been answered."""
        return self._on_answer is None

    def send(self, request: bytes, status: int, on_answer: Callable[[bytes], None]) -> None:
        """Sends a request when the last has been answered.

        Has ON_ANSWER called with the body of the answer, if that has this STATUS.
        """
        self._request = request
        self._answer = HttpAnswer(status)
        self._on_answer = on_answer
        (self._socket or self._connect()).sendall(request)

    def close(self) -> None:
        if self._socket is not None:
            self._reactor.close(self._socket)
            self._socket = None

    def _connect(self) -> socket.socket:
        self._socket = connected = connect(self._url)
        self._reactor.watch(connected, partial(self._read, connected))
        self._is_used = False
        return connected

    def _read(self, connection: socket.socket) -> None:
        try:
            received = receive(connection)
        except ConnectionError:
            self._closed_by_server()
            return
        answer, on_answer = self._answer, self._on_answer
        if answer is None or on_answer is None:
            raise UnexpectedAnswerError(received.decode())
        answer.feed(received)
        if answer.is_whole:
            self._answer = self._on_answer = None
            self._is_used = True
            on_answer(answer.take_body())

    def _closed_by_server(self) -> None:
        """It does so with a connection that rests; a request that crosses with that is sent again.

        Raises ConnectionError where it was not at rest.
        """
        if not self._is_used or (self._answer is not None and self._answer.has_begun):
            raise ConnectionError("the server closed the connection")
        self.close()
        if not self.is_free:
            self._connect().sendall(self._request)
