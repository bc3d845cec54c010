"""Notices at once that a client has closed its connection.

A response that waits for news would notice it only with its next writes.
"""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

import gevent
from gevent.monkey import get_original

if TYPE_CHECKING:
    from collections.abc import Callable

_READABLE = 1
# Linux alone tells that the other end sends nothing more, by POLLRDHUP:
# https://man7.org/linux/man-pages/man2/poll.2.html
_CLOSED = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR
# Not gevent's, which goes through the event loop even to ask for the state right now.
_poll = get_original("select", "poll")


class Disconnection:
    """Waits for the other end of a connection to close it, until `stop` is called."""

    __slots__ = ("_descriptor", "_on_closed", "_watcher")

    def __init__(self, descriptor: int, on_closed: Callable[[], None]) -> None:
        """Calls ON_CLOSED, which must not wait, once. DESCRIPTOR is that of a socket."""
        self._descriptor = descriptor
        self._on_closed = on_closed
        self._watcher = gevent.get_hub().loop.io(descriptor, _READABLE)
        self._watcher.start(self._check)

    def stop(self) -> None:
        """Waits no more; to be called before the socket is closed."""
        self._watcher.stop()
        self._watcher.close()

    def _check(self) -> None:
        # Another request that the client sends early is not looked at either.
        self._watcher.stop()
        poll = _poll()
        poll.register(self._descriptor, _CLOSED)
        if poll.poll(0):
            self._on_closed()
