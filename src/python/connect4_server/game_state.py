"""A game as the database has it, and as one of its players or a spectator sees it."""

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
    """A row of `game` with its seats; `board` and `moves` are what their codecs encode.

    `seats` are the players' secrets, player 1's first; None is an empty seat.
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
        return 2 - self.seats.count(None)

    @property
    def ply(self) -> int:
        """How many moves have been played: 0 to 42."""
        return len(self.moves)

    @property
    def version(self) -> int:
        """Rises by one with everything that happens to a game: who joins, and every move."""
        return self.player_count + self.ply

    def seen_by(self, player_id: str) -> SeenGame:
        """The game as that player sees it. Raises PlayerNotFoundError."""
        if is_token(player_id):
            for number, seat in enumerate(self.seats, 1):
                if seat is not None and secrets.compare_digest(seat, player_id):
                    return SeenGame(self, number)
        raise PlayerNotFoundError


@dataclass(frozen=True, slots=True)
class SeenGame:
    """A game and who looks at it: player 1 or 2, or None for a spectator."""

    state: GameState
    number: int | None

    @property
    def player_id(self) -> str | None:
        """The secret of who looks, which is theirs to see."""
        return None if self.number is None else self.state.seats[self.number - 1]
