"""gunicorn's gevent worker with connection draining: it stops as soon as requests are answered."""

from __future__ import annotations

import json
import socket
import sys
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.arbiter import Arbiter
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.util import close_graceful
from gunicorn.workers.ggevent import GeventWorker

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

# How often the worker tells the arbiter that it is alive.
_HEARTBEAT_SECONDS = 1.0
# A proxy may still send a request until it sees that the connection closes.
_LAST_REQUEST_SECONDS = 0.3
# Of a lingering close.
_LINGER_SECONDS = 1.0
_LINGER_BYTES = 1024 * 1024

_STATUSES = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
}


class Worker(GeventWorker):
    """A worker that, told to stop, drains its connections.

    It accepts no new ones, ends streams, closes idle connections, and answers the requests that are
    running. gunicorn's own worker waits for idle connections and for streams, to its timeout.
    """

    end_streams: Callable[[], None]
    """Ends the application's streams; set when the application is loaded."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._stopping = Event()
        # How draining shuts each connection down (`SHUT_…`); None while its request is running.
        self._connections: dict[socket.socket, int | None] = {}

    def init_process(self) -> None:
        """Runs the worker; exits with a status that tells the arbiter whether it had started.

        gunicorn would print the reason to stderr. Where nobody reads that any more, printing fails,
        the status is lost, and the arbiter starts one worker after the other for ever.
        """
        try:
            super().init_process()
        except Exception:
            self.log.exception("the worker %s", "failed" if self.booted else "cannot start")
            sys.exit(1 if self.booted else Arbiter.WORKER_BOOT_ERROR)

    def run(self) -> None:
        """Serves until it is told to stop, then drains for the graceful timeout at most."""
        greenlets = Pool(self.worker_connections)
        servers = [self._serve(listener, greenlets) for listener in self.sockets]
        while self.alive:
            self.notify()
            self._stopping.wait(_HEARTBEAT_SECONDS)
        self.end_streams()
        for server in servers:
            _accept_backlog_and_close(server)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        if not greenlets.join(_LAST_REQUEST_SECONDS):
            for client, how in list(self._connections.items()):
                if how is not None:
                    _shut_down(client, how)
            if not greenlets.join(deadline - time.monotonic()):
                self.log.warning("%d connections had to be cut off", len(greenlets))
                greenlets.kill(timeout=1)

    def load_wsgi(self) -> None:
        """Loads the application, and notes when the response of each request begins."""
        super().load_wsgi()
        application: Any = self.wsgi

        def answer(environ: dict[str, Any], start_response: Any) -> Any:
            response = application(environ, start_response)
            # From here on the client may be slow to read: draining does not wait for it.
            self._connections[environ["gunicorn.socket"]] = socket.SHUT_RDWR
            return response

        self.wsgi: Any = answer

    def handle(self, listener: socket.socket, client: socket.socket, addr: Any) -> None:
        """Serves one connection to its end."""
        self._connections[client] = socket.SHUT_RD
        try:
            super().handle(listener, client, addr)
        finally:
            del self._connections[client]

    def handle_request(self, listener_name: Any, req: Any, sock: socket.socket, addr: Any) -> bool:
        """Serves one request; returns whether the connection stays open for another."""
        self._connections[sock] = None
        try:
            keeps: bool = super().handle_request(listener_name, req, sock, addr)
            return keeps
        except TimeoutError:
            # TCP_USER_TIMEOUT: the client does not read its response.
            raise StopIteration from None
        finally:
            self._connections[sock] = socket.SHUT_RD

    def handle_error(
        self, _req: Any, client: socket.socket, _addr: Any, exc: BaseException
    ) -> None:
        """Answers a request that failed outside of the application in JSON, and logs EXC.

        No URL or header is logged, since they may hold a player's secret.
        """
        if isinstance(exc, ParseException):
            status = _STATUSES.get(type(exc), HTTPStatus.BAD_REQUEST)
            self.log.info("a malformed request: %s", type(exc).__name__)
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("a request failed outside of the application", exc_info=exc)
        body = json.dumps({"error": status.phrase})
        head = (
            f"HTTP/1.1 {status:d} {status.phrase}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with suppress(OSError):
            client.sendall((head + body).encode())
            # Closing a connection with unread bytes resets it, and the response is lost.
            close_graceful(client, _LINGER_SECONDS, _LINGER_BYTES)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begins to stop: the handler of SIGTERM."""
        super().handle_exit(sig, frame)
        # In a greenlet, since a signal handler must not switch greenlets.
        gevent.spawn(self._stopping.set)

    def _serve(self, listener: socket.socket, greenlets: Pool) -> StreamServer:
        listener.setblocking(True)
        server = StreamServer(listener, handle=partial(self.handle, listener), spawn=greenlets)
        if self.cfg.workers > 1:
            server.max_accept = 1
        server.start()
        return server


def _shut_down(client: socket.socket, how: int) -> None:
    """Shuts the connection down, but lets the server read what it has already received.

    gevent's own `shutdown` would end a waiting read at once.
    """
    with suppress(OSError), socket.fromfd(client.fileno(), client.family, client.type) as same:
        same.shutdown(how)


def _accept_backlog_and_close(server: StreamServer) -> None:
    """Accepts the connections that are already in the backlog, then closes the listener."""
    has_taken = True
    while has_taken:
        has_taken = False
        while not server.full() and (accepted := server.do_read()) is not None:
            server.do_handle(*accepted)
            has_taken = True
        # gunicorn reads the listener's address when it begins with a connection.
        gevent.sleep(0)
    server.close()
