"""The user that PostgreSQL runs as, since it refuses to run as root.

Root's PostgreSQL is a user that is nobody else's: not `nobody`, whose processes could read its
files and memory. It has no capability, so it cannot pass through folders that only root may enter:

- its data are its working directory, and /proc/self/cwd leads there past the folders above;
- its programs are copied if they lie below such a folder (see `binaries`).

Permissions of other folders do not change, and no mount or user is made: a container is enough.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from local_postgres.binaries import program, program_for_all
from local_postgres.errors import LocalPostgresError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# PostgreSQL shuts down when whoever started it is gone, be it by kill -9.
_END_WITH_PARENT = ("--pdeathsig", "INT")

_WITHOUT_CAPABILITIES = (
    "--clear-groups",
    "--inh-caps=-all",
    "--ambient-caps=-all",
    "--bounding-set=-all",
    "--no-new-privs",
)

# No system gives them to anybody, and containers have them: https://systemd.io/UIDS-GIDS/
_UNUSED = range(65520, 65534)


@dataclass(frozen=True)
class Account:
    """A user, and how to become that user."""

    uid: int
    gid: int
    setpriv: str | None

    @property
    def is_another(self) -> bool:
        """Whether it is not the user of this process."""
        return self.uid != os.geteuid()

    @property
    def has_name(self) -> bool:
        """Whether the system knows the user by a name."""
        return _is_known(pwd.getpwuid, self.uid)

    def command(self, name: str, *arguments: str, programs: Path | None = None) -> list[str]:
        """The command that runs a program of PostgreSQL as this user, PROGRAMS' one if given.

        The program ends when its parent ends. For another user, its working directory has to be
        the cluster.
        """
        if programs is not None:
            path = programs / name
        else:
            path = program_for_all(name) if self.is_another else program(name)
        return [*self._prefix(), str(path), *arguments]

    def path_of(self, cluster: Path) -> str:
        """The path to the cluster for commands that this user runs."""
        return "/proc/self/cwd" if self.is_another else str(cluster)

    def with_a_name(self) -> Account:
        """The same account, or the user nobody in its group if it has no name, which initdb needs.

        The group keeps other processes of the user nobody from inspecting this one.
        """
        if not self.is_another or self.has_name:
            return self
        return replace(self, uid=_nobody().pw_uid)

    def own(self, path: Path) -> None:
        """Makes this user the owner of PATH, a new file or folder of this process; as root only."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

    def _prefix(self) -> tuple[str, ...]:
        if self.setpriv is None:
            return ()
        if not self.is_another:
            return (self.setpriv, *_END_WITH_PARENT)
        become = (f"--reuid={self.uid}", f"--regid={self.gid}", *_WITHOUT_CAPABILITIES)
        return (self.setpriv, *become, *_END_WITH_PARENT)


def account_for(cluster: Path) -> Account:
    """The user for PostgreSQL on this cluster: its owner, else this user, but never root or nobody.

    Raises LocalPostgresError when this user cannot become that one.
    """
    owner = cluster.stat() if cluster.exists() else None
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise LocalPostgresError(f"{cluster} belongs to another user (uid {owner.st_uid})")
        # Not everywhere: macOS has no such signal.
        return Account(os.geteuid(), os.getegid(), setpriv)
    if owner is not None and owner.st_uid == 0 and (cluster / "PG_VERSION").exists():
        raise LocalPostgresError(f"{cluster} belongs to root, as whom PostgreSQL does not run")
    if setpriv is None:
        raise LocalPostgresError("as root this needs setpriv, which is part of util-linux")
    if owner is not None and owner.st_uid != 0 and not _ran_as_nobody(cluster):
        return Account(owner.st_uid, owner.st_gid, setpriv)
    for number in _UNUSED:
        if not _is_known(pwd.getpwuid, number) and not _is_known(grp.getgrgid, number):
            return Account(number, number, setpriv)
    raise LocalPostgresError(f"as root this needs an unused uid from {_UNUSED[0]} on")


def own_name() -> str | None:
    """The name of the user of this process; None if there is none, as in many containers."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return None


def _ran_as_nobody(cluster: Path) -> bool:
    """Whether it is from an earlier version, run by root; nobody's own have nobody's lock."""
    lock = cluster.with_name("lock")
    ours = lock.exists() and lock.stat().st_uid == 0
    return ours and cluster.stat().st_uid == _nobody().pw_uid


def _is_known(look_up: Callable[[int], object], number: int) -> bool:
    try:
        look_up(number)
    except KeyError:
        return False
    return True


def _nobody() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise LocalPostgresError("as root this needs the user nobody, who is missing") from None
