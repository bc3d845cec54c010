"""The service layer: what players do with games. Each change is a single atomic statement.

Every statement commits by itself, so no lock is held while Python runs. Moves, resignations and
offers of a draw use optimistic locking: they are decided on the cached state, and written only if
the row is still the same. If it is not, or if they would be refused, the row is read and they are
decided again.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache

from connect4_models import board_codec
from connect4_models.rules import position_after
from connect4_server import presence_statements, statements
from connect4_server.database import DatabaseError, MissingRowError, UniqueViolationError
from connect4_server.endings import after_draw_offer, after_resignation, without_draw_offer
from connect4_server.game_state import GameState, SeenGame
from connect4_server.group_commit import GroupCommit
from connect4_server.moves import after_move
from connect4_server.openings import balanced_opening
from connect4_server.refusals import (
    GameIsFullError,
    GameIsNotOverError,
    GameIsOverError,
    GameNotFoundError,
    GameNotStartedError,
    OtherPlayerIsNotGoneError,
    PlayerIdTakenError,
    PlayerNotFoundError,
    RefusedError,
)
from connect4_server.tokens import is_token, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from connect4_server.database import Database

# About 1 KB each.
_CACHED_GAMES = 10_000
_NOBODY = (None, None)


class Games:
    """The games of a database.

    Every method may also raise what `Database.read` and `Database.write` raise.
    """

    def __init__(self, database: Database) -> None:
        """Starts with an empty cache; reads nothing yet."""
        self._database = database
        self._created = GroupCommit("create", partial(database.write, statements.CREATE))
        self._joined = GroupCommit("join", partial(database.write, statements.JOIN))
        self._joined_to_begin = GroupCommit(
            "join_to_begin", partial(database.write, statements.JOIN_TO_BEGIN)
        )
        self._moved = GroupCommit("move", partial(database.write, statements.MOVE))
        self._between_moves = GroupCommit("change", partial(database.write, statements.CHANGE))
        self._rematched = GroupCommit("rematch", partial(database.write, statements.REMATCH))
        self._found = GroupCommit("get", partial(database.read, statements.GET), deduplicates=True)
        # Other servers change the same games, so a cached state may be stale. Only a statement that
        # compares it with the row (MOVE, CHANGE) may use it.
        self._cache: LRUCache[str, GameState] = LRUCache(_CACHED_GAMES)
        self.on_change: Callable[[GameState], None] | None = None
        """Called with the new state after every change made here, before the response."""

    def create(
        self, name: str | None = None, *, joiner_begins: bool = False, is_balanced: bool = False
    ) -> SeenGame:
        """Creates a game; returns it as its creator sees it, who is player 1.

        NAME is what the creator is called. With JOINER_BEGINS the creator becomes player 2 when
        somebody joins. With IS_BALANCED the first moves are given.
        """
        game_id, player_id = new_token(), new_token()
        moves = balanced_opening() if is_balanced else ""
        board = _board_after(moves)
        row = self._created.row(
            game_id,
            game_id=game_id,
            player_id=player_id,
            name=name,
            board=board,
            moves=moves,
            opening=len(moves),
            joiner_begins=joiner_begins,
        )
        if row is None:
            raise DatabaseError("a new game was not returned")
        _, created = row
        state = GameState(
            game_id=game_id,
            active=True,
            active_player=1,
            winner=None,
            board=board,
            moves=moves,
            created=created,
            seats=(player_id, None),
            names=(name, None),
            opening=len(moves),
            joiner_begins=joiner_begins,
        )
        return SeenGame(state, 1)

    def join(
        self, game_id: str, new_player_id: str | None = None, name: str | None = None
    ) -> SeenGame:
        """Takes the free seat of a game; returns the game as its new player sees it.

        NEW_PLAYER_ID is the secret that the seat is to have (a token), and an idempotency key: if
        it already has a seat in this game, the game is returned as that seat sees it. None has the
        server choose one. NAME is what the player is called. Raises GameNotFoundError,
        GameIsFullError, or PlayerIdTakenError if NEW_PLAYER_ID belongs to another game.
        """
        if not is_token(game_id):
            raise GameNotFoundError
        player_id = new_player_id or new_token()
        values = {"game_id": game_id, "player_id": player_id, "player_name": name}
        try:
            row = self._joined.row(player_id, **values)
        except MissingRowError:
            # The game has just expired.
            row = None
        if row is None:
            raise GameNotFoundError
        _, has_joined, *columns = row
        before = _state(columns)
        number = 2 if has_joined else None
        if before.joiner_begins and before.player_count < 2:
            number = self._join_to_begin(player_id, values)
            if number is None:
                self.state(game_id)  # raises GameNotFoundError if it has just expired
        if number is not None:
            state = before.joined_by(player_id, name, number)
            self._changed(state)
            return SeenGame(state, number)
        if new_player_id is None:
            raise GameIsFullError
        return self._joined_before(game_id, new_player_id)

    def _join_to_begin(self, player_id: str, values: Mapping[str, Any]) -> int | None:
        """Returns the number of the seat that the player gets, or None."""
        try:
            row = self._joined_to_begin.row(player_id, **values)
        except UniqueViolationError:
            # A server of the release before has let somebody in.
            return None
        except MissingRowError:
            raise GameNotFoundError from None
        return None if row is None else row[1]

    def _joined_before(self, game_id: str, player_id: str) -> SeenGame:
        state = self.state(game_id)
        try:
            seen = state.seen_by(player_id)
        except PlayerNotFoundError:
            is_full = state.player_count == 2 or state.previous_game_id is not None
            raise (GameIsFullError if is_full else PlayerIdTakenError) from None
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

        def decide(state: GameState, number: int) -> GameState:
            return after_move(SeenGame(state, number), column, ply)

        return self._change(game_id, player_id, decide, self._write_move)

    def resign(self, game_id: str, player_id: str) -> SeenGame:
        """Gives a game up; returns it. Raises what `get` and `after_resignation` raise."""
        return self._change(game_id, player_id, after_resignation, self._write_change)

    def offer_draw(self, game_id: str, player_id: str) -> SeenGame:
        """Offers or accepts a draw; returns the game after it.

        Raises what `get` and `after_draw_offer` raise.
        """
        return self._change(game_id, player_id, after_draw_offer, self._write_change)

    def decline_draw(self, game_id: str, player_id: str) -> SeenGame:
        """Declines or takes back the offer of a draw; returns the game. Raises what `get` does."""
        return self._change(game_id, player_id, without_draw_offer, self._write_change)

    def claim_win(self, game_id: str, player_id: str) -> SeenGame:
        """Has a player win whose opponent is gone; returns the game. Claiming again is the same.

        Raises what `get` raises, GameNotStartedError, GameIsOverError, and
        OtherPlayerIsNotGoneError.
        """
        state = self.state(game_id)
        number = state.number_of(player_id)
        if state.player_count < 2:
            raise GameNotStartedError
        if state.active:
            # It decides by itself, whatever has been read: a move or a return may be on its way.
            claim = {"game_id": game_id, "claimant": number}
            self._database.write(presence_statements.CLAIM, claim)
            state = self.state(game_id)
            if state.active:
                raise OtherPlayerIsNotGoneError
        if state.ending != "abandoned" or state.winner != number:
            raise GameIsOverError
        # Another server, or this request when it was sent before, may have died before publishing.
        self._changed(state)
        return SeenGame(state, number)

    def rematch(self, game_id: str, player_id: str) -> SeenGame:
        """Asks for another game after one; returns the next game as the player sees it.

        The first of the two players to ask creates it, the second one joins it; the seats are
        swapped. Asking again changes nothing. Raises what `get` raises, GameIsNotOverError, and
        GameIsFullError if somebody else has the seat.
        """
        ended = self.state(game_id)
        number = ended.number_of(player_id)
        if ended.active:
            raise GameIsNotOverError
        if ended.next_game_id is None or ended.rematch_offered_by == 3 - number:
            moves = balanced_opening() if ended.opening else ""
            wins_2, wins_1, draws = ended.series_after
            try:
                self._rematched.row(
                    game_id,
                    game_id=game_id,
                    number=number,
                    next_game=new_token(),
                    next_board=_board_after(moves),
                    next_moves=moves,
                    next_opening=len(moves),
                    wins_1=wins_1,
                    wins_2=wins_2,
                    draws=draws,
                    player_id=new_token(),
                    player_name=ended.names[number - 1],
                )
            except UniqueViolationError:
                raise GameIsFullError from None
            ended = self.state(game_id)
        if ended.next_game_id is None:
            raise DatabaseError("the next game was not created")
        next_game = self.state(ended.next_game_id)
        # In any case: the server that wrote the rematch may have died before it published it.
        self._changed(ended)
        self._changed(next_game)
        return SeenGame(next_game, 3 - number)

    def _change(
        self,
        game_id: str,
        player_id: str,
        decide: Callable[[GameState, int], GameState],
        write: Callable[[GameState, GameState], GameState | None],
    ) -> SeenGame:
        """Makes a change that a player asks for; returns the game after it, as the player sees it.

        DECIDE returns the state after the change by the player of that number, or the same object
        if there is nothing to change. It may raise RefusedError. WRITE replaces one state by the
        other, or returns None if the row is not what the decision was made on.
        """
        cached = self._cache.get(game_id)
        if cached is not None:
            try:
                number = cached.number_of(player_id)
                after = decide(cached, number)
            except RefusedError:
                after = cached
            if after is not cached and (written := write(cached, after)):
                return SeenGame(written, number)
        while True:
            state = self.state(game_id)
            number = state.number_of(player_id)
            after = decide(state, number)
            if after is state:
                # The server that wrote the change may have died before it published it.
                self._changed(state)
                return SeenGame(state, number)
            if written := write(state, after):
                return SeenGame(written, number)

    def _write_move(self, before: GameState, after: GameState) -> GameState | None:
        row = self._moved.row(
            before.game_id,
            game_id=before.game_id,
            board_before=before.board,
            column=after.moves[-1],
            board=after.board,
            active=after.active,
            active_player=after.active_player,
            winner=after.winner,
        )
        if row is None:
            return None
        _, moves, changes, draw_offered_by, draw_offered_ply = row
        # The row counts: the cached moves may be fewer, and the draw offer another one.
        written = replace(
            after,
            moves=moves,
            changes=changes,
            draw_offered_by=draw_offered_by,
            draw_offered_ply=draw_offered_ply,
        )
        self._changed(written)
        return written

    def _write_change(self, before: GameState, after: GameState) -> GameState | None:
        row = self._between_moves.row(
            before.game_id,
            game_id=before.game_id,
            board_before=before.board,
            changes_before=before.changes,
            active=after.active,
            winner=after.winner,
            ending=after.declared_ending,
            draw_offered_by=after.draw_offered_by,
            draw_offered_ply=after.draw_offered_ply,
        )
        if row is None:
            return None
        written = replace(after, changes=before.changes + 1)
        self._changed(written)
        return written

    def _remember(self, state: GameState) -> GameState:
        self._cache[state.game_id] = state
        return state

    def _changed(self, state: GameState) -> None:
        self._remember(state)
        if self.on_change is not None:
            self.on_change(state)


def _board_after(moves: str) -> str:
    return board_codec.encode(position_after(map(int, moves)))


def _state(columns: Sequence[Any]) -> GameState:
    """Builds a state from the columns of `statements.GET`."""
    *game, first, second = columns[:9]
    *more, wins_1, wins_2, draws = columns[9:]
    # Each player is a secret and a name.
    seats, names = zip(first or _NOBODY, second or _NOBODY, strict=True)
    return GameState(*[*game, seats, names, *more, (wins_1, wins_2), draws])
