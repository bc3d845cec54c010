"""The private folder of PostgreSQL's socket, apart from the data: its path has to be short."""

from __future__ import annotations

import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local_postgres.account import Account

PORT = 5432  # of no meaning but as a part of the socket's name

_PREFIX = "connect4-"
_ENTRIES = {f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"}

# A socket's path may have 103 bytes on macOS, and PostgreSQL takes a comma for a separator.
_FIT_FOR_SOCKETS = re.compile(r"[\w/.-]{1,70}", re.ASCII)


def create(account: Account) -> Path:
    """A new folder that only the account (and root) can enter."""
    temporary = tempfile.gettempdir()
    parent = temporary if _FIT_FOR_SOCKETS.fullmatch(temporary) else "/tmp"  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    account.own(folder)
    return folder


def remove(folder: Path) -> None:
    """Removes the folder with what a killed PostgreSQL leaves in it."""
    for name in _ENTRIES:
        (folder / name).unlink(missing_ok=True)
    with suppress(FileNotFoundError):  # temporary folders get cleaned by others too
        folder.rmdir()


def remove_leftover(note: str, account: Account) -> None:
    """Removes the folder that an earlier run noted and was killed too hard to remove itself.

    What has that name by now but is not such a folder of the account's, is left alone.
    """
    folder = Path(note)
    if not (folder.is_absolute() and folder.name.startswith(_PREFIX)):
        return
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid
    if ours and {entry.name for entry in folder.iterdir()} <= _ENTRIES:
        remove(folder)
