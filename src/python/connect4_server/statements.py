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


# Each takes lists, an item a request: batches.py. What it returns begins with the request's key.

CREATE = Statement("""
    WITH asked AS (
        SELECT * FROM unnest(%(game_id)s::text[], %(player_id)s::text[], %(board)s::text[])
            AS asked (game_id, player_id, board)
    ), new_game AS (
        INSERT INTO game ("gameId", active, "activePlayer", board)
        SELECT game_id, true, 1, board FROM asked
        RETURNING "gameId", created
    ), creator AS (
        INSERT INTO player ("playerId", "gameId", number)
        SELECT player_id, game_id, 1 FROM asked
    )
    SELECT "gameId", created FROM new_game
""")

_COLUMNS = """
    game."gameId", game.active, game."activePlayer", game.winner, game.board, {moves},
    game.created,
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 1),
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 2)
"""

# Of many at once a constraint lets one in; a game that does not exist gets no row either. The seats
# are those from before the statement. In order, so that servers do not wait for each other.
_JOIN = """
    WITH asked AS (
        SELECT * FROM unnest(%(game_id)s::text[], %(player_id)s::text[])
            AS asked (game_id, player_id)
    ), joined AS (
        INSERT INTO player ("playerId", "gameId", number)
        SELECT player_id, "gameId", 2 FROM asked JOIN game ON "gameId" = game_id ORDER BY game_id
        ON CONFLICT DO NOTHING
        RETURNING "playerId"
    )
    SELECT asked.player_id, asked.player_id IN (SELECT "playerId" FROM joined), {columns}
    FROM asked JOIN game ON game."gameId" = asked.game_id
"""

# Without a player's secret: what is not said cannot be logged.
_GET = 'SELECT game."gameId", {columns} FROM game WHERE "gameId" = ANY (%(game_id)s::text[])'

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
    SET {moves} active = made.active, "activePlayer" = made.active_player, winner = made.winner,
        board = made.board
    FROM unnest(
        %(game_id)s::text[], %(board_before)s::text[], %(column)s::text[], %(board)s::text[],
        %(active)s::boolean[], %(active_player)s::integer[], %(winner)s::integer[]
    ) AS made (game_id, board_before, played, board, active, active_player, winner)
    WHERE game."gameId" = made.game_id AND game.board = made.board_before
    RETURNING game."gameId", {returning}
"""

MOVE = Statement(
    _MOVE.format(moves="moves = game.moves || made.played,", returning="game.moves"),
    _MOVE.format(moves="", returning="NULL"),
)
