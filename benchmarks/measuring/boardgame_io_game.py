"""A game on boardgame.io: its lobby's requests over HTTP, and a Socket.IO client for each player.

What is sent is what boardgame.io's own client sends. That one also plays every move itself, before
and after the server has; here nothing is read of a state but how many moves it has.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from measuring.http_answer import UnexpectedAnswerError
from measuring.http_connection import HttpConnection, post
from measuring.live_games import DRAW
from measuring.socket_io import SocketIo

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.reactor import Reactor

_NAME = "connect4"
_MATCHES = f"/games/{_NAME}"
# The first of a state is its own; more may follow, of what led to it.
_STATE = re.compile(rb'"_stateID":(\d+)')
_DRAWN = b'"gameover":{"draw":true}'


class _Seat:
    """A player: a connection to the lobby, and one for the moves of all games."""

    def __init__(
        self, reactor: Reactor, url: str, number: int, on_progress: Callable[[], None]
    ) -> None:
        self._player = str(number)
        self._on_progress = on_progress
        self._match_id = ""
        self._states: tuple[bytes, bytes] = (b"", b"")
        self._credentials = ""
        self.lobby = HttpConnection(reactor, url)
        self.seen = -1
        self.socket = SocketIo(reactor, url, _NAME, self._read, on_progress)

    def join(self, match_id: str, on_joined: Callable[[], None]) -> None:
        self._match_id = match_id
        self._states = (f'["update","{match_id}",'.encode(), f'["sync","{match_id}",'.encode())
        self.seen = -1
        content = {"playerID": self._player, "playerName": f"player {self._player}"}
        self.lobby.send(
            post(f"{_MATCHES}/{match_id}/join", content), 200, partial(self._joined, on_joined)
        )

    def watch(self) -> None:
        self.socket.emit("sync", self._match_id, self._player, self._credentials, 2)

    def move(self, ply: int, column: int) -> None:
        payload = {
            "type": "drop",
            "args": [column],
            "playerID": self._player,
            "credentials": self._credentials,
        }
        action = {"type": "MAKE_MOVE", "payload": payload}
        self.socket.emit("update", action, ply, self._match_id, self._player)

    def _joined(self, on_joined: Callable[[], None], answer: bytes) -> None:
        self._credentials = json.loads(answer)["playerCredentials"]
        on_joined()

    def _read(self, event: bytes) -> None:
        if not event.startswith(self._states):
            return
        if (state := _STATE.search(event)) is None:
            raise UnexpectedAnswerError(event.decode())
        self.seen = int(state[1])
        if self.seen == len(DRAW) and _DRAWN not in event:
            raise UnexpectedAnswerError(event.decode())
        self._on_progress()


class BoardgameIoGame:
    """A `measuring.pair.Game`, of one server."""

    def __init__(self, reactor: Reactor, url: str, on_progress: Callable[[], None]) -> None:
        self._on_progress = on_progress
        self._is_wanted = False
        self._seats = tuple(_Seat(reactor, url, number, self._go_on) for number in (0, 1))
        self._match_id = ""

    def start(self) -> None:
        self._is_wanted = True
        self._go_on()

    def seen(self, seat: int) -> int:
        return self._seats[seat].seen

    def may_move(self, seat: int) -> bool:
        # What was sent over a WebSocket has no answer of its own.
        return self._seats[seat].socket.is_connected

    def has_ended(self) -> bool:
        return all(seat.seen == len(DRAW) for seat in self._seats)

    def move(self, seat: int, ply: int, column: int) -> None:
        self._seats[seat].move(ply, column)

    def _go_on(self) -> None:
        if not self._is_wanted:
            self._on_progress()
        elif all(seat.socket.is_connected for seat in self._seats):
            self._is_wanted = False
            create = post(f"{_MATCHES}/create", {"numPlayers": 2})
            self._seats[0].lobby.send(create, 200, self._created)

    def _created(self, answer: bytes) -> None:
        self._match_id = json.loads(answer)["matchID"]
        self._seats[0].join(self._match_id, self._first_joined)

    def _first_joined(self) -> None:
        self._seats[1].join(self._match_id, self._both_joined)

    def _both_joined(self) -> None:
        for seat in self._seats:
            seat.watch()
