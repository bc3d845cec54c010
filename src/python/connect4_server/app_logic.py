"""What the server does for its callers, in single statements that are right under any race.

Every statement commits by itself, so none holds a lock while the server thinks: a move is decided
in Python on the state that the server knows, and written only if the board is still that one. Where
it is not, or where the move would be refused, the game is read and the decision made anew. What
is asked at the same time shares a statement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from connect4_models import board_codec, moves_codec
from connect4_server import statements
from connect4_server.batches import Batches
from connect4_server.database import DatabaseError
from connect4_server.exceptions import (
    GameIsFullError,
    GameNotFoundError,
    PlayerIdTakenError,
    PlayerNotFoundError,
    RefusedError,
)
from connect4_server.game_logic import GameState, SeenGame, after_move
from connect4_server.known_games import KnownGames
from connect4_server.tokens import is_token, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from connect4_server.database import Database, Row


class Games:
    """The games of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = KnownGames()
        self._created = Batches(database.rows, statements.CREATE)
        self._joined = Batches(database.rows, statements.JOIN)
        self._found = Batches(database.read, statements.GET, shares_rows=True)
        self._moved = Batches(database.rows, statements.MOVE)
        self.on_change: Callable[[GameState], None] | None = None
        """Is called after every change that is made here, before it is answered."""

    def create(self) -> SeenGame:
        """A new game, seen by its creator."""
        game_id, player_id = new_token(), new_token()
        values = {"game_id": game_id, "player_id": player_id, "board": board_codec.EMPTY}
        row = self._created.row(game_id, values)
        if row is None:
            raise DatabaseError("a new game was not returned")
        return SeenGame(
            GameState(
                game_id=game_id,
                seats=(player_id, None),
                active=True,
                active_player=1,
                winner=None,
                board=board_codec.EMPTY,
                moves=moves_codec.unknown(0),
                created=row[0],
            ),
            1,
        )

    def join(self, game_id: str, new_player_id: str | None = None) -> SeenGame:
        """The game, seen by its second player.

        NEW_PLAYER_ID is a token to be that player's secret. If it has a seat of the game already,
        the join was sent before, and the game comes back as seen from there. Raises
        GameNotFoundError, GameIsFullError, or PlayerIdTakenError if it is a player's of another
        game.
        """
        if not is_token(game_id):
            raise GameNotFoundError
        player_id = new_player_id or new_token()
        row = self._joined.row(player_id, {"game_id": game_id, "player_id": player_id})
        if row is None:
            raise GameNotFoundError
        joined, *columns, creator, _ = row
        if joined:
            state = _state((*columns, creator, player_id))
            self._changed(state)
            return SeenGame(state, 2)
        if new_player_id is None:
            raise GameIsFullError
        return self._joined_before(game_id, new_player_id)

    def _joined_before(self, game_id: str, player_id: str) -> SeenGame:
        state = self.watch(game_id).state
        try:
            seen = state.seen_by(player_id)
        except PlayerNotFoundError:
            raise (GameIsFullError if state.player_count == 2 else PlayerIdTakenError) from None
        # Whoever let it in may have ended before it could tell anybody.
        self._changed(state)
        return seen

    def get(self, game_id: str, player_id: str) -> SeenGame:
        """The game, seen by that player; raises GameNotFoundError or PlayerNotFoundError."""
        return self.watch(game_id).state.seen_by(player_id)

    def watch(self, game_id: str) -> SeenGame:
        """The game, seen by a spectator; raises GameNotFoundError."""
        row = self._found.row(game_id, {"game_id": game_id}) if is_token(game_id) else None
        if row is None:
            raise GameNotFoundError
        state = _state(row)
        self._known.learn(state)
        return SeenGame(state, None)

    def read(self, game_ids: Collection[str]) -> list[GameState]:
        """Those of the games that exist, in any order, as they are now."""
        rows = self._database.read(statements.GET, {"game_id": list(game_ids)})
        states = [_state(row[1:]) for row in rows]
        for state in states:
            self._known.learn(state)
        return states

    def move(self, game_id: str, player_id: str, column: int, move: int | None = None) -> SeenGame:
        """The game after that player's disc in COLUMN (0 to 6), MOVE being how many they know of.

        Raises what `get` and `game_logic.after_move` raise. When another move comes between, the
        contract's answer to the state after it is given: of two moves for one turn one counts.
        """
        known = self._known.get(game_id)
        if known is not None:
            try:
                seen = known.seen_by(player_id)
                after = after_move(seen, column, move)
            except RefusedError:
                after = known
            if after is not known and (written := self._write(known, after, column)):
                return SeenGame(written, seen.number)
        while True:
            seen = self.get(game_id, player_id)
            after = after_move(seen, column, move)
            if after is seen.state:
                # Whoever played it may have ended before it could tell anybody.
                self._changed(after)
                return seen
            if written := self._write(seen.state, after, column):
                return SeenGame(written, seen.number)

    def _write(self, before: GameState, after: GameState, column: int) -> GameState | None:
        """Makes AFTER of BEFORE, with that column played; None if it is not like that any more."""
        values: dict[str, Any] = {
            "game_id": before.game_id,
            "active": after.active,
            "active_player": after.active_player,
            "winner": after.winner,
            "board": after.board,
            "column": str(column),
            "board_before": before.board,
        }
        row = self._moved.row(before.game_id, values)
        if row is None:
            return None
        [moves] = row
        written = after if moves in (None, after.moves) else replace(after, moves=moves)
        self._changed(written)
        return written

    def _changed(self, state: GameState) -> None:
        self._known.learn(state)
        if self.on_change is not None:
            self.on_change(state)


def _state(row: Row) -> GameState:
    game_id, active, active_player, winner, board, moves, created, creator, joiner = row
    return GameState(
        game_id=game_id,
        seats=(creator, joiner),
        active=active,
        active_player=active_player,
        winner=winner,
        board=board,
        moves=moves if moves is not None else moves_codec.unknown(board_codec.discs(board)),
        created=created,
    )
