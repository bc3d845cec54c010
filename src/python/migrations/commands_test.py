"""The commands do what they say to a database."""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest
from sqlalchemy import text

from migrations import database
from migrations.commands import check, current, sql, upgrade
from migrations.conftest import head, program, run
from migrations.database import connected, set_if_known
from migrations.errors import MigrationError

FIRST = "c047b889bc99"


def test_upgrading_twice_changes_nothing(empty_database_url: str) -> None:
    said: list[str] = []
    upgrade(empty_database_url)
    upgrade(empty_database_url, report=said.append)
    assert current(empty_database_url) == head()
    assert said == []


def test_the_program_goes_up_and_down(any_database_url: str) -> None:
    def said(*arguments: str) -> str:
        ended = program(*arguments, DATABASE_URL=any_database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    assert said("current") == "no revision yet\n"
    assert said("upgrade", "c047").startswith("base -> c047b889bc99  initial (")
    assert said("current") == "c047b889bc99\n"
    said("upgrade")
    assert said("current") == f"{head()}\n"
    assert said("check") == "the database is at the head, and what the models say\n"
    last = said("downgrade", "c047b889bc99").splitlines()[-1]
    assert last.startswith("418a443a1c97 -> c047b889bc99  add created field (")
    assert said("current") == "c047b889bc99\n"
    assert said("history").splitlines()[-2:] == [
        "418a443a1c97  add created field",
        "c047b889bc99  initial",
    ]


def test_the_sql_does_what_upgrading_does(empty_database_url: str) -> None:
    """Applied the way an operator would, without this program."""
    with closing(psycopg2.connect(empty_database_url)) as connection:
        connection.autocommit = True
        for statement in _statements(sql()):
            with connection.cursor() as cursor:
                cursor.execute(statement)
    assert current(empty_database_url) == head()
    assert check(empty_database_url) == []


def _statements(script: str) -> list[str]:
    """The statements of a script: what stands between semicolons, outside of $$ … $$."""
    statements = [""]
    for index, part in enumerate(script.split("$$")):
        if index % 2:
            statements[-1] += f"$${part}$$"
            continue
        first, *others = part.split(";")
        statements[-1] += first
        statements += others
    return [statement for statement in statements if statement.strip()]


def test_the_sql_of_any_range_goes_up_or_down() -> None:
    assert program("sql").stdout == sql("base:head")
    up, down = sql("c047:418a"), sql("418a443a1c97:c047b889bc99")
    assert "ALTER TABLE game ADD COLUMN created" in up
    assert "CREATE TABLE" not in up
    assert "ALTER TABLE game DROP COLUMN created" in down
    assert "DROP TABLE" in sql("418a:base")
    assert sql("418a:418a") == ""


def test_checking_tells_a_database_that_is_behind_from_one_that_is_not(
    empty_database_url: str,
) -> None:
    upgrade(empty_database_url, FIRST)
    behind = program("check", DATABASE_URL=empty_database_url)
    assert behind.returncode == 1
    assert FIRST in behind.stdout
    assert head() in behind.stdout
    upgrade(empty_database_url)
    assert program("check", DATABASE_URL=empty_database_url).returncode == 0


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("ALTER TABLE game DROP COLUMN winner", "add_column"),
        ("ALTER TABLE game ALTER COLUMN winner TYPE bigint", "alter_column"),
        ("ALTER TABLE game ALTER COLUMN created DROP DEFAULT", "server_default"),
        ("ALTER TABLE game ALTER COLUMN active DROP NOT NULL", "nullable=False"),
        ("ALTER TABLE player DROP CONSTRAINT _game_number_constraint", "create_unique_constraint"),
    ],
)
def test_checking_shows_what_somebody_changed_by_hand(
    database_url: str, statement: str, words: str
) -> None:
    run(database_url, statement)
    ended = program("check", DATABASE_URL=database_url)
    assert ended.returncode == 1
    assert words in ended.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX by_hand ON player (number)",
        "CREATE INDEX by_hand ON game (lower(board)) WHERE active",
        # Like PostGIS's spatial_ref_sys: with a type that SQLAlchemy does not know.
        "CREATE TYPE shape AS (x integer); CREATE TABLE by_hand (id integer, drawn shape)",
        "CREATE TYPE shape AS (x integer); ALTER TABLE game ADD COLUMN drawn shape",
        "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.game (id integer)",
    ],
)
def test_checking_speaks_only_of_what_the_models_know(database_url: str, statement: str) -> None:
    run(database_url, statement)
    ended = program("check", DATABASE_URL=database_url)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "the database is at the head, and what the models say\n"


def test_a_postgresql_that_is_too_old_is_one_line(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "OLDEST_POSTGRESQL", 1000)
    with pytest.raises(MigrationError, match=r"PostgreSQL [\d.]+; the oldest .* is 1000$"):
        current(empty_database_url)


def test_a_setting_is_made_where_postgresql_has_it(empty_database_url: str) -> None:
    with connected(empty_database_url) as connection:
        assert connection.scalar(text("SHOW client_connection_check_interval")) == "1s"
        set_if_known(connection, "of_no_postgresql", "1s")
        assert connection.scalar(text("SELECT current_setting('of_no_postgresql', true)")) is None
