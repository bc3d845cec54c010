"""The program: what it says, its exit status, and however it ends."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg2
import pytest
from sqlalchemy import make_url

from migrations.commands import current, downgrade, history, upgrade
from migrations.conftest import Tree, head, program, run, start
from migrations.database import ADVISORY_LOCK
from migrations.errors import MigrationError
from server_process import wait_until

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from local_postgres import LocalPostgres

FIRST = "c047b889bc99"
COMMANDS = ["upgrade", "downgrade", "current", "history", "check", "sql", "revision"]


def assert_refused(ended: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    """One line on stderr, with those words in it."""
    assert ended.returncode == status
    assert ended.stderr.count("\n") == 1, ended.stderr
    for word in words:
        assert word in ended.stderr


def test_of_several_at_once_all_end_well(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = list(
            pool.map(lambda _: program("upgrade", DATABASE_URL=empty_database_url), range(4))
        )
    assert [ended.stderr for ended in runs] == [""] * 4
    assert [ended.returncode for ended in runs] == [0] * 4
    lines = [line for ended in runs for line in ended.stdout.splitlines() if "->" in line]
    assert len(lines) == len(history()), "each revision is applied once"
    assert current(empty_database_url) == head()


def test_a_run_waits_for_the_one_before_it_and_says_so(empty_database_url: str) -> None:
    with closing(psycopg2.connect(empty_database_url)) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        waiting = start("upgrade", DATABASE_URL=empty_database_url)
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "another run is under way: waiting for it to end\n"
        assert current(empty_database_url) is None
    stdout, stderr = waiting.communicate(timeout=120)
    assert (waiting.returncode, stderr) == (0, "")
    assert stdout.startswith(f"base -> {FIRST}")


def test_waiting_for_another_run_is_no_open_transaction(empty_database_url: str) -> None:
    """An index that the other run builds CONCURRENTLY would wait for it, and it for the index."""
    with closing(psycopg2.connect(empty_database_url)) as other, other.cursor() as cursor:
        other.autocommit = True
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        cursor.execute("CREATE TABLE indexed (id integer)")
        waiting = start("upgrade", DATABASE_URL=empty_database_url)
        assert waiting.stdout is not None
        assert "waiting" in waiting.stdout.readline()
        cursor.execute("SET statement_timeout = '60s'")
        cursor.execute("CREATE INDEX CONCURRENTLY ON indexed (id)")
    waiting.communicate(timeout=120)
    assert waiting.returncode == 0


def test_what_the_output_cannot_encode_is_escaped(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree.add_revision("aaaaaaaaaaaa", "pass", after=head())
    added = tree.versions / "aaaaaaaaaaaa_added.py"
    added.write_text(added.read_text().replace('"""added aaaaaaaaaaaa', '"""日本語'))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    said = tree.program("history").stdout.splitlines()[0]
    assert said == r"aaaaaaaaaaaa  \u65e5\u672c\u8a9e"


def test_a_revision_that_does_not_exist_is_one_line(empty_database_url: str) -> None:
    for command in ("upgrade", "downgrade", "sql"):
        ended = program(command, "feedbeef0000", DATABASE_URL=empty_database_url)
        assert_refused(ended, 1, "feedbeef0000")
    with pytest.raises(MigrationError, match="feedbeef0000"):
        downgrade(empty_database_url, "feedbeef0000")


def test_a_database_that_is_ahead_of_the_code_is_one_line(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    run(empty_database_url, "UPDATE alembic_version SET version_num = 'feedfeed0000'")
    for command in (["upgrade"], ["downgrade", FIRST], ["check"]):
        ended = program(*command, DATABASE_URL=empty_database_url)
        assert_refused(ended, 1, "feedfeed0000", "ahead of the code")


def test_the_wrong_direction_is_one_line(empty_database_url: str) -> None:
    upgrade(empty_database_url, "418a443a1c97")
    ended = program("upgrade", FIRST, DATABASE_URL=empty_database_url)
    assert_refused(ended, 1, "418a443a1c97", "downgrade")
    ended = program("downgrade", "head", DATABASE_URL=empty_database_url)
    assert_refused(ended, 1, "418a443a1c97", "upgrade")
    assert current(empty_database_url) == "418a443a1c97"


def test_several_heads_are_one_line(tree: Tree, empty_database_url: str) -> None:
    for revision in ("aaaaaaaaaaaa", "bbbbbbbbbbbb"):
        tree.add_revision(revision, "pass", after=head())
    for command in (["upgrade"], ["check"], ["history"], ["sql"], ["downgrade", "base"]):
        ended = tree.program(*command, database_url=empty_database_url)
        assert_refused(ended, 1, "several heads", "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    assert current(empty_database_url) is None


def test_a_revision_that_fails_leaves_the_database_at_the_one_before(
    tree: Tree, empty_database_url: str
) -> None:
    tree.add_revision("aaaaaaaaaaaa", 'op.execute("CREATE TABLE kept (id integer)")', after=head())
    tree.add_revision(
        "bbbbbbbbbbbb",
        'op.execute("CREATE TABLE lost (id integer)"); op.execute("SELECT 1 / 0")',
        after="aaaaaaaaaaaa",
    )
    ended = tree.program("upgrade", database_url=empty_database_url)
    assert_refused(ended, 1, "bbbbbbbbbbbb", "division by zero", "the database is at aaaaaaaaaaaa")
    assert run(empty_database_url, "SELECT version_num FROM alembic_version") == [("aaaaaaaaaaaa",)]
    assert run(empty_database_url, "SELECT to_regclass('lost'), to_regclass('kept')::text") == [
        (None, "kept")
    ]


def test_a_failure_quotes_no_row(tree: Tree, empty_database_url: str) -> None:
    upgrade(empty_database_url)
    tree.add_revision(
        "aaaaaaaaaaaa",
        "op.execute(\"INSERT INTO player VALUES ('s3cret', 'no such game', 1)\")",
        after=head(),
    )
    ended = tree.program("upgrade", database_url=empty_database_url)
    assert_refused(ended, 1, "player_gameId_fkey")
    assert "s3cret" not in ended.stderr + ended.stdout
    assert "no such game" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_takes_back_what_it_was_at(
    tree: Tree, empty_database_url: str, number: signal.Signals
) -> None:
    upgrade(empty_database_url)
    tree.add_revision(
        "aaaaaaaaaaaa",
        'op.execute("CREATE TABLE lost (id integer)"); op.execute("SELECT pg_sleep(300)")',
        after=head(),
        top='statement_timeout = "0"',
    )
    process = start("upgrade", tree=tree, DATABASE_URL=empty_database_url)
    sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(300)%' AND"
    sleeping += " datname = current_database()"
    wait_until(lambda: run(empty_database_url, sleeping) == [(1,)])
    process.send_signal(number)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr == "migrations: interrupted; what was not finished is taken back\n"
    wait_until(lambda: run(empty_database_url, sleeping) == [(0,)])
    assert current(empty_database_url) == head()
    assert run(empty_database_url, "SELECT to_regclass('lost')") == [(None,)]


def test_a_killed_run_does_not_go_on_in_the_database(tree: Tree, empty_database_url: str) -> None:
    upgrade(empty_database_url)
    tree.add_revision(
        "aaaaaaaaaaaa",
        'op.execute("SELECT pg_sleep(300)")',
        after=head(),
        top='statement_timeout = "0"',
    )
    process = start("upgrade", tree=tree, DATABASE_URL=empty_database_url)
    sleeping = (
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'migrations'"
        " AND datname = current_database() AND wait_event = 'PgSleep'"
    )
    wait_until(lambda: run(empty_database_url, sleeping) == [(1,)])
    process.kill()
    process.communicate()
    wait_until(lambda: run(empty_database_url, sleeping) == [(0,)])
    upgrade(empty_database_url)


def test_a_database_that_is_not_there_is_one_line_without_the_password() -> None:
    url = "postgresql://ann:secret@127.0.0.1:1/connect4"
    for command in (["upgrade"], ["downgrade", FIRST], ["current"], ["check"]):
        ended = program(*command, DATABASE_URL=url)
        assert_refused(ended, 1, "host=127.0.0.1 port=1")
        assert "secret" not in ended.stderr


def test_the_secrets_among_a_url_s_parameters_are_not_shown_either() -> None:
    url = "postgresql:///connect4?host=/nowhere&password=secret1&sslpassword=secret2"
    ended = program("current", DATABASE_URL=url)
    assert_refused(ended, 1, " host=/nowhere dbname=connect4: ")
    assert "secret" not in ended.stderr


@pytest.mark.parametrize("command", [["upgrade"], ["downgrade", FIRST], ["current"], ["check"]])
def test_a_url_that_is_none_is_one_line(command: list[str]) -> None:
    url = "postgresql://ann:secret@127.0.0.1:1/connect4?schema=public"
    ended = program(*command, DATABASE_URL=url)
    assert_refused(ended, 2, "DATABASE_URL", "schema")
    assert "secret" not in ended.stderr


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        ("sslmode=bogus", 'sslmode value: "bogus"'),
        ("client_encoding=bogus", 'client_encoding": "bogus"'),
        ("service=no_such_service", '"no_such_service" not found'),
        ("replication=true", "entry for replication"),
    ],
)
def test_a_value_that_is_of_no_use_is_one_line(
    empty_database_url: str, parameter: str, words: str
) -> None:
    ended = program("current", DATABASE_URL=f"{empty_database_url}&{parameter}")
    assert_refused(ended, 1, words)


def test_an_account_that_may_not_read_the_revision_is_one_line(
    database_url: str, postgres: LocalPostgres
) -> None:
    as_administrator = postgres.admin_url(str(make_url(database_url).database))
    run(as_administrator, "ALTER TABLE alembic_version OWNER TO CURRENT_USER")
    assert_refused(program("current", DATABASE_URL=database_url), 1, "permission denied")


def test_of_several_hosts_it_takes_the_one_that_can_be_written_to(empty_database_url: str) -> None:
    there = make_url(empty_database_url)
    folder = quote(str(there.query["host"]), safe="")
    hosts = f"{there.username}@127.0.0.1:1,{folder}:{there.query['port']}"
    url = f"postgresql://{hosts}/{there.database}?target_session_attrs=read-write\n"
    ended = program("upgrade", DATABASE_URL=url)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert current(empty_database_url) == head()


def test_a_service_of_a_file_names_the_database(empty_database_url: str, tmp_path: Path) -> None:
    there = make_url(empty_database_url)
    services = tmp_path / "services"
    services.write_text(
        f"[games]\nhost={there.query['host']}\nport={there.query['port']}\n"
        f"user={there.username}\ndbname={there.database}\n"
    )
    said = program(
        "current", DATABASE_URL="postgresql://?service=games", PGSERVICEFILE=str(services)
    )
    assert (said.stdout, said.stderr) == ("no revision yet\n", "")


def test_a_missing_variable_is_one_line() -> None:
    assert_refused(program("current"), 2, "DATABASE_USERNAME")


def test_downgrading_wants_a_target(empty_database_url: str) -> None:
    ended = program("downgrade", DATABASE_URL=empty_database_url)
    assert ended.returncode == 2
    assert "revision" in ended.stderr


def test_a_revision_is_not_written_without_a_clone() -> None:
    assert_refused(program("revision"), 1, "./pants run migrations:revision")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    ended = program(command, "-h")
    assert ended.returncode == 0
    assert command in ended.stdout
