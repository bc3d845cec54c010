"""A cheap HTTP load: many connections in one thread, each with one request at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from measuring.http_connection import HttpConnection
from measuring.reactor import Reactor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# For an answer; the server itself gives up sooner.
_ANSWER_SECONDS = 30.0


class NoRequestsLeftError(Exception):
    """The supply of requests ended before the load did."""


@dataclass
class Load:
    """What was answered: in how many seconds, and how long each answer took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


class _Client:
    """A connection, and what is asked on it until END."""

    def __init__(
        self, reactor: Reactor, url: str, status: int, requests: Iterator[bytes], load: Load
    ) -> None:
        self._connection = HttpConnection(reactor, url)
        self._status = status
        self._requests = requests
        self._latencies = load.latencies
        self._began = 0.0
        self.end = 0.0

    def ask(self) -> None:
        request = next(self._requests, None)
        if request is None:
            raise NoRequestsLeftError
        self._began = time.perf_counter()
        self._connection.send(request, self._status, self._answered)

    def _answered(self, _: bytes) -> None:
        now = time.perf_counter()
        self._latencies.append(now - self._began)
        if now < self.end:
            self.ask()
        else:
            self._connection.close()


def put_under_load(
    url: str,
    connections: int,
    seconds: float,
    status: int,
    requests: Callable[[], Iterator[bytes]],
) -> Load:
    """Sends requests for so long, each connection the next as soon as the last is answered.

    REQUESTS gives each connection its own. Raises UnexpectedAnswerError for another status than
    STATUS, NoRequestsLeftError, TimeoutError, and ConnectionError.
    """
    load = Load()
    with Reactor() as reactor:
        clients = [_Client(reactor, url, status, requests(), load) for _ in range(connections)]
        began = time.perf_counter()
        for client in clients:
            client.end = began + seconds
            client.ask()
        reactor.run(lambda: reactor.is_idle, seconds + _ANSWER_SECONDS)
        load.seconds = time.perf_counter() - began
    return load
