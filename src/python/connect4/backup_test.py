"""Games go into a file and come back: all or none, and none is lost for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4 import backup
from connect4.backup import BackupError, back_up, restore
from local_postgres import LocalPostgres, LocalPostgresError
from migrations.commands import upgrade
from server_process import bound, wait_until

if TYPE_CHECKING:
    from pathlib import Path


def game_ids(url: str) -> set[str]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute('SELECT "gameId" FROM game')
        return {game_id for (game_id,) in cursor.fetchall()}


def add_game(url: str, game_id: str) -> None:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(
            'INSERT INTO game ("gameId", active, "activePlayer", board)'
            " VALUES (%s, true, 1, repeat('0', 42))",
            [game_id],
        )


def folder_with(data: Path, *ids: str) -> Path:
    with LocalPostgres(data, durable=False) as postgres:
        upgrade(postgres.url())
        for game_id in ids:
            add_game(postgres.url(), game_id)
    return data


def ids_in(data: Path) -> set[str]:
    with LocalPostgres(data, durable=False) as postgres:
        return game_ids(postgres.url())


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with one game."""
    return folder_with(tmp_path / "kept", "one")


@pytest.fixture
def file(kept: Path, tmp_path: Path) -> Path:
    """A backup of that game."""
    back_up(kept, tmp_path / "file")
    return tmp_path / "file"


def test_games_come_back_in_another_folder(file: Path, tmp_path: Path) -> None:
    restore(tmp_path / "new", file, replace=False)
    assert ids_in(tmp_path / "new") == {"one"}
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_game_that_runs_is_backed_up(kept: Path, tmp_path: Path) -> None:
    starter = """
import signal, sys
from pathlib import Path
from local_postgres import LocalPostgres
with LocalPostgres(Path(sys.argv[1])):
    print(flush=True)
    signal.pause()
"""
    with subprocess.Popen(
        bound([sys.executable, "-c", starter, kept]),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        back_up(kept, tmp_path / "file")
        with pytest.raises(LocalPostgresError, match="already running on this data"):
            restore(kept, tmp_path / "file", replace=True)
        running.send_signal(signal.SIGINT)
    restore(tmp_path / "new", tmp_path / "file", replace=False)
    assert ids_in(tmp_path / "new") == {"one"}


def test_games_that_are_there_are_replaced_only_if_one_says_so(file: Path, tmp_path: Path) -> None:
    other = folder_with(tmp_path / "other", "two")
    with pytest.raises(BackupError, match=r"^.*/other holds games already: --replace deletes them"):
        restore(other, file, replace=False)
    assert ids_in(other) == {"two"}
    restore(other, file, replace=True)
    assert ids_in(other) == {"one"}
    restore(other, file, replace=True)
    assert ids_in(other) == {"one"}


def test_an_empty_database_is_not_in_the_way(file: Path, tmp_path: Path) -> None:
    restore(folder_with(tmp_path / "empty"), file, replace=False)
    assert ids_in(tmp_path / "empty") == {"one"}


def test_what_is_no_backup_of_the_game_replaces_nothing(kept: Path, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("Dear …")
    with pytest.raises(LocalPostgresError, match=r"^pg_restore failed: .*valid archive"):
        restore(kept, text, replace=True)
    with LocalPostgres(tmp_path / "foreign", durable=False):
        pass
    back_up(tmp_path / "foreign", tmp_path / "foreign.dump")
    with pytest.raises(BackupError, match="no backup of Connect 4"):
        restore(kept, tmp_path / "foreign.dump", replace=True)
    assert ids_in(kept) == {"one"}


def test_a_restore_that_was_interrupted_is_done_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder_with(tmp_path / "other", "two")

    def interrupted(_url: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(backup, "upgrade", interrupted)
        # As after a kill: nothing is cleaned up.
        patched.setattr(LocalPostgres, "drop_database", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            restore(other, file, replace=True)
    assert ids_in(other) == {"two"}
    restore(other, file, replace=True)
    assert ids_in(other) == {"one"}


def test_where_no_games_are_kept_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=rf"^no games are kept in {tmp_path}/none$"):
        back_up(tmp_path / "none", tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_a_file_is_not_overwritten(kept: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(LocalPostgresError, match=rf"^this file exists already: {file}$"):
        back_up(kept, file)
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_made_is_named(kept: Path, tmp_path: Path) -> None:
    with pytest.raises(
        LocalPostgresError, match=rf"^cannot write {tmp_path}/no/file: No such file"
    ):
        back_up(kept, tmp_path / "no" / "file")


def test_an_interrupted_backup_leaves_no_file(kept: Path, tmp_path: Path) -> None:
    with LocalPostgres(kept, durable=False) as postgres:
        lock = psycopg2.connect(postgres.url())
        lock.cursor().execute("LOCK TABLE game IN ACCESS EXCLUSIVE MODE")
        folder = tmp_path / "backups"
        folder.mkdir()
        program = "import sys; from pathlib import Path; from local_postgres.dump import dump; "
        program += "dump(sys.argv[1], Path(sys.argv[2]))"
        with subprocess.Popen(
            bound([sys.executable, "-c", program, postgres.url(), folder / "file"]),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stderr=subprocess.DEVNULL,
        ) as process:
            wait_until(lambda: list(folder.glob("file.unfinished-*/dump")))
            process.send_signal(signal.SIGINT)
        assert process.returncode != 0
        assert not list(folder.iterdir())
        lock.close()
