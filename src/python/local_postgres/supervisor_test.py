"""A PostgreSQL that starts, keeps what it is given, and ends with us, however we end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest

from local_postgres import LocalPostgres, LocalPostgresError
from server_process import bound, wait_until, wait_until_ended

SECONDS = 120

# A program of one's own that runs PostgreSQL, forks like a web server, and waits to be ended.
HOLDER = """
import os, signal, sys, time
from pathlib import Path
from local_postgres import LocalPostgres

with LocalPostgres(Path(sys.argv[1])) as postgres:
    child = os.fork()
    if child == 0 and sys.argv[2] == "leave":
        sys.exit()
    if child == 0:
        signal.pause()
    if sys.argv[2] == "leave":
        os.waitpid(child, 0)
    print(child, postgres.url(), flush=True)
    signal.pause()
"""


class Holder:
    """That program, running."""

    def __init__(self, data_dir: Path, child: str) -> None:
        self.process = subprocess.Popen(
            bound([sys.executable, "-c", HOLDER, data_dir, child]),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        pid, self.url = self.process.stdout.readline().split()
        self.child = int(pid)

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.wait(SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def holder(data_dir: Path) -> Iterator[Holder]:
    held = Holder(data_dir, child="stay")
    yield held
    if held.process.poll() is None:
        held.end(signal.SIGINT)
    os.kill(held.child, signal.SIGKILL)


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """The rows of a statement that is committed at once."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def postmaster(data_dir: Path) -> psutil.Process:
    pid_file = data_dir / "postgres" / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().partition("\n")[0]))


def socket_dir(url: str) -> Path:
    return Path(url.partition("host=")[2].partition("&")[0])


