"""How games that are older than the column `moves` get theirs, and what older servers do to it."""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest

from connect4_models import board_codec
from connect4_models.rules import Position, position_after
from migrations.commands import downgrade, upgrade
from migrations.conftest import GAMES, game_id, populate, run
from server_process import wait_until

BEFORE = "418a443a1c97"
EXPAND = "a08c"
BACKFILL = "e9b6"
VALIDATED = "6eef"
CONTRACT = "d0a5"


def moves(url: str, name: str) -> str | None:
    ((found,),) = run(url, 'SELECT moves FROM game WHERE "gameId" = %s', game_id(name))
    assert found is None or isinstance(found, str)
    return found


def write_board(url: str, name: str, board: str) -> None:
    """As an older server does it, which does not know the column `moves`."""
    run(url, 'UPDATE game SET board = %s WHERE "gameId" = %s', board, game_id(name))


@pytest.fixture
def url(any_database_url: str) -> str:
    """A database with games of an older server."""
    upgrade(any_database_url, BEFORE)
    populate(any_database_url)
    return any_database_url


def test_games_from_before_have_as_many_unknown_moves_as_discs(url: str) -> None:
    upgrade(url)
    for name, (_, _, _, board, _) in GAMES.items():
        assert moves(url, name) == "?" * board_codec.discs(board)


@pytest.mark.parametrize("revision", [EXPAND, BACKFILL, VALIDATED])
def test_a_server_from_before_has_its_moves_recorded(url: str, revision: str) -> None:
    upgrade(url, revision)
    position = Position()
    for ply, column in enumerate((3, 3, 0, 6)):
        position = position.play(column)
        write_board(url, "joined", board_codec.encode(position))
        assert moves(url, "joined") == "3306"[: ply + 1]
    board = GAMES["half played"][3]
    write_board(url, "half played", board_codec.encode(board_codec.decode(board).play(6)))
    assert moves(url, "half played") == "???6"
    write_board(url, "full but for one", GAMES["full but for one"][3][:-1] + "2")
    assert moves(url, "full but for one") == "?" * 41 + "6"


@pytest.mark.parametrize("revision", [VALIDATED, CONTRACT])
def test_a_server_that_records_its_moves_is_left_alone(url: str, revision: str) -> None:
    upgrade(url, revision)
    run(
        url,
        'UPDATE game SET board = %s, moves = %s WHERE "gameId" = %s',
        board_codec.encode(position_after([3])),
        "3",
        game_id("joined"),
    )
    assert moves(url, "joined") == "3"


def test_after_the_contract_step_the_moves_of_a_server_from_before_fail(url: str) -> None:
    """They would be lost otherwise. After a downgrade it goes on in the same game."""
    upgrade(url, CONTRACT)
    after = board_codec.encode(position_after([3]))
    with pytest.raises(psycopg2.errors.CheckViolation):
        write_board(url, "joined", after)
    assert moves(url, "joined") == ""
    downgrade(url, VALIDATED)
    write_board(url, "joined", after)
    assert moves(url, "joined") == "3"


def test_an_update_that_is_no_move_leaves_unknown_ones(url: str) -> None:
    upgrade(url, VALIDATED)
    write_board(url, "won", "0" * 42)
    assert moves(url, "won") == ""
    write_board(url, "won", GAMES["won"][3])
    assert moves(url, "won") == "?" * 7


def test_a_game_has_as_many_moves_as_discs_or_is_refused(url: str) -> None:
    upgrade(url)
    for wrong in ("3", "333", None):
        with pytest.raises((psycopg2.errors.CheckViolation, psycopg2.errors.NotNullViolation)):
            run(url, 'UPDATE game SET moves = %s WHERE "gameId" = %s', wrong, game_id("won"))


def test_the_backfill_goes_on_where_it_was_interrupted(url: str) -> None:
    upgrade(url, EXPAND)
    run(url, 'UPDATE game SET moves = %s WHERE "gameId" = %s', "?" * 7, game_id("won"))
    upgrade(url, BACKFILL)
    downgrade(url, EXPAND)
    upgrade(url)
    for name, (_, _, _, board, _) in GAMES.items():
        assert moves(url, name) == "?" * board_codec.discs(board)


def test_a_batch_of_the_backfill_does_not_scan_the_whole_table(url: str) -> None:
    """If it did, the time of the backfill would grow with the square of the number of games."""
    run(
        url,
        'INSERT INTO game ("gameId", active, "activePlayer", board)'
        " SELECT md5(number::text), true, 1, repeat('0', 42)"
        " FROM generate_series(1, 20000) AS number",
    )
    statistics = "SELECT n_tup_upd, seq_scan FROM pg_stat_user_tables WHERE relname = 'game'"
    upgrade(url, BACKFILL)
    # Both are counted at the end of the same session, which may be a little later.
    wait_until(lambda: run(url, statistics)[0][0] == len(GAMES) + 20000)
    assert run(url, statistics)[0][1] < 10, "of some 20 batches"


def test_the_backfill_waits_for_a_player_and_not_the_player_for_it(url: str) -> None:
    """A move that is under way when the backfill comes by counts, and is recorded."""
    upgrade(url, EXPAND)
    said: list[str] = []
    with closing(psycopg2.connect(url)) as player, player.cursor() as cursor:
        board = GAMES["half played"][3]
        after = board_codec.encode(board_codec.decode(board).play(6))
        cursor.execute(
            'UPDATE game SET board = %s WHERE "gameId" = %s', [after, game_id("half played")]
        )

        def report(line: str) -> None:
            said.append(line)
            if "trying again" in line:
                player.commit()

        upgrade(url, report=report)
    assert any("lock timeout; trying again" in line for line in said)
    assert moves(url, "half played") == "???6"


def test_without_the_revisions_the_games_are_as_before(url: str) -> None:
    upgrade(url)
    downgrade(url, BEFORE)
    boards = run(url, 'SELECT "gameId", board FROM game')
    assert sorted(boards) == sorted((game_id(name), game[3]) for name, game in GAMES.items())
