"""PostgreSQL runs as somebody other than root, and nothing but its own folder changes for that."""

import os
import pwd
import subprocess
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


def postmaster(data_dir: Path) -> psutil.Process:
    pid_file = data_dir / "postgres" / "postmaster.pid"
    return psutil.Process(int(pid_file.read_text().partition("\n")[0]))


def is_nobodys(uid: int) -> bool:
    """Whether no user of this machine has that number."""
    return uid not in {entry.pw_uid for entry in pwd.getpwall()}


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
        uid = (tmp_path / "postgres").stat().st_uid
        assert set(postmaster(tmp_path).uids()) == {uid}
        assert uid == os.geteuid() or is_nobodys(uid)


def test_postgresql_has_no_capability(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path, durable=False):
        status = Path(f"/proc/{postmaster(tmp_path).pid}/status").read_text()
    found = dict(line.split(":\t", 1) for line in status.splitlines())
    # What can be gained later is up to root: another user does not have it to give away.
    bounds = ["CapBnd"] if os.geteuid() == 0 else []
    assert {found[f"Cap{kind}"] for kind in ("Inh", "Prm", "Eff", "Amb")} == {"0" * 16}
    assert all(found[name] == "0" * 16 for name in bounds)
    assert found["NoNewPrivs"] == ("1" if bounds else "0")


def test_a_process_of_nobodys_cannot_look_into_roots(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path, durable=False) as postgres:
        pid = postmaster(tmp_path).pid
        sockets = postgres.url().partition("host=")[2].partition("&")[0]
        for folder in (f"/proc/{pid}/cwd/", f"/proc/{pid}/fd/", sockets):
            command = ["ls", folder]
            if os.geteuid() == 0:
                user = pwd.getpwnam("nobody")
                become = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
                command = ["setpriv", *become, *command]
            said = subprocess.run(command, capture_output=True, text=True, check=False)
            assert (said.returncode == 0) == (os.geteuid() != 0), said


def test_root_takes_over_what_ran_as_nobody(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path, durable=False):
        pass
    cluster = tmp_path / "postgres"
    outside = tmp_path / "outside"
    outside.touch()
    (cluster / "link").symlink_to(outside)
    if os.geteuid() == 0:
        for path in (cluster, *cluster.rglob("*")):
            os.chown(path, pwd.getpwnam("nobody").pw_uid, -1, follow_symlinks=False)
    owner = outside.stat().st_uid
    with LocalPostgres(tmp_path, durable=False):
        uid = cluster.stat().st_uid
        assert uid == os.geteuid() or is_nobodys(uid)
        assert {path.lstat().st_uid for path in cluster.rglob("*")} == {uid}
    assert outside.stat().st_uid == owner


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


def test_root_leaves_nobody_what_is_nobodys_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as what a container's program keeps that runs as nobody; its lock is nobody's, too."""
    (tmp_path / "lock").touch()
    cluster = tmp_path / "postgres"
    cluster.mkdir()
    owner = cluster.stat().st_uid or pwd.getpwnam("nobody").pw_uid
    for path in (cluster, tmp_path / "lock"):
        os.chown(path, owner, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert account_for(cluster).uid == owner


def test_root_needs_setpriv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(LocalPostgresError, match="needs setpriv"):
        account_for(tmp_path / "absent")


def test_others_do_without_setpriv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    account = account_for(tmp_path / "absent")
    assert account.command("postgres", "-D", "x") == [str(program("postgres")), "-D", "x"]
