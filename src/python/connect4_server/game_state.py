"""A game as it is stored, and as a player or a spectator sees it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from connect4_server.refusals import PlayerNotFoundError
from connect4_server.tokens import is_token

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class GameState:
    """A row of `game` with its players.

    The fields are those of `connect4_models.schema.Game`, but for these: `seats` are the secrets of
    players 1 and 2, None is an empty seat; `names` are what they are called, if anything;
    `declared_ending` is an ending that the board does not tell; `series_wins` are the wins of the
    present players 1 and 2 in the games before this one. `created` is aware of its time zone.
    """

    game_id: str
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    created: datetime
    seats: tuple[str | None, str | None]
    names: tuple[str | None, str | None] = (None, None)
    changes: int = 0
    declared_ending: str | None = None
    opening: int = 0
    joiner_begins: bool = False
    draw_offered_by: int | None = None
    draw_offered_ply: int | None = None
    rematch_offered_by: int | None = None
    next_game_id: str | None = None
    previous_game_id: str | None = None
    series_wins: tuple[int, int] = (0, 0)
    series_draws: int = 0

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
        """The version number, from 1: it rises by one with the join and every move or change."""
        return self.player_count + self.ply + self.changes

    @property
    def ending(self) -> str | None:
        """How the game ended, an ending of `schemas.Game`; None while it is active."""
        if self.active:
            return None
        return self.declared_ending or ("full" if self.winner is None else "connected")

    @property
    def standing_draw_offer(self) -> int | None:
        """The player, 1 or 2, who offers a draw; None if there is no offer that stands.

        An offer stands until the other player has moved.
        """
        if not self.active or self.draw_offered_by is None or self.draw_offered_ply is None:
            return None
        moved_since = range(self.draw_offered_ply, self.ply)
        has_lapsed = any(ply % 2 + 1 != self.draw_offered_by for ply in moved_since)
        return None if has_lapsed else self.draw_offered_by

    @property
    def next_game_id_for_all(self) -> str | None:
        """The next game, once both players are in it; before, only who asked for it is told."""
        return None if self.rematch_offered_by else self.next_game_id

    @property
    def series_after(self) -> tuple[int, int, int]:
        """The wins of players 1 and 2, and the draws, with this game, which is over."""
        wins_1, wins_2 = self.series_wins
        if self.winner is None:
            return wins_1, wins_2, self.series_draws + 1
        return wins_1 + (self.winner == 1), wins_2 + (self.winner == 2), self.series_draws

    def joined_by(self, player_id: str, name: str | None, number: int) -> GameState:
        """Returns the game with this player as player NUMBER; the other one gets the other seat."""
        [(creator, creator_name)] = (
            (seat, name) for seat, name in zip(self.seats, self.names, strict=True) if seat
        )
        seats, names = (creator, player_id), (creator_name, name)
        if number == 1:
            seats, names = seats[::-1], names[::-1]
        return replace(self, seats=seats, names=names)

    def number_of(self, player_id: str) -> int:
        """Returns the number, 1 or 2, of this player. Raises PlayerNotFoundError."""
        if is_token(player_id):
            for number, seat in enumerate(self.seats, 1):
                if seat is not None and secrets.compare_digest(seat, player_id):
                    return number
        raise PlayerNotFoundError

    def seen_by(self, player_id: str | None) -> SeenGame:
        """Returns the game as this player sees it, or a spectator, for None.

        Raises PlayerNotFoundError.
        """
        return SeenGame(self, None if player_id is None else self.number_of(player_id))


@dataclass(frozen=True, slots=True)
class SeenGame:
    """A game, and the `number` of the player who sees it: 1, 2, or None for a spectator."""

    state: GameState
    number: int | None

    @property
    def player_id(self) -> str | None:
        """The secret of that player; None for a spectator."""
        return None if self.number is None else self.state.seats[self.number - 1]
