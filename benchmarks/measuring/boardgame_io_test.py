"""What is served by boardgame.io is the same game."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import requests

from measuring.reactor import Reactor
from measuring.socket_io import SocketIo
from players.scripts import SCRIPTS
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from players.scripts import Script

_SECONDS = 120


class Match:
    """A new match, of which one client makes the moves of both players."""

    def __init__(self, reactor: Reactor, url: str) -> None:
        matches = f"{url}/games/connect4"
        self._match_id = self._ask(f"{matches}/create", {"numPlayers": 2})["matchID"]
        self._credentials = [
            self._ask(
                f"{matches}/{self._match_id}/join", {"playerID": player, "playerName": player}
            )["playerCredentials"]
            for player in "01"
        ]
        self._reactor = reactor
        self._state: dict[str, Any] | None = None
        self._socket = SocketIo(reactor, url, "connect4", self._read, lambda: None)
        reactor.run(lambda: self._socket.is_connected, _SECONDS)
        self._socket.emit("sync", self._match_id, "0", self._credentials[0], 2)
        self._await_state()

    @staticmethod
    def _ask(url: str, content: dict[str, object]) -> dict[str, Any]:
        answer = requests.post(url, json=content, timeout=_SECONDS)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def _read(self, event: bytes) -> None:
        name, _, *arguments = json.loads(event)
        if name in {"sync", "update"}:
            self._state = arguments[0]["state"] if name == "sync" else arguments[0]

    def _await_state(self) -> dict[str, Any]:
        self._reactor.run(lambda: self._state is not None, _SECONDS)
        assert self._state is not None
        state, self._state = self._state, None
        return state

    def drop(self, ply: int, column: int) -> dict[str, Any]:
        """Makes a move and returns the state after it."""
        player = ply % 2
        payload = {
            "type": "drop",
            "args": [column],
            "playerID": str(player),
            "credentials": self._credentials[player],
        }
        action = {"type": "MAKE_MOVE", "payload": payload}
        self._socket.emit("update", action, ply, self._match_id, str(player))
        return self._await_state()

    def play(self, columns: Sequence[int]) -> list[dict[str, Any]]:
        """The states after each move."""
        return [self.drop(ply, column) for ply, column in enumerate(columns)]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ServerProcess({"DATABASE_URL": ""}, "measuring.boardgame_io") as server:
        yield server.url


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_game_ends_with_the_move_that_ends_it_here(script: Script, url: str) -> None:
    with Reactor() as reactor:
        states = Match(reactor, url).play(script.columns)
    assert [state["_stateID"] for state in states] == [*range(1, len(script.columns) + 1)]
    outcome = {"draw": True} if script.winner is None else {"winner": str(script.winner - 1)}
    *before, last = (state["ctx"].get("gameover") for state in states)
    assert not any(before)
    assert last == outcome


@pytest.mark.parametrize("column", [0, 7, -1, 1.5, "1"])
def test_a_full_column_and_what_is_none_are_refused(column: int, url: str) -> None:
    with Reactor() as reactor:
        match = Match(reactor, url)
        match.play([0] * 6)
        assert match.drop(6, column)["_stateID"] == 6
        assert match.drop(6, 1)["_stateID"] == 7
