"""Corrupt rows, such as somebody may have written by hand."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_models.rules import COLUMNS, ROWS
from connect4_server.conftest import Api
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Json
    from local_postgres import LocalPostgres

# Player 1 has four at the bottom of the first columns, and player 2 three above them.
WON = "120000" * 3 + "100000" + "000000" * 3
IN_THE_AIR = "010000" + "000000" * (COLUMNS - 1)


class Rows:
    """A database, and a server on it."""

    def __init__(self, url: str, server: ServerProcess) -> None:
        self._url = url
        self.server = server
        self.api = Api(server.url)

    def execute(self, statement: str, *values: object) -> None:
        with closing(psycopg2.connect(self._url)) as connection, connection:
            connection.cursor().execute(statement, values)

    def game(self, board: str) -> tuple[Json, Json]:
        """Both seats of a game that is still active, with player 2 to move, on that board."""
        seats = self.api.play(0)
        moves = "0" * (COLUMNS * ROWS - board.count("0"))
        self.execute(
            'UPDATE game SET board = %s, moves = %s WHERE "gameId" = %s',
            board,
            moves,
            seats[0]["gameId"],
        )
        return seats


@pytest.fixture(scope="module")
def rows(postgres: LocalPostgres, migrated_template: str) -> Iterator[Rows]:
    url = postgres.create_database("impossible_rows", template=migrated_template)
    with ServerProcess({"DATABASE_URL": url}) as server:
        yield Rows(url, server)


def test_an_active_game_with_a_won_board(rows: Rows) -> None:
    _, second = rows.game(WON)
    for column in range(COLUMNS):
        answer = rows.api.try_move(second, column)
        assert (answer.status_code, answer.json()) == (403, {"error": "Game is over"})
    assert rows.server.output() == ""


def test_a_floating_disc(rows: Rows) -> None:
    before = rows.server.output()
    _, second = rows.game(IN_THE_AIR)
    answer = rows.api.try_move(second, 1)
    assert (answer.status_code, answer.json()) == (500, {"error": "The server made a mistake"})
    [line] = rows.server.output().removeprefix(before).splitlines()
    assert "a row that no game leads to: " in line
    assert second["gameId"] in line
    assert line.endswith(answer.headers["X-Request-Id"])
    assert second["playerId"] not in line


def test_fewer_moves_than_discs_are_refused_by_the_database(rows: Rows) -> None:
    first, _ = rows.api.play(0, 1)
    with pytest.raises(psycopg2.errors.CheckViolation):
        rows.execute("UPDATE game SET moves = '0' WHERE \"gameId\" = %s", first["gameId"])
