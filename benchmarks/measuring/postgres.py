"""The PostgreSQL that is measured on: durable, and gone afterwards with all its data."""

from __future__ import annotations

import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import sql

from local_postgres import LocalPostgres
from local_postgres.access import OWNER
from migrations.commands import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@contextmanager
def fresh_postgres(settings: Mapping[str, str] | None = None) -> Iterator[LocalPostgres]:
    """It runs within, with an empty database at the newest revision, and with those SETTINGS."""
    with (
        tempfile.TemporaryDirectory(prefix="connect4-benchmark-") as folder,
        LocalPostgres(Path(folder) / "data") as postgres,
    ):
        # For what is measured beside the game: to fill tables fast, and to settle what was written.
        execute(
            postgres.admin_url(),
            f"GRANT pg_checkpoint TO {OWNER}",
            f"GRANT SET ON PARAMETER session_replication_role TO {OWNER}",
        )
        if settings:
            configure(postgres, settings)
        upgrade(postgres.url())
        yield postgres


def configure(postgres: LocalPostgres, settings: Mapping[str, str]) -> None:
    """Starts it again with those settings; an empty one is PostgreSQL's own from then on."""
    for name, value in settings.items():
        execute(
            postgres.admin_url(),
            sql.SQL("ALTER SYSTEM SET {} = {}").format(
                sql.Identifier(name), sql.Literal(value) if value else sql.SQL("DEFAULT")
            ),
        )
    postgres.stop()
    postgres.start()


def execute(database_url: str, *statements: str | sql.Composable) -> None:
    """Executes each statement, with no transaction around it."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for statement in statements:
            cursor.execute(statement)


def settle(database_url: str) -> None:
    """Writes down now what would otherwise be written while something is measured."""
    execute(database_url, "VACUUM ANALYZE", "CHECKPOINT")


def count(database_url: str, query: str, values: Sequence[object] = ()) -> int:
    """The number that a query gives."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return int((cursor.fetchone() or [0])[0])
