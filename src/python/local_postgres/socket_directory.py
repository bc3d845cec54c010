"""The private folder of PostgreSQL's socket, with the rules of who may connect there.

It is apart from the data: its path has to be short, and open to PostgreSQL's user.
"""

from __future__ import annotations

import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from local_postgres.access import FILES, rules
from local_postgres.permissions import all_may_enter

if TYPE_CHECKING:
    from local_postgres.account import Account

PORT = 5432  # only a part of the socket's name

_PREFIX = "connect4-"
_ENTRIES = {f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock", *FILES}

# A socket's path may have 103 bytes on macOS, and PostgreSQL takes a comma for a separator.
_FIT_FOR_SOCKETS = re.compile(r"[\w/.-]{1,70}", re.ASCII)


def create(account: Account) -> Path:
    """Returns a new folder, with the rules' files, that only the account (and root) can enter.

    Raises OSError if there cannot be one.
    """
    files = rules()
    temporary = tempfile.gettempdir()
    fit = _FIT_FOR_SOCKETS.fullmatch(temporary)
    reachable = not account.is_another or all_may_enter(Path(temporary))
    parent = temporary if fit and reachable else "/tmp"  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    for name, text in files.items():
        (folder / name).write_text(text)
        account.own(folder / name)
    account.own(folder)
    return folder


def remove(folder: Path) -> None:
    """Removes the folder with what a killed PostgreSQL leaves in it."""
    for name in _ENTRIES:
        (folder / name).unlink(missing_ok=True)
    with suppress(FileNotFoundError):  # temporary folders get cleaned by others too
        folder.rmdir()


def remove_leftover(note: str, uid: int) -> None:
    """Removes the folder NOTE, which an earlier run created and, being killed, did not remove.

    It is left alone if it is by now something else than such a folder of the user UID.
    """
    folder = Path(note)
    if not (folder.is_absolute() and folder.name.startswith(_PREFIX)):
        return
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == uid
    if ours and {entry.name for entry in folder.iterdir()} <= _ENTRIES:
        remove(folder)
