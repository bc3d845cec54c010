"""What the server does for its callers, in single statements that are right under any race.

Every statement commits by itself, so none holds a lock while the server thinks. A move is decided
in Python on the state that the server last knew, and written only if the board is still that one
(optimistic locking). Where it is not, or where the move would be refused, the game is read and the
decision made anew.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

from connect4_models import board_codec
from connect4_server import statements
from connect4_server.database import DatabaseError
from connect4_server.game_state import GameState, SeenGame
from connect4_server.group_commit import GroupCommit
from connect4_server.moves import after_move
from connect4_server.refusals import (
    GameIsFullError,
    GameNotFoundError,
    PlayerIdTakenError,
    PlayerNotFoundError,
    RefusedError,
)
from connect4_server.tokens import is_token, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from connect4_server.database import Database

# About 1 KB each.
_KNOWN_GAMES = 10_000


class Games:
    """The games of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._created = GroupCommit(partial(database.write, statements.CREATE))
        self._joined = GroupCommit(partial(database.write, statements.JOIN))
        self._moved = GroupCommit(partial(database.write, statements.MOVE))
        self._found = GroupCommit(partial(database.read, statements.GET), shares_rows=True)
        # Other servers move in the same games: a state of these may be old, and only a statement
        # that compares it with the row may be built on it.
        self._known: LRUCache[str, GameState] = LRUCache(_KNOWN_GAMES)
        self.on_change: Callable[[GameState], None] | None = None
        """Is called after every change that is made here, before it is answered."""

    def create(self) -> SeenGame:
        """A new game, seen by its creator."""
        game_id, player_id = new_token(), new_token()
        row = self._created.row(
            game_id, game_id=game_id, player_id=player_id, board=board_codec.EMPTY
        )
        if row is None:
            raise DatabaseError("a new game was not returned")
        _, created = row
        state = GameState(
            game_id=game_id,
            active=True,
            active_player=1,
            winner=None,
            board=board_codec.EMPTY,
            moves="",
            created=created,
            seats=(player_id, None),
        )
        return SeenGame(state, 1)

    def join(self, game_id: str, new_player_id: str | None = None) -> SeenGame:
        """The game, seen by its second player.

        NEW_PLAYER_ID, a token to be that player's secret, makes it idempotent: if it has a seat of
        the game already, the game comes back as seen from there. Raises GameNotFoundError,
        GameIsFullError, or PlayerIdTakenError if it is a player's of another game.
        """
        if not is_token(game_id):
            raise GameNotFoundError
        player_id = new_player_id or new_token()
        row = self._joined.row(player_id, game_id=game_id, player_id=player_id)
        if row is None:
            raise GameNotFoundError
        _, has_joined, *columns = row
        before = _state(columns)
        if has_joined:
            state = replace(before, seats=(before.seats[0], player_id))
            self._changed(state)
            return SeenGame(state, 2)
        if new_player_id is None:
            raise GameIsFullError
        return self._joined_before(game_id, new_player_id)

    def _joined_before(self, game_id: str, player_id: str) -> SeenGame:
        state = self.state(game_id)
        try:
            seen = state.seen_by(player_id)
        except PlayerNotFoundError:
            raise (GameIsFullError if state.player_count == 2 else PlayerIdTakenError) from None
        # The server that let this player in may have ended before it told the others.
        self._changed(state)
        return seen

    def state(self, game_id: str) -> GameState:
        """The game as it is now; raises GameNotFoundError."""
        row = self._found.row(game_id, game_id=game_id) if is_token(game_id) else None
        if row is None:
            raise GameNotFoundError
        return self._learned(_state(row))

    def states(self, game_ids: Collection[str]) -> list[GameState]:
        """Those of the games that exist, in any order, as they are now."""
        rows = self._database.read(statements.GET, {"game_id": list(game_ids)})
        return [self._learned(_state(row)) for row in rows]

    def get(self, game_id: str, player_id: str) -> SeenGame:
        """The game, seen by that player; raises GameNotFoundError or PlayerNotFoundError."""
        return self.state(game_id).seen_by(player_id)

    def move(self, game_id: str, player_id: str, column: int, ply: int | None = None) -> SeenGame:
        """The game after that player's disc in COLUMN (0 to 6), PLY being how many they know of.

        Raises what `get` and `moves.after_move` raise. When another move comes between, the answer
        is the contract's for the state after it: of two moves for one ply one counts.
        """
        known = self._known.get(game_id)
        if known is not None:
            try:
                seen = known.seen_by(player_id)
                after = after_move(seen, column, ply)
            except RefusedError:
                after = known
            if after is not known and (written := self._write(known, after, column)):
                return SeenGame(written, seen.number)
        while True:
            seen = self.get(game_id, player_id)
            after = after_move(seen, column, ply)
            if after is seen.state:
                # The server that made the move may have ended before it told the others.
                self._changed(after)
                return seen
            if written := self._write(seen.state, after, column):
                return SeenGame(written, seen.number)

    def _write(self, before: GameState, after: GameState, column: int) -> GameState | None:
        """Makes AFTER of BEFORE, with that column played; None if it is not like that any more."""
        row = self._moved.row(
            before.game_id,
            game_id=before.game_id,
            board_before=before.board,
            column=str(column),
            board=after.board,
            active=after.active,
            active_player=after.active_player,
            winner=after.winner,
        )
        if row is None:
            return None
        _, moves = row
        # What was known of the moves may be less than the row has.
        written = after if moves == after.moves else replace(after, moves=moves)
        self._changed(written)
        return written

    def _learned(self, state: GameState) -> GameState:
        self._known[state.game_id] = state
        return state

    def _changed(self, state: GameState) -> None:
        self._learned(state)
        if self.on_change is not None:
            self.on_change(state)


def _state(columns: Sequence[Any]) -> GameState:
    """Of the columns that `statements.GET` returns."""
    game_id, active, active_player, winner, board, moves, created, creator, joiner = columns
    seats = (creator, joiner)
    return GameState(game_id, active, active_player, winner, board, moves, created, seats)
