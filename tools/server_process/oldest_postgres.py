"""The oldest PostgreSQL that is supported, as a process of its own that keeps nothing."""

from __future__ import annotations

import itertools
import os
import platform
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Self

import psycopg2
from psycopg2 import sql

from local_postgres.permissions import all_may_run
from server_process.waiting import wait_until

# Relative to the repository's root, from which Pants runs every test.
PINNED = Path("3rdparty/postgresql-13/out/bin")

_SUPERUSER = "postgres"
_START_SECONDS = 120.0
_STOP_SECONDS = 60.0
_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class NoOldestPostgresError(Exception):
    """There is no such PostgreSQL to test with; the message says what to do."""


class OldestPostgres:
    """A context manager: within it PostgreSQL runs, on a socket in a private folder.

    Its programs are those in the folder that OLDEST_POSTGRES names, or else the pinned ones. They
    are not started through `LocalPostgres`, which sets up what only the shipped version has. As
    root they run as `nobody`. PostgreSQL ends with this process, also when that is killed.
    """

    def __enter__(self) -> Self:
        """Starts it. Raises NoOldestPostgresError, CalledProcessError or TimeoutError."""
        self._programs = _programs()
        # A short path, since it is a socket's, and one that `nobody` can reach.
        self._folder = tempfile.TemporaryDirectory(prefix="oldest-postgres-", dir="/tmp")
        self._numbers = itertools.count(1)
        folder = Path(self._folder.name)
        self._prefix = self._become_somebody(folder)
        cluster = folder / "data"
        subprocess.run(
            self._command(
                "initdb",
                *("-D", str(cluster), "-U", _SUPERUSER, "-A", "trust"),
                *("--no-sync", "--encoding=UTF8", "--locale=C"),
            ),
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        self._process = subprocess.Popen(
            self._command(
                "postgres",
                *("-D", str(cluster), "-h", "", "-k", str(folder)),
                *(argument for setting in _SETTINGS for argument in ("-c", setting)),
            ),
            cwd=folder,
            stdin=subprocess.DEVNULL,
        )
        wait_until(self._answers, _START_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)  # a fast shutdown: it waits for no client
        self._process.wait(_STOP_SECONDS)
        self._folder.cleanup()

    def create_database(self) -> str:
        """The URL of a new database, as its superuser."""
        name = f"test_{next(self._numbers)}"
        with closing(psycopg2.connect(self._url("postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://{_SUPERUSER}@/{database}?host={self._folder.name}"

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [*self._prefix, str(self._programs / program), *arguments]

    def _become_somebody(self, folder: Path) -> list[str]:
        """What a command begins with to end with this process, and not to run as root."""
        prefix = ["setpriv", "--pdeathsig=INT"]
        if os.geteuid() != 0:
            return prefix
        if not all_may_run(self._programs / "postgres"):
            shutil.copytree(self._programs.parent, folder / "postgresql")
            self._programs = folder / "postgresql/bin"
        user, group = pwd.getpwnam("nobody")[2:4]
        os.chown(folder, user, group)
        return [*prefix, f"--reuid={user}", f"--regid={group}", "--clear-groups"]

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self._url("postgres")).close()
        except psycopg2.OperationalError:
            if self._process.poll() is not None:
                raise
            return False
        return True


def _programs() -> Path:
    if named := os.environ.get("OLDEST_POSTGRES"):
        return Path(named).resolve()
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoOldestPostgresError(
            f"{PINNED} is for Linux on x86-64: set OLDEST_POSTGRES to the folder of another"
            " installation's programs"
        )
    if not PINNED.is_dir():
        raise NoOldestPostgresError(
            f"no {PINNED} here: run the test with Pants or set OLDEST_POSTGRES"
        )
    return PINNED.resolve()
