"""A database as a file in pg_dump's custom format, which later major versions of PostgreSQL read.

The programs and the format: https://www.postgresql.org/docs/current/app-pgdump.html and
https://www.postgresql.org/docs/current/app-pgrestore.html. Roles and rights are not in the file.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from local_postgres.binaries import program
from local_postgres.cluster import ENVIRONMENT
from local_postgres.errors import LocalPostgresError, cause

_FOR_ANY_ROLE = ("--no-owner", "--no-privileges")


def dump(url: str, file: Path) -> None:
    """Writes the database at the libpq URI URL to the new FILE, which only this user may read.

    It is the database as it was at one moment, while others may go on writing. FILE appears when it
    is complete. Raises LocalPostgresError.
    """
    if file.exists():
        raise LocalPostgresError(f"this file exists already: {file}")
    try:
        folder = tempfile.TemporaryDirectory(prefix=f"{file.name}.unfinished-", dir=file.parent)
    except OSError as error:
        raise LocalPostgresError(f"cannot write {file}: {error.strerror}") from error
    with folder as name:
        unfinished = Path(name, "dump")
        to = f"--file={unfinished.absolute()}"
        _run("pg_dump", "--format=custom", *_FOR_ANY_ROLE, f"--dbname={url}", to)
        unfinished.rename(file)


def load(file: Path, url: str) -> None:
    """Reads FILE into the empty database at the libpq URI URL, all of it or nothing.

    Everything in it then belongs to the role that URL names. Raises LocalPostgresError.
    """
    at_once = ("--single-transaction", "--exit-on-error")
    _run("pg_restore", *at_once, *_FOR_ANY_ROLE, f"--dbname={url}", str(file.absolute()))


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [program(name), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=ENVIRONMENT,
        umask=0o077,
        check=False,
    )
    if done.returncode != 0:
        raise LocalPostgresError(f"{name} failed: {cause(done.stderr)}")
