"""A statement like the server's: with a list for many requests, and with values of its own."""

from __future__ import annotations

import pytest
from sqlalchemy import ARRAY, String, any_, bindparam, cast, column, func, select

from measuring.pgbench_words import pgbench_words

GAME = "ARRAY[md5('p' || :game)]"
STATEMENT = select(column("moves"), func.length("100%")).where(
    column("gameId") == any_(cast(bindparam("game_id"), ARRAY(String))),
    column("number") == 2,
)


def test_parameters_become_sql_with_pgbenchs_variables() -> None:
    assert pgbench_words(STATEMENT, game_id=GAME) == (
        "SELECT moves, length('100%') AS length_1 \n"
        f'WHERE "gameId" = ANY (CAST({GAME} AS VARCHAR[])) AND number = 2'
    )


def test_a_parameter_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="game_id"):
        pgbench_words(STATEMENT)
