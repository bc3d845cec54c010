"""The commands, as functions and as a program."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from migrations.commands import MigrationError, current, downgrade, upgrade


def migrations(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return subprocess.run(
        [sys.executable, "-m", "migrations", *arguments],
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_refused(ended: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    assert ended.returncode == status
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    for word in words:
        assert word in ended.stderr


def test_upgrading_twice_changes_nothing(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    upgrade(empty_database_url)
    assert current(empty_database_url) == "418a443a1c97"


def test_of_several_at_once_all_end_well(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        runs = list(
            pool.map(lambda _: migrations("upgrade", DATABASE_URL=empty_database_url), range(4))
        )
    assert [ended.stderr for ended in runs] == [""] * 4
    assert [ended.returncode for ended in runs] == [0] * 4
    assert current(empty_database_url) == "418a443a1c97"


def test_the_program_goes_up_and_down(empty_database_url: str) -> None:
    def said(*arguments: str) -> str:
        ended = migrations(*arguments, DATABASE_URL=empty_database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    assert said("current") == "no revision yet\n"
    said("upgrade", "c047b889bc99")
    assert said("current") == "c047b889bc99\n"
    said("upgrade")
    assert said("current") == "418a443a1c97\n"
    said("downgrade", "c047b889bc99")
    assert said("current") == "c047b889bc99\n"
    assert said("history").splitlines() == [
        "418a443a1c97  add created field",
        "c047b889bc99  initial",
    ]


def test_a_revision_that_does_not_exist_is_one_line(empty_database_url: str) -> None:
    ended = migrations("upgrade", "feedbeef0000", DATABASE_URL=empty_database_url)
    assert_refused(ended, 1, "feedbeef0000")
    with pytest.raises(MigrationError, match="feedbeef0000"):
        downgrade(empty_database_url, "feedbeef0000")


def test_a_database_that_is_not_there_is_one_line_without_the_password() -> None:
    url = "postgresql://ann:secret@127.0.0.1:1/connect4"
    ended = migrations("upgrade", DATABASE_URL=url)
    assert_refused(ended, 1, "127.0.0.1:1")
    assert "secret" not in ended.stderr


def test_a_missing_variable_is_one_line() -> None:
    assert_refused(migrations("current"), 2, "DATABASE_USERNAME")


def test_downgrading_wants_a_target(empty_database_url: str) -> None:
    ended = migrations("downgrade", DATABASE_URL=empty_database_url)
    assert ended.returncode == 2
    assert "revision" in ended.stderr


@pytest.mark.parametrize("command", ["upgrade", "downgrade", "current", "history"])
def test_every_command_explains_itself(command: str) -> None:
    ended = migrations(command, "-h")
    assert ended.returncode == 0
    assert command in ended.stdout
