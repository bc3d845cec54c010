"""PostgreSQL runs as somebody other than root, and nothing but its own folder changes for that."""

import os
import pwd
from pathlib import Path

import psutil
import pytest

from local_postgres import LocalPostgres, LocalPostgresError
from local_postgres.account import account_for
from local_postgres.binaries import program


def permissions(path: Path) -> list[tuple[Path, int, int, int]]:
    """Mode and owners of a path and of every folder above it."""
    states = [(above, above.stat()) for above in (path, *path.parents)]
    return [(above, state.st_mode, state.st_uid, state.st_gid) for above, state in states]


def test_no_permission_and_no_user_changes(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    data_dir = private / "data"
    data_dir.mkdir(mode=0o750)
    watched = (data_dir, program("postgres"), program("initdb"))
    before = [permissions(path) for path in watched], pwd.getpwall()
    with LocalPostgres(data_dir, durable=False):
        pass
    assert ([permissions(path) for path in watched], pwd.getpwall()) == before


def test_a_folder_that_it_makes_is_private(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False):
        pass
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "postgres").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "postgres.log").stat().st_mode & 0o777 == 0o600


def test_postgresql_runs_as_the_owner_of_its_folder(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path, durable=False):
        cluster = tmp_path / "postgres"
        pid = int((cluster / "postmaster.pid").read_text().partition("\n")[0])
        uid = cluster.stat().st_uid
        assert set(psutil.Process(pid).uids()) == {uid}
        assert uid == (os.geteuid() or pwd.getpwnam("nobody").pw_uid)


def test_another_users_cluster_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(LocalPostgresError, match=rf"^{tmp_path} belongs to another user"):
        account_for(tmp_path)


def test_a_data_folder_changes_hands_with_its_owner(tmp_path: Path) -> None:
    """Root runs PostgreSQL as whoever owns the data, so that they can go on with them."""
    with LocalPostgres(tmp_path, durable=False):
        pass
    owner = tmp_path / "postgres"
    account = account_for(owner)
    assert (account.uid, account.gid) == (owner.stat().st_uid, owner.stat().st_gid)


def test_root_needs_setpriv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(LocalPostgresError, match="needs setpriv"):
        account_for(tmp_path / "absent")


def test_others_do_without_setpriv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    account = account_for(tmp_path / "absent")
    assert account.command(Path("/bin/postgres"), "-D", "x") == ["/bin/postgres", "-D", "x"]
