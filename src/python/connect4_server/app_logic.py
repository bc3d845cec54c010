"""What the server does for its callers, in single statements that are right under any race.

Every statement commits by itself (the engine is in autocommit), so none holds a lock while the
server thinks: a move is read, decided in Python and written only if the board is still the one
that was read. A board only ever gains discs, so an equal board is the same turn of the game.
"""

from typing import Any

from sqlalchemy import Engine, Row, text
from sqlalchemy.exc import DBAPIError

from connect4_models import board_codec
from connect4_server.exceptions import GameIsFullError, GameNotFoundError, PlayerNotFoundError
from connect4_server.game_logic import GameState, after_move
from connect4_server.tokens import is_token, new_token

_CREATE = text("""
    WITH new_game AS (
        INSERT INTO game ("gameId", active, "activePlayer", board)
        VALUES (:game_id, true, 1, :board)
        RETURNING "gameId", created
    ), creator AS (
        INSERT INTO player ("playerId", "gameId", number)
        SELECT :player_id, "gameId", 1 FROM new_game
    )
    SELECT created FROM new_game
""")

# Of many at once the constraint lets one in; a game that does not exist gets no row either.
_JOIN = text("""
    INSERT INTO player ("playerId", "gameId", number)
    SELECT :player_id, "gameId", 2 FROM game WHERE "gameId" = :game_id
    ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING
""")

_EXISTS = text('SELECT FROM game WHERE "gameId" = :game_id')

_GET = text("""
    SELECT game.active, game."activePlayer", game.winner, game.board, game.created,
           player.number,
           (SELECT count(*) FROM player AS seat WHERE seat."gameId" = game."gameId")
    FROM game
    LEFT JOIN player ON player."gameId" = game."gameId" AND player."playerId" = :player_id
    WHERE game."gameId" = :game_id
""")

_MOVE = text("""
    UPDATE game
    SET active = :active, "activePlayer" = :active_player, winner = :winner, board = :board
    WHERE "gameId" = :game_id AND board = :board_before
""")


def create_game(engine: Engine) -> GameState:
    """A new game, seen by its creator."""
    game_id, player_id = new_token(), new_token()
    with engine.connect() as connection:
        created = connection.execute(
            _CREATE,
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
        created=created,
    )


def join_game(engine: Engine, game_id: str) -> GameState:
    """The game, seen by its second player; raises GameNotFoundError or GameIsFullError."""
    if not is_token(game_id):
        raise GameNotFoundError
    player_id = new_token()
    with engine.connect() as connection:
        joined = connection.execute(_JOIN, {"game_id": game_id, "player_id": player_id})
        if joined.rowcount == 0:
            if connection.execute(_EXISTS, {"game_id": game_id}).rowcount == 0:
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
    active, active_player, winner, board, created, number, player_count = row
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
        created=created,
    )


def _read(engine: Engine, seat: dict[str, str | None]) -> Row[*tuple[Any, ...]] | None:
    with engine.connect() as connection:
        return connection.execute(_GET, seat).one_or_none()


def make_move(engine: Engine, game_id: str, player_id: str, column: int) -> GameState:
    """The game after that player's disc in COLUMN (0 to 6).

    Raises what `get_game` and `game_logic.after_move` raise. When another move comes between, the
    contract's answer to the state after it is given: of two moves for one turn one counts.
    """
    while True:
        before = get_game(engine, game_id, player_id)
        after = after_move(before, column)
        with engine.connect() as connection:
            moved = connection.execute(
                _MOVE,
                {
                    "game_id": game_id,
                    "active": after.active,
                    "active_player": after.active_player,
                    "winner": after.winner,
                    "board": after.board,
                    "board_before": before.board,
                },
            )
        if moved.rowcount:
            return after
