"""Many games that have been played, of two players each, and how much room they need."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
from psycopg2.extras import execute_values

from connect4_models import board_codec
from connect4_models.rules import Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# For the time of the filling: with the defaults it takes several times as long, most of it for
# the index that is not filled in its order.
FILLING = {
    "checkpoint_timeout": "1h",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "shared_buffers": "2GB",
}
NOT_FILLING: Mapping[str, str] = dict.fromkeys(FILLING, "")

# Measured: of tables and indexes, and for a while of the WAL and of what is being sorted.
BYTES_A_GAME = 1_000
BYTES_BESIDE = 1_000_000_000

_DIFFERENT = 1000


def add_finished_games(database_url: str, games: int) -> None:
    """Games of a thousand different courses, with players, ids as random as real ones."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET work_mem = '512MB'")
        # Every player's game is there: to look for 20 million of them takes minutes.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMPORARY TABLE course"
            " (id integer PRIMARY KEY, winner integer, active_player integer, board text,"
            " moves text)"
        )
        execute_values(cursor, "INSERT INTO course VALUES %s", list(_courses(_DIFFERENT, seed=4)))
        # In the order of an index, which is then filled without jumping about in it.
        cursor.execute(
            'INSERT INTO game ("gameId", active, winner, "activePlayer", board, moves)'
            " SELECT md5('finished' || number) AS id, false, winner, active_player, board, moves"
            " FROM generate_series(1, %s) AS number"
            " JOIN course ON course.id = number %% %s ORDER BY id",
            [games, _DIFFERENT],
        )
        cursor.execute(
            'INSERT INTO player ("playerId", "gameId", number)'
            " SELECT md5(seat || 'finished' || number) AS id, md5('finished' || number), seat"
            " FROM generate_series(1, %s) AS number, generate_series(1, 2) AS seat ORDER BY id",
            [games],
        )


def _courses(number: int, seed: int) -> Iterator[tuple[int, int | None, int, str, str]]:
    """Random games to their end, as rows of what is stored of them."""
    chance = random.Random(seed)  # noqa: S311
    for course in range(number):
        position, moves = Position(), ""
        while not position.is_over:
            column = chance.choice(position.legal_columns)
            position = position.play(column)
            moves += str(column)
        board = board_codec.encode(position)
        yield course, position.winner, position.player_to_move, board, moves
