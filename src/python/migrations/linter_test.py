"""A linter that knows PostgreSQL's locks checks the SQL of every revision."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from migrations.commands import history, sql
from migrations.conftest import Tree, head
from migrations.history import LOCATION

REVISIONS = [line.split()[0] for line in reversed(history())]
SQUAWK = Path(sys.executable).with_name("squawk")


def lint(script: str) -> subprocess.CompletedProcess[str]:
    """The linter's output for a script; its status is 0 if it finds nothing."""
    return subprocess.run(
        [SQUAWK, "--config", LOCATION / "squawk.toml", "--reporter", "gcc"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("before", "revision"), list(zip(["base", *REVISIONS], REVISIONS, strict=False))
)
def test_the_linter_passes_a_revision_up(before: str, revision: str) -> None:
    script = sql(f"{before}:{revision}")
    assert "alembic_version" in script
    linted = lint(script)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            'op.add_column("game", sa.Column("mode", sa.String(9), nullable=False))',
            "adding-required-field",
        ),
        ('op.create_index("by_created", "game", ["created"])', "require-concurrent-index-creation"),
        ('op.alter_column("game", "created", nullable=False)', "adding-not-nullable-field"),
        (
            'op.create_check_constraint("two", "player", "number < 3")',
            "constraint-missing-not-valid",
        ),
        ('op.drop_column("game", "created")', "ban-drop-column"),
        ('op.alter_column("game", "created", new_column_name="born")', "renaming-column"),
    ],
)
def test_the_linter_stops_what_would_stop_the_game(tree: Tree, statement: str, rule: str) -> None:
    tree.add_revision(
        "aaaaaaaaaaaa", statement, after=head(), top="import sqlalchemy as sa  # noqa"
    )
    script = tree.program("sql", f"{head()}:aaaaaaaaaaaa")
    assert script.returncode == 0, script.stderr
    linted = lint(script.stdout)
    assert linted.returncode != 0
    assert rule in linted.stdout


def test_the_linter_passes_an_index_that_is_built_concurrently(tree: Tree) -> None:
    tree.add_revision(
        "aaaaaaaaaaaa",
        "with op.get_context().autocommit_block(): op.create_index("
        '"by_created", "game", ["created"], if_not_exists=True, postgresql_concurrently=True)',
        after=head(),
    )
    script = tree.program("sql", f"{head()}:aaaaaaaaaaaa").stdout
    assert "CONCURRENTLY" in script
    linted = lint(script)
    assert linted.returncode == 0, linted.stdout
