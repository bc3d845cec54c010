"""What a game is to its players, and whether a move is allowed: no I/O."""

from dataclasses import dataclass, replace
from datetime import datetime

from connect4_models import board_codec, moves_codec
from connect4_models.rules import ColumnFullError
from connect4_server.exceptions import (
    ColumnIsFullError,
    GameIsOverError,
    GameNotStartedError,
    NotYourTurnError,
)


@dataclass(frozen=True, slots=True)
class GameState:
    """A game as one of its players sees it; `board` and `moves` are what their codecs encode."""

    game_id: str
    player_id: str
    player_number: int
    player_count: int
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    created: datetime


def after_move(state: GameState, column: int) -> GameState:
    """STATE after its player's disc in COLUMN (0 to 6).

    Raises, in the order of the contract, GameNotStartedError, NotYourTurnError, GameIsOverError
    and ColumnIsFullError.
    """
    if state.player_count < 2:
        raise GameNotStartedError
    if state.active_player != state.player_number:
        raise NotYourTurnError
    if not state.active:
        raise GameIsOverError
    try:
        position = board_codec.decode(state.board).play(column)
    except ColumnFullError:
        raise ColumnIsFullError from None
    return replace(
        state,
        active=not position.is_over,
        active_player=position.player_to_move,
        winner=position.winner,
        board=board_codec.encode(position),
        moves=moves_codec.append(state.moves, column),
    )
