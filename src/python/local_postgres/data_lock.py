"""The lock on the data folder: one process at a time holds it, until it ends."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from local_postgres.errors import LocalPostgresError

if TYPE_CHECKING:
    from pathlib import Path


class DataLock:
    """An exclusive advisory lock (flock) on a file, in which the holder leaves a note.

    The kernel releases the lock when its holder ends, also by SIGKILL. The note stays.
    """

    def __init__(self, path: Path) -> None:
        """Takes it. Raises LocalPostgresError when somebody has it, and OSError as open() does."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise LocalPostgresError(f"already running on this data: {path.parent}") from None

    def close(self) -> None:
        """Releases the lock; in a forked child, leaves it to the parent."""
        os.close(self._descriptor)

    @classmethod
    def note_of_holder(cls, path: Path) -> str | None:
        """The note of the process that holds the lock on PATH; None if none does."""
        if not path.exists():
            return None
        try:
            cls(path).close()
        except LocalPostgresError:
            return os.fsdecode(path.read_bytes())
        return None

    def read_note(self) -> str:
        """What was written last, also by an earlier holder; "" at first."""
        return os.fsdecode(os.pread(self._descriptor, 4096, 0))

    def write_note(self, note: str) -> None:
        """Replaces the note."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, os.fsencode(note), 0)
