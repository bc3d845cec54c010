"""Where the launcher keeps its data, and which address and database it uses."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connect4.conftest import SECONDS, Launch, play_to_a_win
from local_postgres import LocalPostgres
from players.player import Player

if TYPE_CHECKING:
    from pathlib import Path

EVERYWHERE = "0.0.0.0"  # noqa: S104 - for a moment, with an empty database behind it


def test_two_on_different_data_are_fine(launch: Launch, data_dir: Path, tmp_path: Path) -> None:
    one, other = launch("--data", data_dir), launch("--data", tmp_path / "other")
    first = Player.creating(one.started().url)
    assert requests.post(
        f"{other.started().url}/join_game", json={"gameId": first.game_id}, timeout=SECONDS
    ).json() == {"error": "Game not found"}


def test_the_port_can_be_chosen(launch: Launch, data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert launch("--data", data_dir, PORT=str(port)).started().url == f"http://localhost:{port}"


def test_others_in_the_network_can_be_let_in(
    launch: Launch, data_dir: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").touch()
    (site / "config.json").write_text("{}")
    everybody = launch("--data", data_dir, "--host", EVERYWHERE, CLIENT_DIR=str(site)).started()
    assert EVERYWHERE not in everybody.url
    config = requests.get(f"{everybody.url}/config.json", timeout=SECONDS)
    assert config.json() == {"networkUrl": everybody.url}
    alone = launch("--data", tmp_path / "alone", CLIENT_DIR=str(site)).started()
    assert requests.get(f"{alone.url}/config.json", timeout=SECONDS).json() == {}


def test_its_data_are_the_users_if_nothing_else_is_said(launch: Launch, tmp_path: Path) -> None:
    launch().started()
    assert [found.parent.name for found in tmp_path.glob("home/**/postgres")] == ["connect4"]


@pytest.mark.parametrize("name", ["Vier gewinnt %s ♥", "/".join(["d" * 100] * 7)])
def test_its_data_may_be_anywhere(launch: Launch, data_dir: Path, name: str) -> None:
    game = launch("--data", data_dir / name).started()
    assert game.end(signal.SIGINT) == (0, "", "")
    assert (data_dir / name / "postgres").exists()


def test_its_data_may_be_named_from_where_one_stands(
    launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    launch("--data", "here").started()
    assert (tmp_path / "here" / "postgres").exists()


def test_data_of_another_major_version_are_refused_with_the_way_on(
    launch: Launch, data_dir: Path
) -> None:
    with LocalPostgres(data_dir, durable=False):
        pass
    (data_dir / "postgres" / "PG_VERSION").write_text("17\n")
    status, output, errors = launch("--data", data_dir).ended()
    assert (status, output) == (1, "")
    assert errors.startswith(f"connect4: PostgreSQL 17 wrote {data_dir / 'postgres'}; this is ")
    assert errors.index("connect4.pex backup FILE") < errors.index("connect4.pex restore FILE")
    assert errors.count("\n") == 1


def test_a_game_is_backed_up_while_it_runs_and_restored(
    launch: Launch, data_dir: Path, tmp_path: Path
) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    before = first.look()
    file = tmp_path / "games"
    assert launch("backup", file, "--data", data_dir).ended() == (0, "", "")
    assert launch("restore", file, "--data", tmp_path / "new").ended() == (0, "", "")
    again = launch("--data", tmp_path / "new").started()
    assert Player(again.url, first.game_id, first.player_id, 1).look() == before
    refused = launch("restore", file, "--data", tmp_path / "new").ended()
    assert refused == (1, "", f"connect4: already running on this data: {tmp_path / 'new'}\n")


def test_its_own_database_is_no_other_one_whatever_libpq_is_told(
    launch: Launch, data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    services = tmp_path / "home" / ".pg_service.conf"
    services.write_text("[elsewhere]\nhostaddr=127.0.0.1\nport=1\n")
    of_libpq = {
        "PGHOSTADDR": "127.0.0.1",
        "PGOPTIONS": "-c nonsense=1",
        "PGSERVICE": "elsewhere",
        "PGTARGETSESSIONATTRS": "standby",
    }
    game = launch("--data", data_dir, **of_libpq).started()
    first = Player.creating(game.url)
    play_to_a_win(first, Player.joining(game.url, first.game_id))
    assert game.end(signal.SIGINT) == (0, "", "")


def test_another_database_is_the_one_that_libpq_is_told(
    launch: Launch, postgres: LocalPostgres
) -> None:
    told = urlsplit(postgres.create_database("launcher_test_of_libpq"))
    where = parse_qs(told.query)
    game = launch(
        DATABASE_URL="postgresql:///launcher_test_of_libpq",
        PGHOST=where["host"][0],
        PGPORT=where["port"][0],
        PGUSER=told.username or "",
    ).started()
    assert Player.creating(game.url).look()["playerCount"] == 1
    assert game.end(signal.SIGINT) == (0, "", "")
