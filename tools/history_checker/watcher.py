"""Watchers: each follows a game over a stream, in a thread, as a browser's EventSource does."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from history_checker.answers import seen_of, tokens_of
from history_checker.client import outcome_of
from history_checker.events import events
from history_checker.history import Kind, Outcome
from history_checker.stream_check import END

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from history_checker.events import Event
    from history_checker.habits import Habits
    from history_checker.history import History, Operation, Seen

# A server sends something every 15 s.
_SILENCE_SECONDS = 20.0
# Less than the second that a server asks for: a game here lasts a few.
_PAUSE_SECONDS = (0.0, 0.1)
_CHUNK = 64 * 1024


class Watcher:
    """Watches a game until its end or until it leaves; connects again when the stream breaks."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        name: str,
        history: History,
        ports: Sequence[int],
        chance: random.Random,
        habits: Habits,
        game: str,
        seat: Seen | None,
    ) -> None:
        """Takes the servers' ports, and the SEAT of a player; a spectator has none."""
        self.name = name
        self.game = game
        self.version: int | None = None
        self.failure: Exception | None = None
        """What has ended it: a bug of the checker, or an event that is not JSON."""
        self._history = history
        self._ports = ports
        self._chance = chance
        self._habits = habits
        self._seat = seat
        self._is_over = False
        self._left = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name=f"client {name}", daemon=True)

    @property
    def is_watching(self) -> bool:
        return not self.has_ended and not self._left.is_set()

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def leave(self) -> None:
        """It watches no more; its thread ends in a moment."""
        self._left.set()
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        """Waits until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._left.is_set() and not self._is_over:
                self._watch_once()
                self._left.wait(self._chance.uniform(*_PAUSE_SECONDS))
        except Exception as error:
            self.failure = error

    def _watch_once(self) -> None:
        """By one stream, until that breaks or ends."""
        forgets = self._chance.random() < self._habits.forgetfulness
        last_id = None if forgets else self.version
        watch = self._history.begin(
            self.name,
            Kind.WATCH,
            game=self.game,
            player=None if self._seat is None else self._seat.player,
            number=None if self._seat is None else self._seat.number,
            last_id=last_id,
        )
        port = self._chance.choice(self._ports)
        with closing(HTTPConnection("127.0.0.1", port, timeout=self._habits.timeout)) as connection:
            try:
                self._follow(connection, watch)
            except (OSError, HTTPException) as error:
                # A stream that has begun may break whenever it likes.
                if watch.ended is None:
                    self._history.end(watch, Outcome.UNKNOWN, message=repr(error))
            finally:
                self._history.close(watch)

    def _follow(self, connection: HTTPConnection, watch: Operation) -> None:
        headers = {"Accept": "text/event-stream"}
        if watch.player is not None:
            headers["Authorization"] = f"Bearer {watch.player}"
        if watch.last_id is not None:
            headers["Last-Event-ID"] = str(watch.last_id)
        connection.connect()
        self._socket = connection.sock
        if self._left.is_set():
            return
        query = urlencode({"gameId": self.game})
        connection.request("GET", f"/watch_game?{query}", headers=headers)
        with connection.getresponse() as response:
            tokens = tokens_of(str(response.headers))
            if response.status != HTTPStatus.OK:
                content = response.read().decode()
                outcome, tokens = outcome_of(response.status), tokens | tokens_of(content)
                message = json.loads(content)["error"]
                self._history.end(
                    watch, outcome, status=response.status, message=message, tokens=tokens
                )
                self._is_over = outcome is Outcome.FAIL
                return
            self._history.end(watch, Outcome.OK, status=response.status, tokens=tokens)
            self._socket.settimeout(_SILENCE_SECONDS)
            for event in events(_chunks(response)):
                self._note(watch, event)
                self._is_over = self._is_over or event.name == END
                if not self._is_over and self._chance.random() < self._habits.hang_ups:
                    break

    def _note(self, watch: Operation, event: Event) -> None:
        answer = json.loads(event.data)
        version = int(event.id) if event.id else None
        seen = None if event.name else seen_of(answer)
        self._history.event(watch, event.name, version, seen, tokens_of(f"{event.id}{event.data}"))
        if version is not None:
            self.version = version


class Audience:
    """A context manager: within it people watch games."""

    def __init__(self, history: History, ports: Sequence[int], habits: Habits) -> None:
        """Takes for all watchers what Watcher takes."""
        self._history = history
        self._ports = ports
        self._habits = habits
        self._lock = threading.Lock()
        self._watchers: list[Watcher] = []
        self._failures: list[Exception] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Ends when everybody has left."""
        for watcher in self._watchers:
            watcher.leave()
        for watcher in self._watchers:
            watcher.join()

    def watch(self, name: str, chance: random.Random, game: str, seat: Seen | None) -> Watcher:
        """Starts a watcher."""
        watcher = Watcher(name, self._history, self._ports, chance, self._habits, game, seat)
        with self._lock:
            self._forget_ended()
            self._watchers.append(watcher)
            watcher.start()
        return watcher

    def watching(self) -> list[Watcher]:
        """The watchers that have not ended."""
        with self._lock:
            return [watcher for watcher in self._watchers if watcher.is_watching]

    def raise_failure(self) -> None:
        """Raises an error that has ended a watcher."""
        with self._lock:
            self._forget_ended()
        if self._failures:
            raise self._failures[0]

    def _forget_ended(self) -> None:
        ended = {watcher for watcher in self._watchers if watcher.has_ended}
        self._watchers = [watcher for watcher in self._watchers if watcher not in ended]
        self._failures += [each.failure for each in ended if each.failure is not None]


def _chunks(response: HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
