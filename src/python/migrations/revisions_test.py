"""Every revision, up and down and up again, with games in every state in the database."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg2
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, make_url

from connect4_models.schema import Base
from migrations.commands import current, downgrade, history, upgrade

REVISIONS = ["c047b889bc99", "418a443a1c97"]

# fmt: off
GAMES = {
    "new": (True, None, 1, "0" * 42, 1),
    "joined": (True, None, 1, "0" * 42, 2),
    "half played": (True, None, 2, "12" + "0" * 16 + "1" + "0" * 23, 2),
    "won": (False, 1, 2, "1111" + "0" * 2 + "222" + "0" * 33, 2),
    "drawn": (False, None, 1, "121212212121121212212121121212212121121212", 2),
    "full but for one": (True, None, 2, "121212212121121212212121121212212121121210", 2),
}
# fmt: on

Rows = list[tuple[Any, ...]]


def run(url: str, statement: str, *parameters: Any) -> Rows:
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def populate(url: str) -> None:
    """What a server of the first revision leaves; it knows no other columns."""
    for name, (active, winner, active_player, board, players) in GAMES.items():
        game_id = name.replace(" ", "_").ljust(32, "x")
        run(
            url,
            'INSERT INTO game ("gameId", active, winner, "activePlayer", board)'
            " VALUES (%s, %s, %s, %s, %s)",
            *(game_id, active, winner, active_player, board),
        )
        for number in range(1, players + 1):
            run(
                url,
                'INSERT INTO player ("playerId", "gameId", number) VALUES (%s, %s, %s)',
                *(f"{name[:10]}{number}".ljust(32, "y"), game_id, number),
            )


def rows(url: str) -> tuple[Rows, Rows]:
    """All that the first revision knows of."""
    return (
        run(
            url,
            'SELECT "gameId", active, winner, "activePlayer", board FROM game ORDER BY "gameId"',
        ),
        run(url, 'SELECT "playerId", "gameId", number FROM player ORDER BY "playerId"'),
    )


def test_the_revisions_are_one_line_from_the_first_to_head(empty_database_url: str) -> None:
    assert [line.split()[0] for line in history()] == REVISIONS[::-1]
    upgrade(empty_database_url)
    assert current(empty_database_url) == REVISIONS[-1]


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_goes_up_down_and_up_with_nothing_lost(
    empty_database_url: str, revision: str
) -> None:
    url = empty_database_url
    upgrade(url, REVISIONS[0])
    populate(url)
    before = rows(url)
    assert len(before[0]) == len(GAMES)

    upgrade(url, revision)
    assert rows(url) == before
    downgrade(url, REVISIONS[0])
    assert rows(url) == before
    upgrade(url, revision)
    assert rows(url) == before
    assert current(url) == revision


def test_everything_can_be_taken_down(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    assert current(empty_database_url) is None
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert run(empty_database_url, tables) == [("alembic_version",)]


def test_games_from_before_get_a_time_of_creation(empty_database_url: str) -> None:
    url = empty_database_url
    upgrade(url, REVISIONS[0])
    populate(url)
    upgrade(url, "418a443a1c97")
    for table in ("game", "player"):
        assert run(url, f"SELECT count(*) FROM {table} WHERE created IS NULL") == [(0,)]  # noqa: S608
        fresh = f"SELECT bool_and(now() - created < interval '1 minute') FROM {table}"  # noqa: S608
        assert run(url, fresh) == [(True,)]


def test_a_server_from_before_goes_on_inserting(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    populate(empty_database_url)
    assert len(rows(empty_database_url)[0]) == len(GAMES)


def test_the_first_revision_is_what_is_deployed(empty_database_url: str) -> None:
    url = empty_database_url
    upgrade(url, "c047b889bc99")
    columns = run(
        url,
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,"
        " column_default FROM information_schema.columns WHERE table_name IN ('game', 'player')"
        " ORDER BY table_name, ordinal_position",
    )
    text = "character varying"
    assert columns == [
        ("game", "gameId", text, 32, "NO", None),
        ("game", "active", "boolean", None, "NO", None),
        ("game", "winner", "integer", None, "YES", None),
        ("game", "activePlayer", "integer", None, "NO", None),
        ("game", "board", text, 42, "NO", None),
        ("player", "playerId", text, 32, "NO", None),
        ("player", "gameId", text, 32, "NO", None),
        ("player", "number", "integer", None, "NO", None),
    ]
    constraints = run(
        url,
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid IN ('game'::regclass, 'player'::regclass) AND contype <> 'n'"
        " ORDER BY conname",
    )
    assert constraints == [
        ("_game_number_constraint", 'UNIQUE ("gameId", number)'),
        ("game_pkey", 'PRIMARY KEY ("gameId")'),
        ("player_gameId_fkey", 'FOREIGN KEY ("gameId") REFERENCES game("gameId")'),
        ("player_pkey", 'PRIMARY KEY ("playerId")'),
    ]


def test_the_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg2"))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
