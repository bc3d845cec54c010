"""The whole game in one command: it starts, is played, and is stopped."""

from __future__ import annotations

import re
import signal
import socket
from typing import TYPE_CHECKING

import psycopg2
import pytest
import requests

from connect4.conftest import SECONDS, Launch, play_to_a_win, socket_dir
from players.player import Player

if TYPE_CHECKING:
    from pathlib import Path

    from local_postgres import LocalPostgres


def test_it_is_played_and_then_stopped(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    play_to_a_win(first, Player.joining(game.url, first.game_id))
    assert game.end(signal.SIGTERM) == (0, "", "")
    assert not socket_dir(data_dir).exists()
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


def test_a_game_outlasts_a_restart(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    before = first.look()
    game.end(signal.SIGINT)
    again = launch("--data", data_dir).started()
    same = Player(again.url, first.game_id, first.player_id, 1)
    assert same.look() == before
    play_to_a_win(same, Player.joining(again.url, first.game_id))


def test_a_second_start_on_the_same_data_says_so(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    port = game.url.rpartition(":")[2]
    for arguments in ((), ("--port", port)):
        second = launch("--data", data_dir, *arguments)
        assert second.ended() == (1, "", f"connect4: already running on this data: {data_dir}\n")
    assert requests.get(f"{game.url}/status", timeout=SECONDS).ok


def test_a_taken_port_says_so_before_anything_is_started(launch: Launch, data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        message = f"connect4: port {port} on 127.0.0.1 is taken: choose another one with --port\n"
        assert launch("--data", data_dir, "--port", port).ended() == (1, "", message)
    assert not data_dir.exists()


def test_data_that_cannot_be_there_are_named(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, output, errors = launch("--data", tmp_path / "file" / "data").ended()
    assert (status, output) == (1, "")
    assert errors == f"connect4: Not a directory: {tmp_path / 'file' / 'data'}\n"


def test_it_uses_another_database_if_told(
    launch: Launch, postgres: LocalPostgres, tmp_path: Path
) -> None:
    database_url = postgres.create_database("launcher_test")
    game = launch(DATABASE_URL=database_url).started()
    first = Player.creating(game.url)
    play_to_a_win(first, Player.joining(game.url, first.game_id))
    connection = psycopg2.connect(database_url)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "gameId" FROM game')
        assert cursor.fetchall() == [(first.game_id,)]
    connection.close()
    assert game.end(signal.SIGINT) == (0, "", "")
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("environ", "status", "named"),
    [
        ({"DATABASE_URL": "postgresql://c4:secret@127.0.0.1:1/none"}, 1, "127.0.0.1"),
        ({"DATABASE_URL": "mysql://127.0.0.1/none"}, 2, "DATABASE_URL"),
        ({"DEBUG": "perhaps"}, 2, "DEBUG"),
        ({"PORT": "perhaps"}, 2, "--port"),
    ],
)
def test_what_is_wrong_in_the_environment_is_told_in_one_line(
    launch: Launch, environ: dict[str, str], status: int, named: str, tmp_path: Path
) -> None:
    found, output, errors = launch(**environ).ended()
    assert (found, output) == (status, "")
    assert re.fullmatch(rf"connect4: .*{re.escape(named)}.*\n", errors)
    assert "secret" not in errors
    assert not (tmp_path / "home").exists()
