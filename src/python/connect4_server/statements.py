"""The SQL of the server, which has to suit the schema before this release's revisions, too.

Servers of two releases work on one database while it is upgraded: docs/migrations.md. What the
release before said is kept in acceptance_tests/releases.py, where a test runs both at once.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """SQL for psycopg2, and its form for the schema without `game.moves` where that differs."""

    sql: str
    before_moves: str | None = None


CREATE = Statement("""
    WITH new_game AS (
        INSERT INTO game ("gameId", active, "activePlayer", board)
        VALUES (%(game_id)s, true, 1, %(board)s)
        RETURNING "gameId", created
    ), creator AS (
        INSERT INTO player ("playerId", "gameId", number)
        SELECT %(player_id)s, "gameId", 1 FROM new_game
    )
    SELECT created FROM new_game
""")

_COLUMNS = """
    game."gameId", game.active, game."activePlayer", game.winner, game.board, {moves},
    game.created,
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 1),
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 2)
"""

# Of many at once the constraint lets one in; a game that does not exist gets no row either. The
# seats are those from before the statement.
_JOIN = """
    WITH joined AS (
        INSERT INTO player ("playerId", "gameId", number)
        SELECT %(player_id)s, "gameId", 2 FROM game WHERE "gameId" = %(game_id)s
        ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING
        RETURNING number
    )
    SELECT EXISTS (SELECT FROM joined), {columns} FROM game WHERE "gameId" = %(game_id)s
"""

# Without a player's secret: what is not said cannot be logged.
_GET = 'SELECT {columns} FROM game WHERE "gameId" = ANY (%(game_ids)s)'

JOIN, GET = (
    Statement(
        statement.format(columns=_COLUMNS.format(moves="game.moves")),
        statement.format(columns=_COLUMNS.format(moves="NULL")),
    )
    for statement in (_JOIN, _GET)
)

# A board only ever gains discs, so an equal board is the same turn of the game.
_MOVE = """
    UPDATE game
    SET {moves} active = %(active)s, "activePlayer" = %(active_player)s, winner = %(winner)s,
        board = %(board)s
    WHERE "gameId" = %(game_id)s AND board = %(board_before)s
    RETURNING {returning}
"""

MOVE = Statement(
    _MOVE.format(moves="moves = moves || %(column)s,", returning="moves"),
    _MOVE.format(moves="", returning="NULL"),
)
