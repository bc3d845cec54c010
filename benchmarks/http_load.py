"""A cheap HTTP load: many connections in one thread, each with one request at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import gevent
from gevent import socket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BYTES = 65536


class UnexpectedAnswerError(Exception):
    """The server did not answer with the status that the load is about."""


@dataclass
class Load:
    """What was answered: how many, in how many seconds, and how long each answer took."""

    answers: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


class Connection:
    """A connection that is kept, for one request after another."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._host = f"{address.hostname}:{address.port}"
        self._socket = socket.create_connection((address.hostname, address.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """The status and the body of the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n"
        if method == "POST":
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._receive()
        headers, _, content = answer.partition(b"\r\n\r\n")
        length = int(headers.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(content) < length:
            content += self._receive()
        return int(headers[9:12]), content

    def _receive(self) -> bytes:
        received: bytes = self._socket.recv(_BYTES)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received

    def close(self) -> None:
        self._socket.close()


Request = tuple[str, str, bytes]


def put_under_load(
    url: str,
    connections: int,
    seconds: float,
    status: int,
    requests: Callable[[], Iterator[Request]],
) -> Load:
    """Sends requests for so long, each connection the next as soon as the last is answered.

    REQUESTS gives each connection its own. Raises UnexpectedAnswerError for another status than
    STATUS.
    """
    load = Load()
    end = time.perf_counter() + seconds

    def work() -> None:
        connection = Connection(url)
        for request in requests():
            began = time.perf_counter()
            if began > end:
                break
            answered, body = connection.ask(*request)
            if answered != status:
                raise UnexpectedAnswerError(f"{request}: {answered} {body.decode()}")
            load.latencies.append(time.perf_counter() - began)
        else:
            raise UnexpectedAnswerError("there are no requests left to make")
        connection.close()

    began = time.perf_counter()
    gevent.joinall([gevent.spawn(work) for _ in range(connections)], raise_error=True)
    load.seconds = time.perf_counter() - began
    load.answers = len(load.latencies)
    return load
