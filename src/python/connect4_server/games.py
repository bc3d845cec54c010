"""The service layer: create, join, read and move, each a single atomic statement.

Every statement commits by itself, so no lock is held while Python runs. Moves use optimistic
locking: a move is decided on the cached state, and written only if the row still has that board.
If it does not, or if the move would be refused, the row is read and the move decided again.
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
_CACHED_GAMES = 10_000


class Games:
    """The games of a database.

    Every method may also raise what `Database.read` and `Database.write` raise.
    """

    def __init__(self, database: Database) -> None:
        """Starts with an empty cache; reads nothing yet."""
        self._database = database
        self._created = GroupCommit(partial(database.write, statements.CREATE))
        self._joined = GroupCommit(partial(database.write, statements.JOIN))
        self._moved = GroupCommit(partial(database.write, statements.MOVE))
        self._found = GroupCommit(partial(database.read, statements.GET), deduplicates=True)
        # Other servers change the same games, so a cached state may be stale. Only a statement that
        # compares it with the row (MOVE) may use it.
        self._cache: LRUCache[str, GameState] = LRUCache(_CACHED_GAMES)
        self.on_change: Callable[[GameState], None] | None = None
        """Called with the new state after every change made here, before the response."""

    def create(self) -> SeenGame:
        """Creates a game; returns it as player 1 sees it."""
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
        """Takes the second seat of a game; returns the game as player 2 sees it.

        NEW_PLAYER_ID is the secret that the seat is to have (a token), and an idempotency key: if
        it already has a seat in this game, the game is returned as that seat sees it. None has the
        server choose one. Raises GameNotFoundError, GameIsFullError, or PlayerIdTakenError if
        NEW_PLAYER_ID belongs to another game.
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
        # The server that wrote the join may have died before it published it.
        self._changed(state)
        return seen

    def state(self, game_id: str) -> GameState:
        """Reads a game from the database. Raises GameNotFoundError."""
        row = self._found.row(game_id, game_id=game_id) if is_token(game_id) else None
        if row is None:
            raise GameNotFoundError
        return self._remember(_state(row))

    def states(self, game_ids: Collection[str]) -> list[GameState]:
        """Reads several games in one statement: those that exist, in any order."""
        rows = self._database.read(statements.GET, {"game_id": list(game_ids)})
        return [self._remember(_state(row)) for row in rows]

    def get(self, game_id: str, player_id: str) -> SeenGame:
        """Reads a game as a player sees it. Raises GameNotFoundError or PlayerNotFoundError."""
        return self.state(game_id).seen_by(player_id)

    def move(self, game_id: str, player_id: str, column: int, ply: int | None = None) -> SeenGame:
        """Drops a player's disc in COLUMN (0 to 6); returns the game after it.

        PLY is the number of moves played before this one, an idempotency key (see `after_move`).
        Raises what `get` and `after_move` raise. Of several moves for one ply, one is made; the
        others are decided on the state after it.
        """
        cached = self._cache.get(game_id)
        if cached is not None:
            try:
                seen = cached.seen_by(player_id)
                after = after_move(seen, column, ply)
            except RefusedError:
                after = cached
            if after is not cached and (written := self._write(cached, after, column)):
                return SeenGame(written, seen.number)
        while True:
            seen = self.get(game_id, player_id)
            after = after_move(seen, column, ply)
            if after is seen.state:
                # The server that wrote the move may have died before it published it.
                self._changed(after)
                return seen
            if written := self._write(seen.state, after, column):
                return SeenGame(written, seen.number)

    def _write(self, before: GameState, after: GameState, column: int) -> GameState | None:
        """Replaces BEFORE by AFTER; returns None if the row no longer has the board of BEFORE."""
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
        # The row's moves count: the cached ones may be fewer.
        written = after if moves == after.moves else replace(after, moves=moves)
        self._changed(written)
        return written

    def _remember(self, state: GameState) -> GameState:
        self._cache[state.game_id] = state
        return state

    def _changed(self, state: GameState) -> None:
        self._remember(state)
        if self.on_change is not None:
            self.on_change(state)


def _state(columns: Sequence[Any]) -> GameState:
    """Builds a state from the columns of `statements.GET`."""
    game_id, active, active_player, winner, board, moves, created, creator, joiner = columns
    seats = (creator, joiner)
    return GameState(game_id, active, active_player, winner, board, moves, created, seats)
