"""Serves the metrics of all workers on a port of their own, from the process that starts them.

Each worker counts in files, which this process adds up when it is asked:
https://prometheus.github.io/client_python/multiprocess/. So a busy worker neither delays an answer
nor is delayed by it.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import contextmanager
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_PATH = "/metrics"
_IDLE_SECONDS = 30.0


class _Handler(WSGIRequestHandler):
    timeout = _IDLE_SECONDS

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Logs nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(self, listener: socket.socket) -> None:
        super().__init__(listener.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        # HTTPServer's own `server_bind` would ask a name server.
        self.server_name, self.server_port = listener.getsockname()[:2]
        self.setup_environ()


@contextmanager
def serve_metrics(listener: socket.socket) -> Iterator[None]:
    """Within it `GET /metrics` is answered on LISTENER, which is closed at the end.

    Enter it before prometheus_client is imported, which decides then where it counts.
    """
    with tempfile.TemporaryDirectory(prefix="connect4-metrics-") as folder:
        os.environ[_FOLDER] = folder
        with _Server(listener) as server:
            server.set_app(_only_metrics())
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield
            finally:
                server.shutdown()
                del os.environ[_FOLDER]


def forget_worker(pid: int) -> None:
    """Has gauges no longer count the process PID, which has ended; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

    mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _only_metrics() -> WSGIApplication:
    from prometheus_client import CollectorRegistry, make_wsgi_app  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    metrics: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == _PATH:
            return metrics(environ, start_response)
        start_response(f"{HTTPStatus.NOT_FOUND:d} Not Found", [("Content-Type", "text/plain")])
        return [b"Only /metrics is here.\n"]

    return answer
