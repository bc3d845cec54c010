"""A client that watches a game, for the tests."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode, urlsplit

import pytest

from connect4_server.conftest import Api
from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Json
    from server_process import ServerProcess

SECONDS = 120


@dataclass(frozen=True)
class Event:
    """A block of a stream, up to an empty line: `retry` alone, or an event."""

    kind: str
    version: int | None
    data: Json
    retry: int | None


class Watcher:
    """Reads a stream in a thread, until it ends or is closed."""

    def __init__(self, url: str, headers: Json | None = None, **query: str) -> None:
        """Returns when the stream has begun."""
        self.events: list[Event] = []
        connection = HTTPConnection(urlsplit(url).netloc, timeout=SECONDS)
        connection.request("GET", f"/watch_game?{urlencode(query)}", headers=headers or {})
        self._socket = connection.sock
        self.response = connection.getresponse()
        assert self.response.status == 200
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def states(self) -> list[Event]:
        return [event for event in self.events if event.kind == "message"]

    @property
    def versions(self) -> list[int | None]:
        return [event.version for event in self.states]

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events if event.kind not in {"retry", "presence"}]

    @property
    def presence(self) -> Json:
        """Who is there, as the stream has told last; empty before."""
        return next((e.data for e in reversed(self.events) if e.kind == "presence"), {})

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def wait_for(self, version: int) -> Json:
        """The game as it was seen at that version."""
        wait_until(lambda: version in self.versions)
        return self.states[self.versions.index(version)].data

    def wait_for_presence(self, presence: Json) -> None:
        wait_until(lambda: self.presence == presence)

    def wait_for_end(self) -> None:
        self._thread.join(SECONDS)
        assert self.has_ended

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self.wait_for_end()
        self._socket.close()

    def _read(self) -> None:
        lines: list[str] = []
        # What a killed server, or the end of the test, causes.
        with suppress(OSError, HTTPException):
            while line := self.response.readline().decode():
                if line != "\n":
                    lines.append(line.rstrip("\n"))
                elif lines:
                    self.events.append(_event(lines))
                    lines = []


def _event(lines: list[str]) -> Event:
    fields: dict[str, Any] = dict(line.split(": ", 1) for line in lines)
    return Event(
        kind=fields.get("event", "message" if "data" in fields else "retry"),
        version=int(fields["id"]) if "id" in fields else None,
        data=json.loads(fields.get("data", "{}")),
        retry=int(fields["retry"]) if "retry" in fields else None,
    )


class Watch(Protocol):
    def __call__(self, url: str, headers: Json | None = None, **query: str) -> Watcher: ...


def assert_players_see_each_other(
    servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    """Plays on two servers, with a watcher on each: both see each move, in order."""
    one, other = (Api(server.url) for server in servers)
    first = one.create()
    watchers = [watch(api.url, gameId=first["gameId"]) for api in (one, other)]
    for watcher in watchers:
        watcher.wait_for(1)
    second = other.join(first["gameId"])
    for move in range(6):
        for watcher in watchers:
            watcher.wait_for(2 + move)
        (one, other)[move % 2].move((first, second)[move % 2], move)
    for watcher in watchers:
        assert watcher.wait_for(8)["moves"] == [0, 1, 2, 3, 4, 5]
        assert watcher.versions == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Opens streams, which are closed at the end of the test."""
    with ExitStack() as stack:

        def begin(url: str, headers: Json | None = None, **query: str) -> Watcher:
            return stack.enter_context(Watcher(url, headers, **query))

        yield begin
