"""Databases of the tests, before the first revision, and copies of the code to change."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

import connect4_models
import migrations
from migrations.history import History, alembic_config
from server_process.oldest_postgres import OldestPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_postgres import LocalPostgres

Rows = list[tuple[Any, ...]]

# A game's state: active, winner, activePlayer, board; and how many players it has.
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

_NUMBERS = itertools.count(1)
_SECONDS = 120


@pytest.fixture
def empty_database_url(postgres: LocalPostgres) -> str:
    """The URL of this test's own database, with nothing in it."""
    return postgres.create_database(f"migrations_{next(_NUMBERS)}")


@pytest.fixture(scope="session")
def oldest_postgres() -> Iterator[OldestPostgres]:
    """The oldest PostgreSQL that is supported, running."""
    with OldestPostgres() as running:
        yield running


@pytest.fixture(params=["shipped", "oldest"])
def any_database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database, of the PostgreSQL that is shipped and of the oldest one."""
    if request.param == "oldest":
        oldest: OldestPostgres = request.getfixturevalue("oldest_postgres")
        return oldest.create_database()
    shipped: str = request.getfixturevalue("empty_database_url")
    return shipped


def run(url: str, statement: str, *parameters: Any) -> Rows:
    """The rows of a statement that commits."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


def game_id(name: str) -> str:
    """The id of a game of GAMES."""
    return name.replace(" ", "0").ljust(32, "x")


def player_id(name: str, number: int) -> str:
    """The id of a player of a game of GAMES."""
    return f"{number}{name.replace(' ', '0')}".ljust(32, "y")


def populate(url: str) -> None:
    """What a server of the first revision leaves; it knows no other columns."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        for name, (*state, players) in GAMES.items():
            cursor.execute(
                'INSERT INTO game ("gameId", active, winner, "activePlayer", board)'
                " VALUES (%s, %s, %s, %s, %s)",
                [game_id(name), *state],
            )
            for number in range(1, players + 1):
                cursor.execute(
                    'INSERT INTO player ("playerId", "gameId", number) VALUES (%s, %s, %s)',
                    [player_id(name, number), game_id(name), number],
                )


def environ(python_path: list[str], **added: str) -> dict[str, str]:
    """This process's environment without its database, with what is ADDED."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return {**kept, "PYTHONPATH": os.pathsep.join(python_path), **added}


@dataclass(frozen=True)
class Tree:
    """A copy of the models and the migrations, as in the root of a clone."""

    root: Path

    @property
    def source_root(self) -> Path:
        """Where the packages are."""
        return self.root / "src/python"

    @property
    def versions(self) -> Path:
        """Where the revisions are."""
        return self.source_root / "migrations/versions"

    def program(
        self, *arguments: str, module: str = "migrations", database_url: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs `python -m MODULE` of this copy, from its root."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=environ(
                [str(self.source_root), *sys.path],
                **({"DATABASE_URL": database_url} if database_url else {}),
            ),
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )

    def add_revision(self, revision: str, upgrade: str, *, after: str, top: str = "") -> None:
        """A revision whose `upgrade` is that statement of Python; its `downgrade` does nothing."""
        (self.versions / f"{revision}_added.py").write_text(
            f'"""added {revision}"""\n\nfrom alembic import op\n\n'
            f'revision = "{revision}"\ndown_revision = "{after}"\n{top}\n\n'
            f"def upgrade():\n    {upgrade}\n\n\ndef downgrade():\n    pass\n"
        )


def start(*arguments: str, tree: Tree | None = None, **added: str) -> subprocess.Popen[str]:
    """The program, or that of a copy, with what is ADDED to the environment."""
    copy = [str(tree.source_root)] if tree else []
    return subprocess.Popen(
        [sys.executable, "-m", "migrations", *arguments],
        env=environ([*copy, *sys.path], **added),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def program(*arguments: str, **added: str) -> subprocess.CompletedProcess[str]:
    """How the program ended, and what it said."""
    with start(*arguments, tree=None, **added) as process:
        stdout, stderr = process.communicate(timeout=_SECONDS)
    return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """This test's own copy."""
    copy = Tree(tmp_path / "clone")
    for package in (connect4_models, migrations):
        assert package.__file__ is not None
        folder = Path(package.__file__).parent
        shutil.copytree(
            folder,
            copy.source_root / folder.name,
            ignore=shutil.ignore_patterns("__pycache__", "*_test.py"),
        )
    return copy


def head() -> str:
    """The newest revision."""
    return History.load(alembic_config()).head
