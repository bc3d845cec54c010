"""A PostgreSQL on a disk that can be filled up.

As a program, which this module is as well, it has the disk for itself: nobody else sees it, and it
ends with the program, however that ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from local_postgres import LocalPostgres
from server_process import private_mounts

_DISK_BYTES = 128 * 1024 * 1024
_CHUNK = bytes(4096)
_STOP_SECONDS = 60.0


class SmallDiskPostgres:
    """A context manager: within it PostgreSQL answers at `url`."""

    def __enter__(self) -> Self:
        """Starts it. Raises RuntimeError."""
        self._folder = tempfile.TemporaryDirectory(prefix="small-disk-")
        # The user that PostgreSQL runs as has to get to the disk.
        Path(self._folder.name).chmod(0o755)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server_process.small_disk_postgres", self._folder.name],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=_STOP_SECONDS)
        self._folder.cleanup()

    def fill(self) -> None:
        """Leaves no room on the disk."""
        self._ask("fill")

    def free(self) -> None:
        """Makes room again."""
        self._ask("free")

    def _ask(self, what: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{what}\n")
            self._process.stdin.flush()
        self._answer()

    def _answer(self) -> str:
        answer = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not answer:
            raise RuntimeError("the PostgreSQL on a small disk has ended")
        return answer.rstrip("\n")


def _run(disk: Path) -> None:
    private_mounts.enter()
    private_mounts.mount_in_memory(disk, _DISK_BYTES)
    ballast = disk / "ballast"
    with LocalPostgres(disk / "data", durable=False) as postgres:
        _say(postgres.url())
        for line in sys.stdin:
            if line == "fill\n":
                with suppress(OSError), ballast.open("wb", buffering=0) as file:
                    while file.write(_CHUNK):
                        pass
            else:
                ballast.unlink()
            _say("done")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _run(Path(sys.argv[1]))
