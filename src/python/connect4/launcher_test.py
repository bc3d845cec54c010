"""The whole game in one command: it starts, is played, and ends, whatever happens to it."""

import os
import re
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg2
import pytest
import requests

from local_postgres import LocalPostgres
from players.player import Player
from server_process import bound, wait_until, wait_until_ended

SECONDS = 120

EVERYWHERE = "0.0.0.0"  # noqa: S104 - for a moment, with an empty database behind it

RUNNING = re.compile(r"Connect 4 is running: open (http://\S+:\d+) \(Ctrl-C stops it\)\n")


class Launcher:
    """`python -m connect4` in a session of its own, as in a terminal of its own."""

    def __init__(self, *arguments: object, **environ: str) -> None:
        ours = {"PYTHONPATH": os.pathsep.join(sys.path), "PORT": "0"}
        self.process = subprocess.Popen(
            bound([sys.executable, "-m", "connect4", *map(str, arguments)]),
            env={**os.environ, **ours, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.url = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGINT)

    def started(self) -> Self:
        """Waits for the one line, and for what it says to be true."""
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            assert selector.select(SECONDS)
        line = self.process.stdout.readline()
        said = RUNNING.fullmatch(line)
        assert said, line or self.process.communicate()
        self.url = said[1]
        assert requests.get(f"{self.url}/status", timeout=SECONDS).text == "Running"
        return self

    def tree(self) -> list[psutil.Process]:
        """Everything that it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def ended(self) -> tuple[int, str, str]:
        """Waits for its end: the status, and what else it said to stdout and stderr."""
        output, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, output, errors

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        """Sends a signal and waits for the end of everything it has started."""
        tree = self.tree()
        self.process.send_signal(number)
        result = self.ended()
        wait_until_ended(tree)
        return result


Launch = Callable[..., Launcher]


@pytest.fixture(autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    """Heeds what nohup and a script's background ignore, since children inherit that."""
    ignored = [
        number
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) == signal.SIG_IGN
    ]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def launch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Launch]:
    """Starts the launcher with arguments, and with variables of the environment."""
    for name in ("HOST", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "share"))
    with ExitStack() as launched:
        yield lambda *arguments, **environ: launched.enter_context(Launcher(*arguments, **environ))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def postmaster(data_dir: Path) -> psutil.Process:
    pid_file = data_dir / "postgres" / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().partition("\n")[0]))


def socket_dir(data_dir: Path) -> Path:
    """Where the launcher noted that the socket of its PostgreSQL is."""
    return Path((data_dir / "lock").read_text())


def play_to_a_win(first: Player, second: Player) -> None:
    for _ in range(3):
        first.drop(2)
        second.drop(4)
    assert first.drop(2)["winner"] == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_is_played_and_then_stopped(
    launch: Launch, data_dir: Path, number: signal.Signals
) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    play_to_a_win(first, Player.joining(game.url, first.game_id))
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


def test_a_game_outlasts_a_restart(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    first = Player.creating(game.url)
    before = first.look()
    game.end(signal.SIGINT)
    again = launch("--data", data_dir).started()
    same = Player(again.url, first.game_id, first.player_id, 1)
    assert same.look() == before
    play_to_a_win(same, Player.joining(again.url, first.game_id))


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


def test_a_second_start_on_the_same_data_says_so(launch: Launch, data_dir: Path) -> None:
    game = launch("--data", data_dir).started()
    port = game.url.rpartition(":")[2]
    for arguments in ((), ("--port", port)):
        second = launch("--data", data_dir, *arguments)
        assert second.ended() == (1, "", f"connect4: already running on this data: {data_dir}\n")
    assert requests.get(f"{game.url}/status", timeout=SECONDS).ok


def test_two_on_different_data_are_fine(launch: Launch, data_dir: Path, tmp_path: Path) -> None:
    one, other = launch("--data", data_dir), launch("--data", tmp_path / "other")
    first = Player.creating(one.started().url)
    assert requests.post(
        f"{other.started().url}/join_game", json={"gameId": first.game_id}, timeout=SECONDS
    ).json() == {"error": "Game not found"}


def test_a_taken_port_says_so_before_anything_is_started(launch: Launch, data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        message = f"connect4: port {port} on 127.0.0.1 is taken: choose another one with --port\n"
        assert launch("--data", data_dir, "--port", port).ended() == (1, "", message)
    assert not data_dir.exists()


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


def test_data_that_cannot_be_there_are_named(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, output, errors = launch("--data", tmp_path / "file" / "data").ended()
    assert (status, output) == (1, "")
    assert errors == f"connect4: Not a directory: {tmp_path / 'file' / 'data'}\n"


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
