"""What servers in the field say to the database: the SQL of the releases before this one.

When a release is made, what `connect4_server/statements.py` says in it takes the place of
PREVIOUS, with the head of its revisions. COURSE is the original server, which goes on for as long
as somebody runs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import psycopg2

from connect4_models import board_codec
from connect4_server.tokens import new_token

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812


@dataclass(frozen=True)
class Release:
    """A server's SQL, and the newest revision that it knows of."""

    head: str
    create: tuple[str, ...]
    join: tuple[str, ...]
    get: str
    move: str


COURSE = Release(
    head="c047b889bc99",
    create=(
        'INSERT INTO game ("gameId", active, winner, "activePlayer", board)'
        " VALUES (%(game_id)s, true, NULL, 1, %(board)s)",
        'INSERT INTO player ("playerId", "gameId", number) VALUES (%(player_id)s, %(game_id)s, 1)',
    ),
    join=(
        'SELECT count(*) FROM player WHERE player."gameId" = %(game_id)s',
        'INSERT INTO player ("playerId", "gameId", number) VALUES (%(player_id)s, %(game_id)s, 2)',
    ),
    get='SELECT active, winner, "activePlayer", board FROM game WHERE game."gameId" = %(game_id)s',
    move="UPDATE game SET active = %(active)s, winner = %(winner)s,"
    ' "activePlayer" = %(active_player)s, board = %(board)s WHERE game."gameId" = %(game_id)s',
)

PREVIOUS = Release(
    head="418a443a1c97",
    create=(
        'WITH new_game AS (INSERT INTO game ("gameId", active, "activePlayer", board)'
        ' VALUES (%(game_id)s, true, 1, %(board)s) RETURNING "gameId", created),'
        ' creator AS (INSERT INTO player ("playerId", "gameId", number)'
        ' SELECT %(player_id)s, "gameId", 1 FROM new_game)'
        " SELECT created FROM new_game",
    ),
    join=(
        'INSERT INTO player ("playerId", "gameId", number)'
        ' SELECT %(player_id)s, "gameId", 2 FROM game WHERE "gameId" = %(game_id)s'
        " ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING",
    ),
    get='SELECT game.active, game.winner, game."activePlayer", game.board, game.created,'
    ' player.number, (SELECT count(*) FROM player AS seat WHERE seat."gameId" = game."gameId")'
    ' FROM game LEFT JOIN player ON player."gameId" = game."gameId"'
    ' AND player."playerId" = %(player_id)s WHERE game."gameId" = %(game_id)s',
    move='UPDATE game SET active = %(active)s, "activePlayer" = %(active_player)s,'
    " winner = %(winner)s, board = %(board)s"
    ' WHERE "gameId" = %(game_id)s AND board = %(board_before)s',
)


class OldServer:
    """Plays on a database with the SQL of a release, on one connection; every call commits."""

    def __init__(self, release: Release, database_url: str) -> None:
        self._release = release
        self._connection = psycopg2.connect(database_url, application_name="old server")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def create(self) -> tuple[str, str]:
        """The ids of a new game and of its creator."""
        game_id, player_id = new_token(), new_token()
        seat = {"game_id": game_id, "player_id": player_id, "board": board_codec.EMPTY}
        with self._connection, self._connection.cursor() as cursor:
            for statement in self._release.create:
                cursor.execute(statement, seat)
        return game_id, player_id

    def join(self, game_id: str) -> str:
        """The id of the game's second player."""
        player_id = new_token()
        with self._connection, self._connection.cursor() as cursor:
            for statement in self._release.join:
                cursor.execute(statement, {"game_id": game_id, "player_id": player_id})
        return player_id

    def board(self, game_id: str, player_id: str) -> str:
        """The game's board."""
        with self._connection, self._connection.cursor() as cursor:
            return self._read(cursor, game_id, player_id)

    def move(self, game_id: str, player_id: str, column: int) -> None:
        """Drops a disc; whose turn it is is the caller's business."""
        with self._connection, self._connection.cursor() as cursor:
            before = self._read(cursor, game_id, player_id)
            after = board_codec.decode(before).play(column)
            move: dict[str, Any] = {
                "game_id": game_id,
                "active": not after.is_over,
                "winner": after.winner,
                "active_player": after.player_to_move,
                "board": board_codec.encode(after),
                "board_before": before,
            }
            cursor.execute(self._release.move, move)
            assert cursor.rowcount == 1

    def _read(self, cursor: Cursor, game_id: str, player_id: str) -> str:
        cursor.execute(self._release.get, {"game_id": game_id, "player_id": player_id})
        row = cursor.fetchone()
        assert row is not None
        board: str = row[3]
        return board
