"""A gevent worker that ends when nothing is under way any more, and not a second later."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from greenlet import greenlet

# As often as the arbiter is told that this worker lives, and asked whether it does itself.
_HEARTBEAT_SECONDS = 1.0
# A proxy may have sent a request before it learns that the connection is to be closed.
_LAST_REQUEST_SECONDS = 0.3


class PromptWorker(GeventWorker):
    """Told to stop, it takes no more connections and answers what was asked on those it has.

    gunicorn's own looks once a second whether it was told, and then whether it is done, and lets
    connections that nobody uses keep it for as long as at other times.
    """

    _stopping: Event | None = None

    def run(self) -> None:
        """Serves until it is told to stop, and for the graceful timeout at most after that."""
        self._stopping = stopping = Event()
        self._waiting: dict[greenlet, gevent.Timeout] = {}
        connections = Pool(self.worker_connections)
        servers = [self._serve(listener, connections) for listener in self.sockets]
        while self.alive:
            self.notify()
            stopping.wait(_HEARTBEAT_SECONDS)
        for server in servers:
            _close(server)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        if not connections.join(_LAST_REQUEST_SECONDS):
            self._close_unused()
            if not connections.join(deadline - time.monotonic()):
                self.log.warning("%d connections had to be cut off", len(connections))
                connections.kill(timeout=1)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._stopping is not None:
            gevent.spawn(self._stopping.set)

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:  # type: ignore[override]  # the stub forgets it
        """Within it a connection waits for a request: not for long, when the worker stops."""
        seconds = self.cfg.keepalive if self.alive else _LAST_REQUEST_SECONDS
        current = gevent.getcurrent()
        with gevent.Timeout(seconds, False) as timeout:  # type: ignore[arg-type]  # as above
            self._waiting[current] = timeout
            try:
                yield
            finally:
                del self._waiting[current]

    def _serve(self, listener: gevent.socket.socket, connections: Pool) -> StreamServer:
        listener.setblocking(True)
        handle = partial(self.handle, _Name(listener))  # type: ignore[arg-type]  # all it asks for
        server = StreamServer(listener, handle=handle, spawn=connections)
        if self.cfg.workers > 1:
            server.max_accept = 1
        server.start()
        return server

    def _close_unused(self) -> None:
        """Ends the wait of those who were waiting already when this worker was told to stop."""
        for waiting, timeout in list(self._waiting.items()):
            gevent.get_hub().loop.run_callback(self._stop_waiting, waiting, timeout)

    def _stop_waiting(self, waiting: greenlet, timeout: gevent.Timeout) -> None:
        # A request may have come meanwhile.
        if self._waiting.get(waiting) is timeout:
            waiting.throw(timeout)


class _Name:
    """What a connection asks of its listener, be that closed meanwhile."""

    def __init__(self, listener: gevent.socket.socket) -> None:
        self._name = listener.getsockname()

    def getsockname(self) -> Any:
        return self._name


def _close(server: StreamServer) -> None:
    """Takes whoever is in the queue, whom closing it would cut off, and refuses everybody else."""
    while not server.full() and (accepted := server.do_read()) is not None:
        server.do_handle(*accepted)
    server.close()
