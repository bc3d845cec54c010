"""A maintainer changes the models, and a revision is written for what changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from migrations.conftest import environ, head, run

if TYPE_CHECKING:
    from pathlib import Path

    from migrations.conftest import Tree


PROGRAM = "migrations.authoring"
OF_A_TEST = "    of_a_test: Mapped[str | None] = mapped_column(String(20))\n"


def add_column(tree: Tree, line: str = OF_A_TEST) -> None:
    """A column at the end of the last model, `spectators`."""
    schema = tree.source_root / "connect4_models/schema.py"
    schema.write_text(schema.read_text() + line)


def written(ended: subprocess.CompletedProcess[str], tree: Tree) -> Path:
    assert (ended.returncode, ended.stderr) == (0, "")
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith("Written: ")]
    return tree.root / line.removeprefix("Written: ")


def test_a_new_column_becomes_a_revision_that_goes_up_and_down(
    tree: Tree, empty_database_url: str
) -> None:
    before = psutil.pids()
    add_column(tree)
    path = written(tree.program("-m", "Add a column of a test", module=PROGRAM), tree)
    revision = path.name.partition("_")[0]
    assert path.parent == tree.versions
    assert path.name == f"{revision}_add_a_column_of_a_test.py"
    text = path.read_text()
    assert text.startswith('"""Add a column of a test\n')
    assert f'down_revision = "{head()}"' in text
    assert '"spectators", sa.Column("of_a_test"' in text
    assert 'op.drop_column("spectators", "of_a_test")' in text
    assert (tree.versions / "HEAD").read_text() == f"{revision}\n"

    for command in (["upgrade"], ["check"], ["downgrade", head()], ["upgrade"]):
        ended = tree.program(*command, database_url=empty_database_url)
        assert ended.returncode == 0, ended.stderr
    assert run(empty_database_url, "SELECT of_a_test FROM spectators") == []
    assert not [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.pid not in before and "connect4-revision-" in str(process.info["cmdline"])
    ], "its PostgreSQL has ended"


def test_what_is_written_is_formatted(tree: Tree) -> None:
    add_column(
        tree,
        "    other_of_a_test: Mapped[str] = mapped_column("
        'String(200), server_default="a long default that does not fit on the line")\n',
    )
    path = written(tree.program("-m", "add another", module=PROGRAM), tree)
    text = path.read_text()
    assert "'" not in text.partition("import")[2], "the formatter prefers double quotes"
    assert max(len(line) for line in text.splitlines()) <= 100


def test_without_a_change_nothing_is_written(tree: Tree) -> None:
    files = sorted(tree.versions.glob("*.py"))
    ended = tree.program("-m", "nothing", module=PROGRAM)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Nothing to write" in ended.stdout
    assert sorted(tree.versions.glob("*.py")) == files
    assert (tree.versions / "HEAD").read_text() == f"{head()}\n"


def test_its_database_is_no_other_one_whatever_libpq_is_told(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGHOSTADDR": "127.0.0.1", "PGSERVICE": "x", "PGOPTIONS": "-c x=1"}.items():
        monkeypatch.setenv(name, value)
    ended = tree.program("-m", "nothing", module=PROGRAM)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_empty_revision_is_for_a_change_of_data(tree: Tree) -> None:
    path = written(tree.program("-m", "fill it in", "--empty", module=PROGRAM), tree)
    text = path.read_text()
    assert "def upgrade() -> None:\n    pass\n" in text
    assert "import" not in text
    assert "Servers of the release before use the database while this runs." in text


@pytest.mark.parametrize(
    ("message", "slug", "title"),
    [
        ("  two\n lines ", "two_lines", "two lines"),
        ('"""; drop', "drop", "'''; drop"),
        ("naïve \\ way", "naive_way", "naïve / way"),
        ("x" * 300, "x" * 60, "x" * 300),
        ("日本語を追加", "", "日本語を追加"),
        ("add 日本語", "add", "add 日本語"),
    ],
)
def test_any_message_makes_a_file_that_can_be_read(
    tree: Tree, message: str, slug: str, title: str
) -> None:
    path = written(tree.program("-m", message, "--empty", module=PROGRAM), tree)
    revision = (tree.versions / "HEAD").read_text().strip()
    assert path.name == f"{revision}_{slug}.py" if slug else f"{revision}.py"
    assert tree.program("history").stdout.splitlines()[0].partition("  ")[2] == title


@pytest.mark.parametrize("arguments", [["-m", ""], ["-m", " … "], ["-m", "caf\udce9"]])
def test_a_message_that_says_nothing_is_refused(tree: Tree, arguments: list[str]) -> None:
    ended = tree.program(*arguments, module=PROGRAM)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1


def test_without_a_message_nothing_is_written(tree: Tree) -> None:
    assert tree.program(module=PROGRAM).returncode == 2


def test_of_several_heads_one_has_to_follow_the_other_first(tree: Tree) -> None:
    for revision in ("aaaaaaaaaaaa", "bbbbbbbbbbbb"):
        tree.add_revision(revision, "pass", after=head())
    ended = tree.program("-m", "one more", module=PROGRAM)
    assert ended.returncode == 1
    assert "several heads" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_outside_of_a_clone_it_says_where_to_run_it(tree: Tree) -> None:
    outside = tree.root / "elsewhere"
    outside.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", PROGRAM, "-m", "x"],
        cwd=outside,
        env=environ([str(tree.source_root), *sys.path]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "in a clone" in ended.stderr
