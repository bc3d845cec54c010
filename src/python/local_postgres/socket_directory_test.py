"""The socket's folder is short, private, and removed only where it is ours."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from local_postgres import socket_directory
from local_postgres.account import account_for


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A socket's folder with what a killed PostgreSQL leaves in it."""
    made = socket_directory.create(account_for(tmp_path / "absent"))
    (made / ".s.PGSQL.5432").touch()
    (made / ".s.PGSQL.5432.lock").touch()
    return made


def test_only_its_owner_can_enter(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    socket_directory.remove(folder)
    assert not folder.exists()


def test_somebody_else_may_have_cleaned_up(folder: Path) -> None:
    shutil.rmtree(folder)
    socket_directory.remove(folder)


@pytest.mark.parametrize("name", ["long" * 30, "with a space", "with,comma", "ümläut"])
def test_it_is_elsewhere_if_the_temporary_folder_is_not_fit(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / name))
    folder = socket_directory.create(account_for(tmp_path / "absent"))
    socket_directory.remove(folder)
    assert tmp_path not in folder.parents
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 103


def test_it_is_elsewhere_if_its_user_cannot_reach_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    account = account_for(tmp_path / "absent")
    folder = socket_directory.create(account)
    assert (tmp_path in folder.parents) != account.is_another
    socket_directory.remove(folder)


def test_a_leftover_is_removed(folder: Path, tmp_path: Path) -> None:
    socket_directory.remove_leftover(str(folder), account_for(tmp_path / "absent").uid)
    assert not folder.exists()


def test_what_else_is_in_it_saves_a_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "letter").touch()
    socket_directory.remove_leftover(str(folder), account_for(tmp_path / "absent").uid)
    assert (folder / ".s.PGSQL.5432").exists()
    (folder / "letter").unlink()
    socket_directory.remove(folder)


@pytest.mark.parametrize("name", ["connect4-gone", "connect4-link", "connect4-file", "other", ""])
def test_what_is_not_our_folder_is_left_alone(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "connect4-link").symlink_to(folder)
    (tmp_path / "connect4-file").touch()
    (tmp_path / "other").mkdir()
    before = sorted(tmp_path.iterdir())
    note = str(tmp_path / name) if name else ""
    socket_directory.remove_leftover(note, account_for(tmp_path / "absent").uid)
    assert sorted(tmp_path.iterdir()) == before
    assert (folder / ".s.PGSQL.5432").exists()
    socket_directory.remove(folder)