def test_it_is_the_same_on_every_machine(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LC_ALL": "tlh_KX", "PGPORT": "1", "PGHOST": "/", "PGDATA": "/"}.items():
        monkeypatch.setenv(name, value)
    with LocalPostgres(data_dir, durable=False) as postgres:
        about = "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database"
        (row,) = query(postgres.url(), f"{about} WHERE datname = 'connect4'")
        assert row == ("UTF8", "b", "C.UTF-8")


# What leads a connection elsewhere, or stops it, unless the URL says otherwise or libpq is deaf.
OF_LIBPQ = {
    "PGCHANNELBINDING": "require",
    "PGDATABASE": "elsewhere",
    "PGHOSTADDR": "127.0.0.1",
    "PGOPTIONS": "-c no.such=1 -c nonsense=1",
    "PGREQUIREAUTH": "scram-sha-256",
    "PGSERVICE": "elsewhere",
    "PGSSLMODE": "nonsense",
    "PGTARGETSESSIONATTRS": "standby",
    "PGUSER": "nobody",
}


@pytest.mark.parametrize("name", OF_LIBPQ)
def test_no_variable_of_libpqs_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    services = tmp_path / ".pg_service.conf"
    services.write_text("[elsewhere]\nhostaddr=127.0.0.1\nport=1\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(name, OF_LIBPQ[name])
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        ask = "import psycopg2, sys; print(psycopg2.connect(sys.argv[1]).info.dbname)"
        child = [sys.executable, "-c", ask, postgres.url()]
        assert subprocess.check_output(child, text=True) == "connect4\n"
        assert query(postgres.url(), "SELECT current_user") == [("connect4_owner",)]


def test_it_listens_on_a_private_socket_only(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False) as postgres:
        folder = str(socket_dir(postgres.url()))
        assert query(postgres.admin_url(), "SHOW listen_addresses") == [("",)]
        assert query(postgres.admin_url(), "SHOW unix_socket_directories") == [(folder,)]
        assert socket_dir(postgres.url()).stat().st_mode & 0o777 == 0o700


def test_a_commit_is_on_the_disk_unless_the_data_are_throwaway(tmp_path: Path) -> None:
    for durable, setting in ((True, "on"), (False, "off")):
        with LocalPostgres(tmp_path / setting, durable=durable) as postgres:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                assert query(postgres.url(), f"SHOW {name}") == [(setting,)]


def test_leaving_stops_it_and_keeps_the_data(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False) as postgres:
        query(postgres.url(), "CREATE TABLE kept AS SELECT 42 AS answer")
        process = postmaster(data_dir)
        sockets = socket_dir(postgres.url())
    wait_until_ended([process], seconds=0)
    assert not sockets.exists()
    with LocalPostgres(data_dir, durable=False) as postgres:
        assert query(postgres.url(), "SELECT answer FROM kept") == [(42,)]


def test_an_open_transaction_does_not_hold_it_up(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False) as postgres:
        connection = psycopg2.connect(postgres.url())
        connection.cursor().execute("CREATE TABLE unfinished ()")
        started = time.monotonic()
    # After 30 it would have been ended without ceremony.
    assert time.monotonic() - started < 25
    connection.close()


def test_it_can_be_stopped_and_started_within(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False) as postgres:
        url = postgres.url()
        postgres.stop()
        with pytest.raises(psycopg2.OperationalError):
            query(url, "SELECT 1")
        postgres.start()
        assert postgres.url() == url
        assert query(url, "SELECT 1") == [(1,)]


def test_it_has_no_url_outside(data_dir: Path) -> None:
    postgres = LocalPostgres(data_dir, durable=False)
    with pytest.raises(LocalPostgresError, match="does not run"):
        postgres.url()
    with pytest.raises(LocalPostgresError, match="only within"):
        postgres.start()
    assert not data_dir.exists()


def test_a_database_is_made_empty_or_as_a_copy(postgres: LocalPostgres) -> None:
    original = postgres.create_database('an "original"/ü?')
    query(original, "CREATE TABLE copied AS SELECT 42 AS answer")
    copy = postgres.create_database("a copy", template='an "original"/ü?')
    assert query(copy, "SELECT answer FROM copied") == [(42,)]
    empty = postgres.create_database("empty")
    assert query(empty, "SELECT to_regclass('copied')") == [(None,)]


def test_a_database_that_cannot_be_made_is_named_in_one_line(postgres: LocalPostgres) -> None:
    with pytest.raises(LocalPostgresError, match=r'"absent" does not exist$'):
        postgres.create_database("copy of nothing", template="absent")


def test_a_second_one_on_the_same_data_is_refused(holder: Holder, data_dir: Path) -> None:
    second = LocalPostgres(data_dir, durable=False)
    with pytest.raises(LocalPostgresError, match=f"already running on this data: {data_dir}$"):
        second.__enter__()
    assert query(holder.url, "SELECT 1") == [(1,)]


def test_that_is_found_out_without_changing_anything(holder: Holder, data_dir: Path) -> None:
    with pytest.raises(LocalPostgresError, match=f"already running on this data: {data_dir}$"):
        LocalPostgres(data_dir).refuse_if_running()
    absent = data_dir.parent / "absent"
    LocalPostgres(absent).refuse_if_running()
    assert not absent.exists()
    holder.end(signal.SIGINT)
    LocalPostgres(data_dir).refuse_if_running()


def test_two_on_different_data_are_fine(holder: Holder, tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "other", durable=False) as postgres:
        assert query(postgres.url(), "SELECT 1") == query(holder.url, "SELECT 1")


def test_killing_its_starter_ends_it_and_loses_nothing(holder: Holder, data_dir: Path) -> None:
    query(holder.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    process = postmaster(data_dir)
    holder.end(signal.SIGKILL)
    # At once, with PostgreSQL still shutting down and a forked child alive.
    with LocalPostgres(data_dir, durable=False) as postgres:
        wait_until_ended([process])
        assert query(postgres.url(), "SELECT answer FROM kept") == [(42,)]
    assert not socket_dir(holder.url).exists()


def test_killing_everything_loses_nothing(holder: Holder, data_dir: Path) -> None:
    query(holder.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    postmaster(data_dir).kill()
    holder.end(signal.SIGKILL)
    with LocalPostgres(data_dir, durable=False) as postgres:
        assert query(postgres.url(), "SELECT answer FROM kept") == [(42,)]
    assert not socket_dir(holder.url).exists()


def test_a_forked_child_that_leaves_stops_nothing(data_dir: Path) -> None:
    holder = Holder(data_dir, child="leave")
    assert query(holder.url, "SELECT 1") == [(1,)]
    with pytest.raises(LocalPostgresError, match="already running"):
        LocalPostgres(data_dir).__enter__()
    holder.end(signal.SIGINT)
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_first_start_leaves_nothing_in_the_way(
    data_dir: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        bound([sys.executable, "-c", HOLDER, data_dir, "stay"]),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: list(data_dir.glob("postgres.unfinished-*/postgres/base")))
    initdb = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    output, _ = process.communicate(timeout=SECONDS)
    assert output == b""
    wait_until_ended(initdb)
    if number == signal.SIGINT:
        assert [entry.name for entry in data_dir.iterdir()] == ["lock"]
    with LocalPostgres(data_dir, durable=False) as postgres:
        assert query(postgres.url(), "SELECT 1") == [(1,)]
    assert not list(data_dir.glob("*unfinished*"))


def test_its_unexpected_end_is_told(data_dir: Path) -> None:
    ended = threading.Event()
    with LocalPostgres(data_dir, durable=False, on_unexpected_end=ended.set):
        postmaster(data_dir).kill()
        assert ended.wait(SECONDS)


def test_its_expected_end_is_not_told(data_dir: Path) -> None:
    ended = threading.Event()
    with LocalPostgres(data_dir, durable=False, on_unexpected_end=ended.set) as postgres:
        postgres.stop()
        postgres.start()
    assert not ended.is_set()


def test_why_it_does_not_start_is_told_in_one_line(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False):
        pass
    with (data_dir / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("nonsense = 1\n")
    with pytest.raises(LocalPostgresError, match=r"contains errors$") as caught:
        LocalPostgres(data_dir, durable=False).__enter__()
    assert "\n" not in str(caught.value)
    assert str(data_dir) in str(caught.value)


def test_the_log_holds_no_values(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False) as postgres:
        query(postgres.url(), "CREATE TABLE player (id text PRIMARY KEY)")
        query(postgres.url(), "INSERT INTO player VALUES ('secret')")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            query(postgres.url(), "INSERT INTO player VALUES ('secret')")
    log = (data_dir / "postgres.log").read_text()
    assert "player_pkey" in log
    assert "secret" not in log


def test_a_long_log_is_put_aside(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "postgres.log").write_text("once upon a time\n" * 100_000)
    with LocalPostgres(data_dir, durable=False):
        pass
    assert (data_dir / "postgres.log.1").read_text().startswith("once upon a time")
    assert "once upon a time" not in (data_dir / "postgres.log").read_text()
