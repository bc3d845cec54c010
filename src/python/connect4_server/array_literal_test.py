"""PostgreSQL reads what was written."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_server.array_literal import array_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import cursor as Cursor  # noqa: N812

    from local_postgres import LocalPostgres


@pytest.fixture(scope="module")
def cursor(postgres: LocalPostgres) -> Iterator[Cursor]:
    with (
        closing(psycopg2.connect(postgres.url("postgres"))) as connection,
        connection.cursor() as asking,
    ):
        yield asking


@pytest.mark.parametrize(
    ("sql_type", "items"),
    [
        ("text", []),
        ("text", ["a"]),
        ("text", ["", " ", "NULL", "null", None]),
        ("text", ['"', "\\", '\\"', "{", "}", ",", "'", "%s", "a,b", "\n", "é", "🙂"]),
        ("integer", [0, -1, 2147483647, None]),
        ("boolean", [True, False, None]),
    ],
)
def test_it_is_read_as_it_was(cursor: Cursor, sql_type: str, items: list[object]) -> None:
    cursor.execute(f"SELECT %s::{sql_type}[]", [array_literal(items)])
    assert cursor.fetchone() == (items,)
