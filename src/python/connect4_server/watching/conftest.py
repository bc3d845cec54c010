"""Somebody who watches a game, for the tests."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest
import requests

from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Json

SECONDS = 30


@dataclass(frozen=True)
class Event:
    """What a stream said, between two empty lines: `retry` alone, or an event."""

    kind: str
    version: int | None
    data: Json
    retry: int | None


class Watcher:
    """Reads a stream in a thread, until it ends or is closed."""

    def __init__(self, url: str, headers: Json | None = None, **query: str) -> None:
        """Returns when the stream has begun."""
        self.events: list[Event] = []
        self.response = requests.get(
            f"{url}/watch_game", params=query, headers=headers, stream=True, timeout=SECONDS
        )
        assert self.response.status_code == 200, self.response.text
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
        return [event.kind for event in self.events if event.kind != "retry"]

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def wait_for(self, version: int, seconds: float = SECONDS) -> Json:
        """The game as it was seen at that version."""
        wait_until(lambda: version in self.versions, seconds)
        return self.states[self.versions.index(version)].data

    def close(self) -> None:
        self.response.close()
        self._thread.join(SECONDS)

    def _read(self) -> None:
        lines: list[str] = []
        try:
            for line in self.response.iter_lines(chunk_size=1, decode_unicode=True):
                if line:
                    lines.append(line)
                elif lines:
                    self.events.append(_event(lines))
                    lines = []
        except (requests.RequestException, AttributeError, ValueError):
            # The server was killed, or this end closed while it read.
            pass


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


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Begins to watch; ends with the test."""
    with ExitStack() as stack:

        def begin(url: str, headers: Json | None = None, **query: str) -> Watcher:
            return stack.enter_context(Watcher(url, headers, **query))

        yield begin
