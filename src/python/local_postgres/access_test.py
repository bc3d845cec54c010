"""Only this user may connect, and the games' owner is no superuser, also on data from before."""

from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

from local_postgres import LocalPostgres, LocalPostgresError, access

OWNERS = """
    SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'connect4' UNION ALL
    SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname IN ('game', 'won') UNION ALL
    SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE proname = 'append'
"""


def query(url: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def data_from_before(tmp_path: Path) -> Path:
    """Data of the version whose only role was a superuser, and who trusted everybody."""
    with LocalPostgres(tmp_path, durable=False) as postgres:
        administrator = postgres.admin_url("postgres")
        query(administrator, "DROP DATABASE connect4")
        query(administrator, f"DROP ROLE {access.OWNER}")
        query(administrator, "CREATE DATABASE connect4")
        for statement in (
            "CREATE TABLE game (id serial PRIMARY KEY, winner integer)",
            "INSERT INTO game (winner) VALUES (1)",
            "CREATE VIEW won AS SELECT * FROM game WHERE winner IS NOT NULL",
            "CREATE FUNCTION append(text) RETURNS text LANGUAGE SQL AS 'SELECT $1'",
        ):
            query(postgres.admin_url(), statement)
    (tmp_path / "postgres" / "pg_hba.conf").write_text("local all all trust\n")
    return tmp_path


def test_who_is_somebody_else_is_turned_away(
    data_from_before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "own_name", lambda: "somebody else")
    with pytest.raises(LocalPostgresError, match="Peer authentication failed"):
        LocalPostgres(data_from_before, durable=False).__enter__()


def test_no_other_role_is_let_in(postgres: LocalPostgres) -> None:
    query(postgres.admin_url(), "CREATE ROLE other LOGIN SUPERUSER")
    url = postgres.url().replace(access.OWNER, "other")
    with pytest.raises(psycopg2.OperationalError, match=r"no pg_hba\.conf entry"):
        query(url, "SELECT 1")
    query(postgres.admin_url(), "DROP ROLE other")


def test_the_user_may_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "own_name", lambda: 'Zoë "Z" #1')
    files = access.rules()
    assert f'ours "Zoë ""Z"" #1" {access.OWNER}\n' in files["pg_ident.conf"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_read_file('/etc/hostname')",
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO '/tmp/connect4-access-test'",
        f"SET ROLE {access.ADMINISTRATOR}",
        "CREATE ROLE other",
        "ALTER SYSTEM SET work_mem = '1MB'",
    ],
)
def test_the_owner_can_do_no_harm_outside_of_its_databases(
    postgres: LocalPostgres, statement: str
) -> None:
    url = postgres.url()
    with pytest.raises(InsufficientPrivilege):
        query(url, statement)


def test_data_from_before_change_hands_and_are_kept(data_from_before: Path) -> None:
    for _ in range(2):
        with LocalPostgres(data_from_before, durable=False) as postgres:
            assert {owner for (owner,) in query(postgres.url(), OWNERS)} == {access.OWNER}
            assert query(postgres.url(), "SELECT winner FROM won") == [(1,)]
    with LocalPostgres(data_from_before, durable=False) as postgres:
        query(postgres.url(), "ALTER TABLE game ADD COLUMN moves text DEFAULT append('3')")
        query(postgres.url(), "INSERT INTO game (winner) VALUES (2)")
        assert query(postgres.url(), "SELECT id, moves FROM game") == [(1, "3"), (2, "3")]
