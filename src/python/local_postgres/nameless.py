"""initdb for a user without a name: one with no entry in /etc/passwd, as containers often have.

initdb, and the `postgres --single` that it starts, look up the name of their user, a default for
what is given anyway, and fail if there is none. Ways around that need what such a container does
not have: an /etc/passwd that can be written, user namespaces, or a library for LD_PRELOAD
(nss_wrapper).

So copies of the two run, which call getpwent where these call getpwuid: it returns the first user
of /etc/passwd, whose name is then not used. Both names have the same length, so nothing else in the
files changes. The copies are for initdb alone; the PostgreSQL that serves is the original.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from local_postgres.binaries import program
from local_postgres.errors import LocalPostgresError

if TYPE_CHECKING:
    from pathlib import Path

_LOOKS_UP = b"\0getpwuid\0"
_TAKES_THE_FIRST = b"\0getpwent\0"


def copy_programs(folder: Path) -> Path:
    """Makes such copies below the new FOLDER; returns the folder that holds them.

    Raises LocalPostgresError where the programs are other ones, such as on macOS.
    """
    installation = program("initdb").parents[1]
    copy = folder / "package" / "installation"
    (copy / "bin").mkdir(parents=True)
    for name in ("initdb", "postgres"):
        original = program(name).read_bytes()
        if original.count(_LOOKS_UP) != 1:
            raise LocalPostgresError(
                f"{name} needs a user with a name: uid {os.geteuid()} has none"
            )
        (copy / "bin" / name).write_bytes(original.replace(_LOOKS_UP, _TAKES_THE_FIRST))
        (copy / "bin" / name).chmod(0o700)
    # Programs find what they need from where they are.
    for name in ("lib", "share"):
        (copy / name).symlink_to(installation / name)
    for libraries in installation.parents[1].glob("*.libs"):
        (folder / libraries.name).symlink_to(libraries)
    return copy / "bin"
