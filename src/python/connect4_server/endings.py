"""Decides on what can end a game between moves: resigning and agreeing on a draw. No I/O.

Each function returns the game after it, or the state itself (the same object) if there is nothing
to change, as when a request is sent again. NUMBER, 1 or 2, is the player who asks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from connect4_server.refusals import GameIsOverError, GameNotStartedError

if TYPE_CHECKING:
    from connect4_server.game_state import GameState


def after_resignation(state: GameState, number: int) -> GameState:
    """The other player wins. Raises GameNotStartedError or GameIsOverError."""
    has_resigned = state.ending == "resigned" and state.winner != number
    if has_resigned:
        return state
    _require_play(state)
    return replace(state, active=False, winner=3 - number, declared_ending="resigned")


def after_draw_offer(state: GameState, number: int) -> GameState:
    """A draw, if the other player offers one; otherwise an offer.

    Raises GameNotStartedError or GameIsOverError.
    """
    offered_by = state.standing_draw_offer
    if state.ending == "agreed" or offered_by == number:
        return state
    _require_play(state)
    if offered_by is None:
        return replace(state, draw_offered_by=number, draw_offered_ply=state.ply)
    return replace(state, active=False, declared_ending="agreed")


def without_draw_offer(state: GameState, _number: int) -> GameState:
    """No offer stands: one's own is taken back, or the other player's declined."""
    if state.standing_draw_offer is None:
        return state
    return replace(state, draw_offered_by=None, draw_offered_ply=None)


def _require_play(state: GameState) -> None:
    if state.player_count < 2:
        raise GameNotStartedError
    if not state.active:
        raise GameIsOverError
