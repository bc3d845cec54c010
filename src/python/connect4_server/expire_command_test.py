"""`server.pex expire`: its arguments, its one line, and how it stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from server_process import bound, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection as Connection  # noqa: N812

SECONDS = 120
EXPIRE = [sys.executable, "-m", "connect4_server", "expire"]
# The same, with a transaction for each game, so that a test can stop it between two of them.
SLOWLY = """
import sys
from connect4_server import __main__, expiry

expiry._BATCH = 1
sys.exit(__main__.main(["expire"]))
"""
GAMES = """
INSERT INTO game ("gameId", active, "activePlayer", board, created)
SELECT lpad(n::text, 32, '0'), true, 1, repeat('0', 42), now() - %s * interval '1 hour'
FROM generate_series(%s, %s) AS n
"""
PLAYERS = """
INSERT INTO player ("playerId", "gameId", number) SELECT "gameId", "gameId", 1 FROM game
ON CONFLICT DO NOTHING
"""


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        yield connection


def add_games(connection: Connection, first: int, last: int, *, hours: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(GAMES, (hours, first, last))
        cursor.execute(PLAYERS)


def number_of_games(connection: Connection) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM game")
        ((number,),) = cursor.fetchall()
    assert isinstance(number, int)
    return number


def environ(database_url: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DATABASE_URL": database_url}


def run(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*EXPIRE, *arguments],
        env=environ(database_url),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_it_says_in_one_line_what_it_did(database_url: str, connection: Connection) -> None:
    add_games(connection, 1, 1200, hours=25)
    add_games(connection, 1201, 1300, hours=23)
    ended = run(database_url)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("removed 1,200 of 1,300 games in ")
    assert ended.stdout.count("\n") == 1
    assert number_of_games(connection) == 100


@pytest.mark.parametrize("days", ["2", "2d"])
def test_ages_are_days(database_url: str, connection: Connection, days: str) -> None:
    add_games(connection, 1, 2, hours=49)
    add_games(connection, 3, 5, hours=47)
    ended = run(database_url, "--unjoined-after", days)
    assert ended.stdout.startswith("removed 2 of 5 games")


def test_sigterm_stops_it_after_a_batch(database_url: str, connection: Connection) -> None:
    add_games(connection, 1, 5000, hours=25)
    with subprocess.Popen(
        bound([sys.executable, "-c", SLOWLY]),
        env=environ(database_url),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: number_of_games(connection) < 5000)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=SECONDS)
    left = number_of_games(connection)
    assert 0 < left < 5000
    assert said.startswith(f"removed {5000 - left:,} of ")
    assert said.endswith("; stopped before the end\n")
    assert process.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--unjoined-after", "0"], "'0' is not a number of days"),
        (["--untouched-after", "soon"], "'soon' is not a number of days"),
        (["everything"], "unrecognized arguments: everything"),
    ],
)
def test_arguments_that_make_no_sense(arguments: list[str], named: str) -> None:
    ended = run("postgresql:///none", *arguments)
    assert ended.returncode == 2
    assert named in ended.stderr


def test_a_database_that_is_away_is_one_line() -> None:
    ended = run("postgresql://127.0.0.1:1/none")
    assert ended.returncode == 1
    assert ended.stderr.startswith("connect4_server: ")
    assert ended.stderr.count("\n") == 1
