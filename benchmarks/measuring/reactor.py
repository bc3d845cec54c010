"""Many sockets in one thread: calls back whoever has something to read."""

from __future__ import annotations

import selectors
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable


class Reactor:
    """A context manager, within which sockets are watched for what arrives on them.

    Cheaper than a greenlet or a thread each: a load that comes from the machine of the server
    takes its processor away from it.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the sockets that are still watched."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self._selector.close()

    def watch(self, connection: socket.socket, on_readable: Callable[[], None]) -> None:
        """Has ON_READABLE called whenever there is something to read, or the end."""
        self._selector.register(connection, selectors.EVENT_READ, on_readable)

    def close(self, connection: socket.socket) -> None:
        """Watches it no longer, and closes it."""
        self._selector.unregister(connection)
        connection.close()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is watched."""
        return not self._selector.get_map()

    def turn(self, seconds: float | None = None) -> None:
        """Waits for something to arrive, at most so long, and calls back for all that has."""
        for key, _ in self._selector.select(seconds):
            key.data()

    def run(self, is_done: Callable[[], bool], seconds: float) -> None:
        """Turns until that is so. Raises TimeoutError if it takes longer than SECONDS."""
        deadline = time.monotonic() + seconds
        while not is_done():
            left = deadline - time.monotonic()
            if left < 0:
                raise TimeoutError(f"still not so after {seconds} s")
            self.turn(left)
