"""PgBouncer as a process of its own, between a server and its PostgreSQL."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import psycopg2
from sqlalchemy import URL, make_url

from server_process.bound_process import bound
from server_process.waiting import wait_until

_PORT = 6432  # of no meaning but as a part of the socket's name
_STOP_SECONDS = 120.0
# Nothing in it is ignored, so that a parameter that PgBouncer does not know is found out.
_SETTINGS = """
[databases]
* = host={host} port={port} user={user}

[pgbouncer]
unix_socket_dir = {folder}
listen_port = {listen_port}
auth_type = any
pool_mode = {mode}
default_pool_size = 20
server_reset_query = DISCARD ALL
"""


class PgBouncerProcess:
    """A context manager: within it PgBouncer leads to the databases of a PostgreSQL."""

    def __init__(self, program: str, database_url: str, mode: str) -> None:
        """Takes PgBouncer's path, the URL of a database on a TCP port, and the pool_mode."""
        self._program = program
        self._target = make_url(database_url)
        self._mode = mode

    def __enter__(self) -> Self:
        """Returns when it answers. Raises TimeoutError."""
        self._folder = tempfile.TemporaryDirectory(prefix="pgbouncer-")
        folder = Path(self._folder.name)
        settings = folder / "pgbouncer.ini"
        settings.write_text(
            _SETTINGS.format(
                host=self._target.host,
                port=self._target.port,
                user=self._target.username,
                folder=folder,
                listen_port=_PORT,
                mode=self._mode,
            ),
            encoding="ascii",
        )
        self.log = (folder / "log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(
            bound([self._program, *_as_somebody(folder), str(settings)]),
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        wait_until(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(_STOP_SECONDS)
        self.log.close()
        self._folder.cleanup()

    @property
    def url(self) -> str:
        """The same database's, by way of PgBouncer."""
        target = self._target
        query = {"host": self._folder.name, "port": str(_PORT)}
        return URL.create(
            target.drivername, target.username, database=target.database, query=query
        ).render_as_string()

    def output(self) -> str:
        """What it has printed so far."""
        self.log.seek(0)
        return self.log.read()

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            if self._process.poll() is not None:
                raise
            return False
        return True


def _as_somebody(folder: Path) -> list[str]:
    """It does not run as root either."""
    if os.geteuid() != 0:
        return []
    os.chown(folder, *pwd.getpwnam("nobody")[2:4])
    return ["--user=nobody"]
