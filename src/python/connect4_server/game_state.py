"""A game as it is stored, and as a player or a spectator sees it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connect4_server.refusals import PlayerNotFoundError
from connect4_server.tokens import is_token

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class GameState:
    """A row of `game` with its seats.

    `active_player` and `winner` are 1 or 2, a `winner` of None is none. `board` is text of
    `board_codec`, `moves` of `moves_codec`. `created` is aware of its time zone. `seats` are the
    secrets of players 1 and 2; None is an empty seat.
    """

    game_id: str
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    created: datetime
    seats: tuple[str | None, str | None]

    @property
    def player_count(self) -> int:
        """The number of players: 1 or 2."""
        return 2 - self.seats.count(None)

    @property
    def ply(self) -> int:
        """The number of moves played: 0 to 42."""
        return len(self.moves)

    @property
    def version(self) -> int:
        """The version number, 1 to 44: it rises by one with the join and with every move."""
        return self.player_count + self.ply

    def seen_by(self, player_id: str) -> SeenGame:
        """Returns the game as this player sees it. Raises PlayerNotFoundError."""
        if is_token(player_id):
            for number, seat in enumerate(self.seats, 1):
                if seat is not None and secrets.compare_digest(seat, player_id):
                    return SeenGame(self, number)
        raise PlayerNotFoundError


@dataclass(frozen=True, slots=True)
class SeenGame:
    """A game, and the `number` of the player who sees it: 1, 2, or None for a spectator."""

    state: GameState
    number: int | None

    @property
    def player_id(self) -> str | None:
        """The secret of that player; None for a spectator."""
        return None if self.number is None else self.state.seats[self.number - 1]
