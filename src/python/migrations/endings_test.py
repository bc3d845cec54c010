"""Servers that compare only the board when they write a move do not undo the end of a game."""

from __future__ import annotations

import pytest

from connect4_models import board_codec
from migrations.commands import upgrade
from migrations.conftest import GAMES, game_id, populate, run

GUARDED = "12fb"
MOVE = (
    "UPDATE game SET board = %s, moves = moves || '6', active = true"
    ' WHERE "gameId" = %s AND board = %s RETURNING active'
)


@pytest.fixture
def url(any_database_url: str) -> str:
    """A database with games, at the revision that guards those that have ended."""
    upgrade(any_database_url, "c047b889bc99")
    populate(any_database_url)
    upgrade(any_database_url, GUARDED)
    return any_database_url


def move(url: str, name: str) -> int:
    """How many games that move has changed."""
    board = GAMES[name][3]
    after = board_codec.encode(board_codec.decode(board).play(6))
    return len(run(url, MOVE, after, game_id(name), board))


def test_a_move_in_a_game_that_has_ended_changes_no_row(url: str) -> None:
    assert move(url, "half played") == 1
    run(url, 'UPDATE game SET active = false WHERE "gameId" = %s', game_id("joined"))
    assert move(url, "joined") == 0
    ((board, active),) = run(
        url, 'SELECT board, active FROM game WHERE "gameId" = %s', game_id("joined")
    )
    assert (board, active) == (GAMES["joined"][3], False)


def test_what_is_no_move_may_change_a_game_that_has_ended(url: str) -> None:
    changed = run(
        url, 'UPDATE game SET winner = 1 WHERE "gameId" = %s RETURNING winner', game_id("drawn")
    )
    assert changed == [(1,)]
