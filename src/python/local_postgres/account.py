"""Which user PostgreSQL runs as, since it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local_postgres.errors import LocalPostgresError

if TYPE_CHECKING:
    from pathlib import Path

# PostgreSQL shuts down when whoever started it is gone, be it by kill -9.
_END_WITH_PARENT = ("--pdeathsig", "INT")

# The one capability with which another user reaches programs and data below folders that only
# root may enter, so that no folder's permissions have to change.
_REACH = "-all,+dac_override"


@dataclass(frozen=True)
class Account:
    """A user, and how to become that user."""

    uid: int
    gid: int
    prefix: tuple[str, ...]

    def command(self, program: Path, *arguments: str) -> list[str]:
        """The command that runs the program as this user, and ends it when its parent ends."""
        return [*self.prefix, str(program), *arguments]

    def own(self, folder: Path) -> None:
        """Gives one of our new folders to this user."""
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)


def account_for(cluster: Path) -> Account:
    """Whom PostgreSQL runs as on this cluster: its owner, else this user, but nobody for root.

    Raises LocalPostgresError when this user cannot become that one.
    """
    owner = cluster.stat() if cluster.exists() else None
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise LocalPostgresError(f"{cluster} belongs to another user (uid {owner.st_uid})")
        # Not everywhere: macOS has no such signal.
        return Account(os.geteuid(), os.getegid(), (setpriv, *_END_WITH_PARENT) if setpriv else ())
    if owner is not None and owner.st_uid == 0:
        if (cluster / "PG_VERSION").exists():
            raise LocalPostgresError(f"{cluster} belongs to root, as whom PostgreSQL does not run")
        owner = None
    if setpriv is None:
        raise LocalPostgresError("as root this needs setpriv, which is part of util-linux")
    uid, gid = (owner.st_uid, owner.st_gid) if owner is not None else _nobody()
    become = (
        setpriv,
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        "--securebits=+no_setuid_fixup",
        f"--inh-caps={_REACH}",
        f"--ambient-caps={_REACH}",
        f"--bounding-set={_REACH}",
        *_END_WITH_PARENT,
    )
    return Account(uid, gid, become)


def _nobody() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise LocalPostgresError("as root this needs the user nobody, who is missing") from None
    return entry.pw_uid, entry.pw_gid
