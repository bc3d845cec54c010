"""The server around the application: gunicorn, configured in code."""

import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import gevent
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from connect4_server.config import Config
from connect4_server.worker import Worker

_GRACE_SECONDS = 10
# Longer than proxies keep an idle connection: theirs is the next request, and would be lost.
_KEEP_ALIVE_SECONDS = 75
# Half of gunicorn's own: what it collects of a head without an end, it collects in quadratic time.
_MOST_HEADERS = 50
_MOST_HEADER_BYTES = 4094
# Without the query string, which may hold a player's secret.
_ACCESS_LOG = '%(h)s "%(m)s %(U)s %(H)s" %(s)s %(B)s %(D)s'
_BACKLOG = 2048
_CONNECTIONS = 20_000
_OTHER_FILES = 100
_UNTAKEN_SECONDS = 30


class _Application(BaseApplication):
    def __init__(self, config: Config, descriptor: int, on_ready: Callable[[], None]) -> None:
        self._config = config
        self._descriptor = descriptor
        self._on_ready = on_ready
        self._end_streams: Callable[[], None] = lambda: None
        self._ignores_hang_up = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        super().__init__()

    def load_config(self) -> None:
        settings = self.cfg
        settings.set("bind", f"fd://{self._descriptor}")
        settings.set("worker_class", f"{Worker.__module__}.{Worker.__name__}")
        settings.set("workers", self._config.workers)
        settings.set("worker_connections", _connections())
        settings.set("graceful_timeout", _GRACE_SECONDS)
        settings.set("keepalive", _KEEP_ALIVE_SECONDS)
        settings.set("http_parser", "python")
        settings.set("forwarded_allow_ips", "")  # nothing here depends on X-Forwarded headers
        settings.set("limit_request_fields", _MOST_HEADERS)
        settings.set("limit_request_field_size", _MOST_HEADER_BYTES)
        settings.set("backlog", _BACKLOG)
        settings.set("loglevel", "warning")
        settings.set("proc_name", "connect4_server")
        settings.set("control_socket_disable", True)
        settings.set("when_ready", self._heed_hang_up)
        settings.set("post_worker_init", self._worker_is_ready)
        settings.set("post_request", _let_others_run)
        if self._config.access_log:
            settings.set("accesslog", "-")
            settings.set("access_log_format", _ACCESS_LOG)

    def _heed_hang_up(self, arbiter: Arbiter) -> None:
        """A closed terminal stops the server, except under nohup: there is nothing to reload."""

        def stop(_number: int, frame: FrameType | None) -> None:
            arbiter.signal(signal.SIGTERM, frame)

        signal.signal(signal.SIGHUP, signal.SIG_IGN if self._ignores_hang_up else stop)

    def _worker_is_ready(self, worker: Worker) -> None:
        worker.end_streams = self._end_streams
        # What there is by now stays: it is not to be searched for garbage again and again.
        gc.collect()
        gc.freeze()
        # Ages count from 1 and a worker that takes another's place is older than all before.
        if worker.age == 1:
            self._on_ready()

    def load(self) -> Any:
        # In the worker, after gevent has patched the standard library.
        from connect4_server.app import create_app  # noqa: PLC0415

        app = create_app(self._config)
        self._end_streams = app.extensions["hub"].close
        return app


def _let_others_run(_worker: Worker, _request: object, _environ: object, _response: object) -> None:
    """A client that sends its requests without waiting would have the worker for itself."""
    gevent.sleep(0)


def _connections() -> int:
    """How many connections a worker may have; raises its limit of open files, if it can, for that.

    Every stream is a connection, for as long as somebody watches.
    """
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _OTHER_FILES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
            allowed = wanted
        wanted = allowed
    return max(1, wanted - _OTHER_FILES)


def _end_when_told_early() -> None:
    """Until a new worker has handlers of its own it has the arbiter's, which would ignore this."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: os._exit(0))


class ListenError(Exception):
    """The address cannot be listened on; the message is one line that says why."""


class WorkerStartError(Exception):
    """No worker process can start; the message is one line, and the log has the reason."""


def listen(config: Config) -> socket.socket:
    """A socket that listens where CONFIG says. Raises ListenError."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        sock = socket.create_server((config.host, config.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ListenError(
            f"cannot listen on {config.host} port {config.port}: {error.strerror}"
        ) from error
    give_up_after(sock, _UNTAKEN_SECONDS)
    return sock


def give_up_after(sock: socket.socket, seconds: float) -> None:
    """Connections end that take nothing of what is sent to them for so long, dead ones too.

    Without it that is for the peer to say; a dead one is sent things for a quarter of an hour.
    """
    if sys.platform == "linux":
        # Connections have it from the socket that they came to.
        milliseconds = round(seconds * 1000)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def serve(config: Config, on_ready: Callable[[], None] = lambda: None) -> None:
    """Serves the game until SIGINT, SIGTERM or SIGHUP, then finishes what is under way and returns.

    ON_READY is called once, in the first worker, when requests are answered. Raises ListenError,
    and WorkerStartError when a worker cannot start: the first, or one that replaces another.
    """
    sock = listen(config)
    arbiter = os.getpid()
    os.register_at_fork(after_in_child=_end_when_told_early)
    try:
        _Application(config, sock.detach(), on_ready).run()
    except SystemExit as stop:
        if os.getpid() != arbiter:
            # A worker is a fork of the caller, whose clean-up is the caller's alone.
            logging.shutdown()
            os._exit(stop.code if isinstance(stop.code, int) else 1)
        if stop.code == Arbiter.WORKER_BOOT_ERROR:
            raise WorkerStartError("no worker process can start; see above") from None
        if stop.code:
            raise
