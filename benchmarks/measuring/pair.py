"""Two players who play one game after the other, each watching what the other does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from measuring.event_stream import EventStream
from measuring.http_connection import HttpConnection, bearer, body, get, post
from measuring.live_games import DRAW, move

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
        self._stream: EventStream | None = None

    @property
    def version(self) -> int:
        """Of the game, as this player has seen it."""
        return 0 if self._stream is None else self._stream.version

    @property
    def is_done(self) -> bool:
        """Whether the game has ended, as far as this player is concerned."""
        return self.connection.is_free and self._stream is not None and self._stream.has_ended

    def watch(self, game_id: str, on_event: Callable[[], None]) -> None:
        request = get(f"/watch_game?gameId={game_id}", self.headers)
        self._stream = EventStream(self._reactor, self._url, request, on_event)


class Pair:
    """Player 1 at the first URL, player 2 at the second; they go on until nobody turns the reactor.

    A move is sent when the player has seen the one before, and has the answer to their own last.
    """

    def __init__(
        self, reactor: Reactor, urls: tuple[str, str], on_move: Callable[[float], None]
    ) -> None:
        """Has ON_MOVE called with how long it took from sending a move to the other's seeing it."""
        self._seats = tuple(_Seat(reactor, url) for url in urls)
        self._on_move = on_move
        self._game_id = ""
        self._began = 0.0
        self._ply = 0
        self._is_under_way = False
        self._create()

    def _create(self) -> None:
        self._seats[0].connection.send(post("/create_game", {}), 201, self._created)

    def _created(self, answer: bytes) -> None:
        game = body(answer)
        self._game_id = game["gameId"]
        self._seats[0].headers = bearer(game["playerId"])
        join = post("/join_game", {"gameId": self._game_id})
        self._seats[1].connection.send(join, 202, self._joined)

    def _joined(self, answer: bytes) -> None:
        self._seats[1].headers = bearer(body(answer)["playerId"])
        self._ply = 0
        self._is_under_way = False
        for seat in self._seats:
            seat.watch(self._game_id, self._go_on)

    def _go_on(self) -> None:
        """Something was seen or answered: what follows from that, if anything."""
        seat = self._seats[self._ply % 2]
        if self._is_under_way and seat.version == _JOINED + self._ply:
            self._is_under_way = False
            self._on_move(time.perf_counter() - self._began)
        if self._ply == len(DRAW):
            if all(seat.is_done for seat in self._seats):
                self._create()
        elif self._may_move(seat):
            self._move(seat)

    def _may_move(self, seat: _Seat) -> bool:
        # At first both have to watch; later the other one has moved, and so has watched.
        watching = self._seats if self._ply == 0 else (seat,)
        return (
            not self._is_under_way
            and seat.connection.is_free
            and all(one.version == _JOINED + self._ply for one in watching)
        )

    def _move(self, seat: _Seat) -> None:
        request = move(self._game_id, self._ply, DRAW[self._ply], seat.headers)
        self._ply += 1
        self._is_under_way = True
        self._began = time.perf_counter()
        seat.connection.send(request, 202, self._answered)

    def _answered(self, _: bytes) -> None:
        self._go_on()
