"""Somebody who plays over HTTP, as the clients in the field do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import requests

Json = dict[str, Any]

_SECONDS = 120


class RefusedError(Exception):
    """The server refused a request: its status, and the message in its JSON."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Player:
    """A seat in a game; every method returns the game as this player sees it."""

    base_url: str
    game_id: str
    player_id: str
    number: int

    @classmethod
    def creating(cls, base_url: str) -> Self:
        """The first player of a new game."""
        return cls._seated(base_url, request("POST", f"{base_url}/create_game", 201))

    @classmethod
    def joining(cls, base_url: str, game_id: str) -> Self:
        """The second player of somebody's game. Raises RefusedError."""
        joined = request("POST", f"{base_url}/join_game", 202, json={"gameId": game_id})
        return cls._seated(base_url, joined)

    def look(self) -> Json:
        """Asks how the game stands. Raises RefusedError."""
        ids = {"gameId": self.game_id, "playerId": self.player_id}
        return request("GET", f"{self.base_url}/get_game", 200, params=ids)

    def drop(self, column: int) -> Json:
        """Drops a disc into a column, 0 to 6 from the left. Raises RefusedError."""
        move = {"gameId": self.game_id, "playerId": self.player_id, "column": column}
        return request("POST", f"{self.base_url}/make_move", 202, json=move)

    @classmethod
    def _seated(cls, base_url: str, game: Json) -> Self:
        return cls(base_url, game["gameId"], game["playerId"], game["playerNumber"])


def request(method: str, url: str, expected_status: int, **arguments: Any) -> Json:
    """The JSON of the answer, whose status is the expected one. Raises RefusedError for 4xx."""
    answer = requests.request(method, url, timeout=_SECONDS, **arguments)
    if 400 <= answer.status_code < 500:
        raise RefusedError(answer.status_code, answer.json()["error"])
    assert answer.status_code == expected_status, f"{answer.status_code}: {answer.text}"
    game: Json = answer.json()
    return game
