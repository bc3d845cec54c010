"""gunicorn's gevent worker with an HTTP of its own, which ends as soon as nothing is under way."""

from __future__ import annotations

import socket
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

from connect4_server.http_connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from wsgiref.types import WSGIApplication, WSGIEnvironment

# As often as the arbiter is told that this worker lives, and asked whether it does itself.
_HEARTBEAT_SECONDS = 1.0
# A proxy may have sent a request before it learns that the connection is to be closed.
_LAST_REQUEST_SECONDS = 0.3


class Worker(GeventWorker):
    """Told to stop, it takes no more connections and answers what was asked on those it has.

    Streams end at once, which by themselves would go on for a whole game.
    """

    end_streams: Callable[[], None] | None = None
    _stopping: Event | None = None

    def run(self) -> None:
        """Serves until it is told to stop, and for the graceful timeout at most after that."""
        self._stopping = stopping = Event()
        self._connections: set[Connection] = set()
        greenlets = Pool(self.worker_connections)
        servers = [self._serve(listener, greenlets) for listener in self.sockets]
        while self.alive:
            self.notify()
            stopping.wait(_HEARTBEAT_SECONDS)
        for server in servers:
            _close(server)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        if not greenlets.join(_LAST_REQUEST_SECONDS):
            for connection in list(self._connections):
                connection.leave()
            if not greenlets.join(deadline - time.monotonic()):
                self.log.warning("%d connections had to be cut off", len(greenlets))
                greenlets.kill(timeout=1)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._stopping is not None:
            gevent.spawn(self._stop)

    def _stop(self) -> None:
        if self.end_streams is not None:
            self.end_streams()
        for connection in self._connections:
            connection.stop()
        if self._stopping is not None:
            self._stopping.set()

    def _serve(self, listener: socket.socket, greenlets: Pool) -> StreamServer:
        listener.setblocking(True)
        common: WSGIEnvironment = {
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": str(listener.getsockname()[1]),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": self.cfg.workers > 1,
            "wsgi.run_once": False,
        }
        handle = partial(self._answer, common)
        server = StreamServer(listener, handle=handle, spawn=greenlets)
        if self.cfg.workers > 1:
            server.max_accept = 1
        server.start()
        return server

    def _answer(self, common: WSGIEnvironment, client: socket.socket, address: Any) -> None:
        environ = {**common, "REMOTE_ADDR": address[0], "REMOTE_PORT": str(address[1])}
        application = cast("WSGIApplication", self.wsgi)
        with client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = Connection(client, application, environ, self.log.error_log)
            self._connections.add(connection)
            try:
                connection.serve()
            except OSError as error:
                self.log.debug("a connection was lost: %s", error)
            except Exception as error:
                # In the middle of an answer: all that is left is to hang up.
                self.log.error("an answer broke off", exc_info=error)
            finally:
                self._connections.discard(connection)


def _close(server: StreamServer) -> None:
    """Takes whoever is in the queue, whom closing it would cut off, and refuses everybody else."""
    while not server.full() and (accepted := server.do_read()) is not None:
        server.do_handle(*accepted)
    server.close()
