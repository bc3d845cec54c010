"""A game on this project's servers: requests over HTTP, and a stream of events for each player."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from measuring.event_stream import EventStream
from measuring.http_connection import HttpConnection, bearer, get, post
from measuring.live_games import move

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor

# A game's version when the second player has joined; every move adds one.
_JOINED = 2


class _Seat:
    """A player: a connection to move on, and a stream of the game."""

    def __init__(self, reactor: Reactor, url: str) -> None:
        self._reactor = reactor
        self._url = url
        self.connection = HttpConnection(reactor, url)
        self.headers = ""
        self.stream: EventStream | None = None

    @property
    def is_done(self) -> bool:
        """Whether the game has ended, as far as this player is concerned."""
        return self.connection.is_free and self.stream is not None and self.stream.has_ended

    def watch(self, game_id: str, on_event: Callable[[], None]) -> None:
        request = get(f"/watch_game?gameId={game_id}", self.headers)
        self.stream = EventStream(self._reactor, self._url, request, on_event)


class HttpGame:
    """A `measuring.pair.Game`: player 1 at the first URL, player 2 at the second."""

    def __init__(
        self, reactor: Reactor, urls: tuple[str, str], on_progress: Callable[[], None]
    ) -> None:
        self._seats = tuple(_Seat(reactor, url) for url in urls)
        self._on_progress = on_progress
        self._game_id = ""

    def start(self) -> None:
        for seat in self._seats:
            seat.stream = None
        self._seats[0].connection.send(post("/create_game", {}), 201, self._created)

    def seen(self, seat: int) -> int:
        stream = self._seats[seat].stream
        return -1 if stream is None else max(stream.version - _JOINED, -1)

    def may_move(self, seat: int) -> bool:
        return self._seats[seat].connection.is_free

    def has_ended(self) -> bool:
        return all(seat.is_done for seat in self._seats)

    def move(self, seat: int, ply: int, column: int) -> None:
        request = move(self._game_id, ply, column, self._seats[seat].headers)
        self._seats[seat].connection.send(request, 202, lambda _: self._on_progress())

    def _created(self, answer: bytes) -> None:
        game = json.loads(answer)
        self._game_id = game["gameId"]
        self._seats[0].headers = bearer(game["playerId"])
        join = post("/join_game", {"gameId": self._game_id})
        self._seats[1].connection.send(join, 202, self._joined)

    def _joined(self, answer: bytes) -> None:
        self._seats[1].headers = bearer(json.loads(answer)["playerId"])
        for seat in self._seats:
            seat.watch(self._game_id, self._on_progress)
