"""What the server does for its callers, in single statements that are right under any race.

Every statement commits by itself (the engine is in autocommit), so none holds a lock while the
server thinks: a move is read, decided in Python and written only if the board is still the one
that was read. A board only ever gains discs, so an equal board is the same turn of the game.
"""

from typing import Any

from psycopg2.errors import UndefinedColumn
from sqlalchemy import Connection, CursorResult, Engine, Row, TextClause
from sqlalchemy.exc import DBAPIError, ProgrammingError

from connect4_models import board_codec, moves_codec
from connect4_server import statements
from connect4_server.exceptions import GameIsFullError, GameNotFoundError, PlayerNotFoundError
from connect4_server.game_logic import GameState, after_move
from connect4_server.tokens import is_token, new_token


def create_game(engine: Engine) -> GameState:
    """A new game, seen by its creator."""
    game_id, player_id = new_token(), new_token()
    with engine.connect() as connection:
        created = connection.execute(
            statements.CREATE,
            {"game_id": game_id, "player_id": player_id, "board": board_codec.EMPTY},
        ).scalar_one()
    return GameState(
        game_id=game_id,
        player_id=player_id,
        player_number=1,
        player_count=1,
        active=True,
        active_player=1,
        winner=None,
        board=board_codec.EMPTY,
        moves=moves_codec.unknown(0),
        created=created,
    )


def join_game(engine: Engine, game_id: str) -> GameState:
    """The game, seen by its second player; raises GameNotFoundError or GameIsFullError."""
    if not is_token(game_id):
        raise GameNotFoundError
    player_id = new_token()
    with engine.connect() as connection:
        joined = connection.execute(statements.JOIN, {"game_id": game_id, "player_id": player_id})
        if joined.rowcount == 0:
            if connection.execute(statements.EXISTS, {"game_id": game_id}).rowcount == 0:
                raise GameNotFoundError
            raise GameIsFullError
    return get_game(engine, game_id, player_id)


def get_game(engine: Engine, game_id: str, player_id: str) -> GameState:
    """The game, seen by that player; raises GameNotFoundError or PlayerNotFoundError."""
    if not is_token(game_id):
        raise GameNotFoundError
    seat = {"game_id": game_id, "player_id": player_id if is_token(player_id) else None}
    try:
        row = _read(engine, seat)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        # The kept connections are from before the database's restart; reading twice harms nobody.
        row = _read(engine, seat)
    if row is None:
        raise GameNotFoundError
    active, active_player, winner, board, moves, created, number, player_count = row
    if number is None:
        raise PlayerNotFoundError
    return GameState(
        game_id=game_id,
        player_id=player_id,
        player_number=number,
        player_count=player_count,
        active=active,
        active_player=active_player,
        winner=winner,
        board=board,
        moves=moves if moves is not None else moves_codec.unknown(board_codec.discs(board)),
        created=created,
    )


def _read(engine: Engine, seat: dict[str, str | None]) -> Row[*tuple[Any, ...]] | None:
    with engine.connect() as connection:
        found = _execute(connection, statements.GET, statements.GET_BEFORE_MOVES, seat)
        return found.one_or_none()


def _execute(
    connection: Connection,
    statement: TextClause,
    on_schema_before: TextClause,
    parameters: dict[str, Any],
) -> CursorResult[*tuple[Any, ...]]:
    """A server may be started before the database has been upgraded, or go on after a downgrade."""
    try:
        return connection.execute(statement, parameters)
    except ProgrammingError as error:
        if not isinstance(error.orig, UndefinedColumn):
            raise
        return connection.execute(on_schema_before, parameters)


def make_move(engine: Engine, game_id: str, player_id: str, column: int) -> GameState:
    """The game after that player's disc in COLUMN (0 to 6).

    Raises what `get_game` and `game_logic.after_move` raise. When another move comes between, the
    contract's answer to the state after it is given: of two moves for one turn one counts.
    """
    while True:
        before = get_game(engine, game_id, player_id)
        after = after_move(before, column)
        with engine.connect() as connection:
            moved = _execute(
                connection,
                statements.MOVE,
                statements.MOVE_BEFORE_MOVES,
                {
                    "game_id": game_id,
                    "active": after.active,
                    "active_player": after.active_player,
                    "winner": after.winner,
                    "board": after.board,
                    "moves": after.moves,
                    "board_before": before.board,
                },
            )
        if moved.rowcount:
            return after
