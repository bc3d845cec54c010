"""What a game is to its players, and whether a move is allowed: no I/O."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connect4_models import board_codec, moves_codec
from connect4_models.rules import ColumnFullError
from connect4_server.exceptions import (
    ColumnIsFullError,
    GameIsOverError,
    GameNotStartedError,
    NotYourTurnError,
    OtherStateError,
    PlayerNotFoundError,
)
from connect4_server.tokens import is_token

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class GameState:
    """A game as the database has it; `board` and `moves` are what their codecs encode.

    `seats` are the players' secrets, player 1's first; None is an empty seat.
    """

    game_id: str
    seats: tuple[str | None, str | None]
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    created: datetime

    @property
    def player_count(self) -> int:
        return 2 - self.seats.count(None)

    @property
    def version(self) -> int:
        """Rises with everything that happens to a game: who joins, and every move."""
        return self.player_count + len(self.moves)

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


def after_move(seen: SeenGame, column: int, move: int | None = None) -> GameState:
    """The game after its player's disc in COLUMN (0 to 6).

    MOVE is how many moves the player knows of. If that player's next was this column, it has been
    played already, and the game comes back as it is. Raises, in this order, GameNotStartedError,
    OtherStateError, and, as the contract has them, NotYourTurnError, GameIsOverError and
    ColumnIsFullError.
    """
    state = seen.state
    if state.player_count < 2:
        raise GameNotStartedError
    if move is not None and move != len(state.moves):
        if _was_played(seen, column, move):
            return state
        raise OtherStateError(seen, move)
    if state.active_player != seen.number:
        raise NotYourTurnError
    if not state.active:
        raise GameIsOverError
    try:
        position = board_codec.decode(state.board).play(column)
    except ColumnFullError:
        raise ColumnIsFullError from None
    winner = position.winner
    return GameState(
        game_id=state.game_id,
        seats=state.seats,
        active=winner is None and not position.is_full,
        active_player=position.player_to_move,
        winner=winner,
        board=board_codec.encode(position),
        moves=moves_codec.append(state.moves, column),
        created=state.created,
    )


def _was_played(seen: SeenGame, column: int, move: int) -> bool:
    moves = seen.state.moves
    return move < len(moves) and move % 2 + 1 == seen.number and moves[move] == str(column)
