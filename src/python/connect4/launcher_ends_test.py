"""However the launcher or one of its processes ends, nothing is lost and nothing is left behind."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from connect4.conftest import Launch, socket_dir
from players.player import Player
from server_process import wait_until, wait_until_ended

if TYPE_CHECKING:
    from pathlib import Path


def postmaster(data_dir: Path) -> psutil.Process:
    pid_file = data_dir / "postgres" / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().partition("\n")[0]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_every_signal_of_a_terminal_stops_it(
    launch: Launch, data_dir: Path, number: signal.Signals
) -> None:
    game = launch("--data", data_dir).started()
    assert game.end(number) == (0, "", "")
    assert not socket_dir(data_dir).exists()
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


def test_ctrl_c_reaches_every_process_of_a_terminal(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    tree = game.tree()
    os.killpg(game.process.pid, signal.SIGINT)
    os.killpg(game.process.pid, signal.SIGINT)
    assert game.ended() == (0, "", "")
    wait_until_ended(tree)


def test_killing_it_loses_nothing_and_leaves_nothing(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    second = Player.joining(game.url, first.game_id)
    before = first.drop(6)
    left_behind = socket_dir(data_dir)
    tree = game.tree()
    game.process.kill()
    # At once, while what the other had started is still ending.
    again = launch("--data", data_dir).started()
    assert Player(again.url, first.game_id, first.player_id, 1).look() == before
    assert Player(again.url, second.game_id, second.player_id, 2).drop(6)["board"][6][:2] == [1, 2]
    wait_until_ended(tree)
    assert not left_behind.exists()
    assert again.end(signal.SIGINT) == (0, "", "")


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("lock", signal.SIGTERM),
        ("postgres.unfinished-*/postgres/base", signal.SIGINT),
        ("postgres.unfinished-*/postgres/base", signal.SIGTERM),
        ("postgres", signal.SIGINT),
        ("postgres/postmaster.pid", signal.SIGHUP),
        ("postgres/postmaster.pid", signal.SIGINT),
    ],
)
def test_it_can_be_stopped_at_any_moment_of_its_first_start(
    launch: Launch, data_dir: Path, moment: str, number: signal.Signals
) -> None:
    game = launch("--data", data_dir)
    wait_until(lambda: list(data_dir.glob(moment)))
    assert game.end(number) == (0, "", "")
    assert not list(data_dir.glob("*unfinished*"))
    assert not (data_dir / "postgres" / "postmaster.pid").exists()
    assert launch("--data", data_dir).started().end(signal.SIGINT)[0] == 0


def test_it_ends_if_its_postgresql_does(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    tree = game.tree()
    postmaster(data_dir).kill()
    message = f"connect4: PostgreSQL ended unexpectedly; see {data_dir / 'postgres.log'}\n"
    assert game.ended() == (1, "", message)
    wait_until_ended(tree)
    assert launch("--data", data_dir).started().end(signal.SIGINT) == (0, "", "")


def test_it_outlasts_the_end_of_a_worker(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    database = postmaster(data_dir)
    workers = [child for child in psutil.Process(game.process.pid).children() if child != database]
    assert len(workers) == 1
    for worker in workers:
        worker.terminate()
    wait_until_ended(workers)
    assert first.look()["playerCount"] == 1
    assert database.is_running()
