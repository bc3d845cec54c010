"""PostgreSQL's data directory, the cluster: created atomically, and checked before it is used."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from local_postgres import nameless
from local_postgres.access import ADMINISTRATOR
from local_postgres.binaries import major_version
from local_postgres.deferred_signals import signals_deferred
from local_postgres.errors import LocalPostgresError, OtherMajorVersionError, cause

if TYPE_CHECKING:
    from local_postgres.account import Account

# What PostgreSQL's programs see of the environment: no PGPORT, no locale of this user's.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}

_UNFINISHED = ".unfinished-"

# PostgreSQL cuts longer ones off: its MAXPGPATH is 1024, with the names of its files in it.
_LONGEST_PATH = 900

_SHUTDOWN_SECONDS = 30.0


def ensure_cluster(cluster: Path, account: Account, *, durable: bool) -> None:
    """Makes a cluster there if there is none yet, or checks the one that is there.

    Raises LocalPostgresError: the folder holds something else or what another major version
    wrote, or initdb failed.
    """
    if len(os.fsencode(cluster)) > _LONGEST_PATH:
        raise LocalPostgresError(f"path too long for PostgreSQL ({_LONGEST_PATH} bytes): {cluster}")
    if not str(cluster).isprintable():
        raise LocalPostgresError(f"path with unprintable characters: {str(cluster)!r}")
    _sweep(cluster)
    if not cluster.exists() or not any(cluster.iterdir()):
        _create(cluster, account, durable=durable)
        return
    version = cluster / "PG_VERSION"
    if not version.exists():
        raise LocalPostgresError(f"neither empty nor a PostgreSQL database: {cluster}")
    if (found := version.read_text().strip()) != major_version():
        raise OtherMajorVersionError(
            f"PostgreSQL {found} wrote {cluster}; this is PostgreSQL {major_version()}"
        )


def settle_pid_file(cluster: Path, seconds: float = _SHUTDOWN_SECONDS) -> None:
    """Waits up to SECONDS for a PostgreSQL that still shuts down, then removes its pid file.

    Only the holder of the data's lock may call it. The number in the file may by now belong to any
    process, so none is ever signalled. Raises LocalPostgresError when that PostgreSQL does not end
    in time.
    """
    pid_file = cluster / "postmaster.pid"
    deadline = time.monotonic() + seconds
    while (pid := _read_pid(pid_file)) is not None and _runs_on(cluster, pid):
        if time.monotonic() > deadline:
            raise LocalPostgresError(f"a PostgreSQL (process {pid}) still runs on {cluster}")
        time.sleep(0.02)
    pid_file.unlink(missing_ok=True)


def hand_over(cluster: Path, account: Account) -> None:
    """Makes the account the owner of a cluster that root made or an earlier version left."""
    former = cluster.stat().st_uid
    if former == account.uid:
        return
    # The cluster itself comes last: what is interrupted is done again.
    for _, folders, files, descriptor in os.fwalk(cluster, topdown=False):
        for name in (*folders, *files):
            # A link may lead to what is somebody else's.
            if os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_uid == former:
                os.chown(name, account.uid, account.gid, dir_fd=descriptor, follow_symlinks=False)
    account.own(cluster)


def _create(cluster: Path, account: Account, *, durable: bool) -> None:
    # Nobody else may enter the outer folder, whoever owns the inner one for now.
    unfinished = Path(tempfile.mkdtemp(prefix=cluster.name + _UNFINISHED, dir=cluster.parent))
    with ExitStack() as always:
        always.callback(shutil.rmtree, unfinished)
        made = unfinished / cluster.name
        made.mkdir(mode=0o700)
        _initdb(made, account.with_a_name(), durable=durable)
        hand_over(made, account)
        made.rename(cluster)
    if durable:
        _sync(cluster.parent)


def _initdb(folder: Path, account: Account, *, durable: bool) -> None:
    account.own(folder)
    programs = None if account.has_name else nameless.copy_programs(folder.with_name("programs"))
    command = account.command(
        "initdb",
        f"--pgdata={account.path_of(folder)}",
        f"--username={ADMINISTRATOR}",
        "--auth=reject",  # until PostgreSQL is started with rules of who may connect
        "--encoding=UTF8",
        # The same on every machine, whatever locales it has.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        *([] if durable else ["--no-sync"]),
        programs=programs,
    )
    with ExitStack() as interrupted:
        with signals_deferred():
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env=ENVIRONMENT,
                cwd=folder,
                start_new_session=True,
            )
            interrupted.callback(_kill, process)
        output, _ = process.communicate()
        interrupted.pop_all()
    if process.returncode != 0:
        raise LocalPostgresError(f"cannot make a database in {folder.parents[1]}: {cause(output)}")


def _kill(process: subprocess.Popen[str]) -> None:
    """With all that it has started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _sweep(cluster: Path) -> None:
    """Removes what an initdb left that was killed before it was done."""
    for entry in cluster.parent.iterdir():
        if entry.name.startswith(cluster.name + _UNFINISHED):
            shutil.rmtree(entry)


def _sync(folder: Path) -> None:
    """Makes a rename in the folder outlast a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _runs_on(cluster: Path, pid: int) -> bool:
    """Whether that process is a PostgreSQL on this cluster."""
    try:
        process = psutil.Process(pid)
        if process.name() != "postgres" or process.uids().real != cluster.stat().st_uid:
            return False
        return process.cwd() == os.path.realpath(cluster)
    except psutil.AccessDenied:
        return True  # not to be looked into, in some containers: rather wait than start a second
    except (ValueError, psutil.NoSuchProcess):
        return False
