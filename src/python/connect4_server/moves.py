"""Whether a move is allowed, and the game after it: no I/O."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from connect4_models import board_codec, moves_codec
from connect4_models.rules import ColumnFullError, GameOverError
from connect4_server.refusals import (
    ColumnIsFullError,
    GameIsOverError,
    GameNotStartedError,
    NotYourTurnError,
    RefusedError,
)

if TYPE_CHECKING:
    from connect4_server.game_state import GameState, SeenGame


class StaleMoveError(RefusedError):
    """A move for another ply than the game is at; `seen` is the game as it is."""

    status = HTTPStatus.CONFLICT

    def __init__(self, seen: SeenGame, ply: int) -> None:
        super().__init__(f"The game is at move {seen.state.ply}, not {ply}")
        self.seen = seen


class ImpossibleBoardError(Exception):
    """The board of a row is no position of a game; the message names the game."""


def after_move(seen: SeenGame, column: int, ply: int | None = None) -> GameState:
    """The game after its player's disc in COLUMN (0 to 6).

    PLY makes it idempotent: how many moves had been played when the player chose this one (0 to
    41), or None. If this very move has been played already, the game comes back as it is. Raises,
    in this order, GameNotStartedError, StaleMoveError, NotYourTurnError, GameIsOverError and
    ColumnIsFullError; ImpossibleBoardError for a row that no game leads to.
    """
    state = seen.state
    if state.player_count < 2:
        raise GameNotStartedError
    if ply is not None and ply != state.ply:
        if _was_played(seen, column, ply):
            return state
        raise StaleMoveError(seen, ply)
    if state.active_player != seen.number:
        raise NotYourTurnError
    if not state.active:
        raise GameIsOverError
    try:
        position = board_codec.decode(state.board).play(column)
    except GameOverError:
        raise GameIsOverError from None
    except ColumnFullError:
        raise ColumnIsFullError from None
    except ValueError as error:
        raise ImpossibleBoardError(f"game {state.game_id}: {error}") from None
    winner = position.winner
    return replace(
        state,
        active=winner is None and not position.is_full,
        active_player=position.player_to_move,
        winner=winner,
        board=board_codec.encode(position),
        moves=moves_codec.append(state.moves, column),
    )


def _was_played(seen: SeenGame, column: int, ply: int) -> bool:
    moves = seen.state.moves
    return ply < len(moves) and ply % 2 + 1 == seen.number and moves[ply] == str(column)
