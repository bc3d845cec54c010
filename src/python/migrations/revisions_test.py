"""Every revision, up and down and up again, with games in every state in the database."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url

import connect4_models
from migrations.commands import check, current, downgrade, history, upgrade
from migrations.comparison import METADATA
from migrations.conftest import GAMES, Rows, Tree, environ, head, populate, run
from migrations.history import LOCATION

# For servers of the release before. The models do not have it: the next release drops it.
FOR_OLD_SERVERS = "game_is_over"
REVISIONS = [line.split()[0] for line in reversed(history())]
FIRST = "c047b889bc99"

# All that makes a schema, whoever made it.
CATALOGS = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
               column_default
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1, 2
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
            AND conrelid::regclass::text <> 'alembic_version' ORDER BY 1, 2
    """,
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2
    """,
    "triggers": """
        SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
    """,
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace ORDER BY 1
    """,
}


def snapshot(url: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row of every table by its id, as a dictionary."""
    return {
        table: {row[key]: row for (row,) in run(url, f"SELECT to_jsonb({table}) FROM {table}")}  # noqa: S608
        for table, key in (("game", "gameId"), ("player", "playerId"))
    }


def assert_kept(
    before: dict[str, dict[Any, dict[str, Any]]], after: dict[str, dict[Any, dict[str, Any]]]
) -> None:
    """No row came or went and no value changed; what was unknown (NULL) may be known now."""
    for table, rows in before.items():
        assert after[table].keys() == rows.keys()
        for key, row in rows.items():
            for column in row.keys() & after[table][key].keys():
                if row[column] is not None:
                    assert after[table][key][column] == row[column], (table, key, column)


def triggers_and_functions(url: str) -> list[Rows]:
    return [run(url, CATALOGS[name]) for name in ("triggers", "functions")]


def first_columns(url: str) -> tuple[Rows, Rows]:
    """All that the first revision knows of."""
    return (
        run(
            url,
            'SELECT "gameId", active, winner, "activePlayer", board FROM game ORDER BY "gameId"',
        ),
        run(url, 'SELECT "playerId", "gameId", number FROM player ORDER BY "playerId"'),
    )


def test_the_revisions_are_one_line_from_the_first_to_the_head(empty_database_url: str) -> None:
    assert REVISIONS[:2] == [FIRST, "418a443a1c97"]
    upgrade(empty_database_url)
    assert current(empty_database_url) == REVISIONS[-1] == head()


def test_the_head_is_written_down() -> None:
    """Git has both sides of a merge change it: of two new revisions one has to follow the other."""
    assert (LOCATION / "versions/HEAD").read_text() == f"{head()}\n"


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_a_revision_goes_up_down_and_up_with_nothing_lost(
    any_database_url: str, revision: str
) -> None:
    url = any_database_url
    before = REVISIONS[REVISIONS.index(revision) - 1]
    upgrade(url, FIRST)
    populate(url)
    upgrade(url, before)
    rows, programs = snapshot(url), triggers_and_functions(url)
    assert len(rows["game"]) == len(GAMES)

    upgrade(url, revision)
    assert_kept(rows, snapshot(url))
    downgrade(url, before)
    assert_kept(rows, snapshot(url))
    assert triggers_and_functions(url) == programs
    assert current(url) == before
    upgrade(url, revision)
    assert_kept(rows, snapshot(url))


def test_all_of_it_goes_down_to_the_first_and_up_again_with_every_game(
    any_database_url: str,
) -> None:
    url = any_database_url
    upgrade(url, FIRST)
    catalogs = {name: run(url, query) for name, query in CATALOGS.items()}
    populate(url)
    rows = first_columns(url)
    for _ in range(2):
        upgrade(url)
        assert first_columns(url) == rows
        downgrade(url, FIRST)
        assert first_columns(url) == rows
        assert {name: run(url, query) for name, query in CATALOGS.items()} == catalogs


def test_everything_can_be_taken_down(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    downgrade(empty_database_url, "base")
    assert current(empty_database_url) is None
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert run(empty_database_url, tables) == [("alembic_version",)]


def test_games_from_before_get_a_time_of_creation(empty_database_url: str) -> None:
    url = empty_database_url
    upgrade(url, FIRST)
    populate(url)
    upgrade(url, "418a443a1c97")
    for table in ("game", "player"):
        assert run(url, f"SELECT count(*) FROM {table} WHERE created IS NULL") == [(0,)]  # noqa: S608
        fresh = f"SELECT bool_and(now() - created < interval '1 minute') FROM {table}"  # noqa: S608
        assert run(url, fresh) == [(True,)]


def test_the_first_revision_is_what_is_deployed(empty_database_url: str) -> None:
    url = empty_database_url
    upgrade(url, FIRST)
    text = "character varying"
    assert run(url, CATALOGS["columns"]) == [
        ("game", "active", "boolean", None, "NO", None),
        ("game", "activePlayer", "integer", None, "NO", None),
        ("game", "board", text, 42, "NO", None),
        ("game", "gameId", text, 32, "NO", None),
        ("game", "winner", "integer", None, "YES", None),
        ("player", "gameId", text, 32, "NO", None),
        ("player", "number", "integer", None, "NO", None),
        ("player", "playerId", text, 32, "NO", None),
    ]
    constraints = [row for row in run(url, CATALOGS["constraints"]) if "NOT NULL" not in row[2]]
    assert constraints == [
        ("game", "game_pkey", 'PRIMARY KEY ("gameId")'),
        ("player", "_game_number_constraint", 'UNIQUE ("gameId", number)'),
        ("player", "player_gameId_fkey", 'FOREIGN KEY ("gameId") REFERENCES game("gameId")'),
        ("player", "player_pkey", 'PRIMARY KEY ("playerId")'),
    ]


@pytest.mark.parametrize("catalog", CATALOGS)
def test_the_models_are_what_the_migrations_make(
    database_url: str, empty_database_url: str, catalog: str
) -> None:
    """By PostgreSQL's own catalogs: autogenerate does not look at everything."""
    engine = create_engine(make_url(empty_database_url).set(drivername="postgresql+psycopg2"))
    METADATA.create_all(engine)
    engine.dispose()
    made = [row for row in run(database_url, CATALOGS[catalog]) if row[0] != FOR_OLD_SERVERS]
    assert made == run(empty_database_url, CATALOGS[catalog])


def test_autogenerate_finds_nothing_to_do(database_url: str) -> None:
    assert check(database_url) == []


def unseen_tables(package: Path) -> set[str]:
    """The tables of all modules of that package which the migrations' metadata does not have.

    Asked in a process of its own, since importing a module is what makes it seen.
    """
    script = (
        "import importlib, pkgutil, sys\n"
        "from sqlalchemy.orm import DeclarativeBase\n"
        "from migrations.comparison import METADATA\n"
        "seen = set(METADATA.tables)\n"
        "import connect4_models\n"
        "for module in pkgutil.walk_packages(connect4_models.__path__, 'connect4_models.'):\n"
        "    if not module.name.endswith('_test'):\n"
        "        importlib.import_module(module.name)\n"
        "tables = {t for base in DeclarativeBase.__subclasses__() for t in base.metadata.tables}\n"
        "print(*sorted(tables - seen), sep='\\n')\n"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script],
        env=environ([str(package.parent), *sys.path]),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(asked.stdout.split())


def test_the_migrations_see_every_model() -> None:
    (folder,) = connect4_models.__path__
    assert len(list(pkgutil.iter_modules([folder]))) > 1
    assert unseen_tables(Path(folder)) == set()


@pytest.mark.parametrize(
    "base", ["from connect4_models.schema import Base", "class Base(DeclarativeBase): pass"]
)
def test_a_model_that_the_migrations_do_not_see_is_found(tree: Tree, base: str) -> None:
    (tree.source_root / "connect4_models/chat.py").write_text(
        "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n"
        f"{base}\n"
        "class Message(Base):\n"
        "    __tablename__ = 'message'\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n"
    )
    assert unseen_tables(tree.source_root / "connect4_models") == {"message"}
