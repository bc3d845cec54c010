"""Decides whether a move is allowed, and computes the game after it. No I/O."""

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
    """The move is for another ply than the game is at; `seen` is the current game."""

    status = HTTPStatus.CONFLICT

    def __init__(self, seen: SeenGame, ply: int) -> None:
        """PLY is the one that the move was for."""
        super().__init__(f"The game is at move {seen.state.ply}, not {ply}")
        self.seen = seen


class ImpossibleBoardError(Exception):
    """A row holds a board that no game can reach; the message has the game's id."""


def after_move(seen: SeenGame, column: int, ply: int | None = None) -> GameState:
    """Returns the game after the disc of its player (`seen.number`) in COLUMN (0 to 6).

    PLY is an idempotency key: the number of moves played before this one (0 to 41), or None. If
    this player already made this move at that ply, the state is returned unchanged (the same
    object). Raises, in this order, GameNotStartedError, StaleMoveError, NotYourTurnError,
    GameIsOverError and ColumnIsFullError; and ImpossibleBoardError if the row is corrupt.
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
