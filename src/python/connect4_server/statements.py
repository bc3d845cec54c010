"""The SQL of the server, which has to suit the schema before this release's revisions, too.

Servers of two releases work on one database while it is upgraded: docs/migrations.md. What the
release before said is kept in acceptance_tests/releases.py, where a test runs both at once.
"""

from sqlalchemy import text

CREATE = text("""
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
JOIN = text("""
    INSERT INTO player ("playerId", "gameId", number)
    SELECT :player_id, "gameId", 2 FROM game WHERE "gameId" = :game_id
    ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING
""")

EXISTS = text('SELECT FROM game WHERE "gameId" = :game_id')

_GET = """
    SELECT game.active, game."activePlayer", game.winner, game.board, {moves}, game.created,
           player.number,
           (SELECT count(*) FROM player AS seat WHERE seat."gameId" = game."gameId")
    FROM game
    LEFT JOIN player ON player."gameId" = game."gameId" AND player."playerId" = :player_id
    WHERE game."gameId" = :game_id
"""

GET = text(_GET.format(moves="game.moves"))
GET_BEFORE_MOVES = text(_GET.format(moves="NULL AS moves"))

_MOVE = """
    UPDATE game
    SET {moves} active = :active, "activePlayer" = :active_player, winner = :winner, board = :board
    WHERE "gameId" = :game_id AND board = :board_before
"""

MOVE = text(_MOVE.format(moves="moves = :moves,"))
MOVE_BEFORE_MOVES = text(_MOVE.format(moves=""))
