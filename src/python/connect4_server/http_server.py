"""Runs the application in gunicorn, which is configured in code."""

import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from types import FrameType
from typing import Any

import gevent
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from connect4_server.config import Config
from connect4_server.logs import Logger, log_configuration
from connect4_server.metrics_server import forget_worker, serve_metrics
from connect4_server.worker import Worker

_GRACE_SECONDS = 10
# Longer than proxies keep an idle connection: if the server closed first, a request could be lost.
_KEEP_ALIVE_SECONDS = 75
# Half of gunicorn's defaults, since it collects an unfinished head in quadratic time.
_MAX_HEADERS = 50
_MAX_HEADER_BYTES = 4094
_BACKLOG = 2048
_WANTED_CONNECTIONS = 20_000
_RESERVED_FILES = 100
_SEND_TIMEOUT_SECONDS = 30


class _Application(BaseApplication):
    def __init__(self, config: Config, descriptor: int, on_ready: Callable[[], None]) -> None:
        self._config = config
        self._descriptor = descriptor
        self._on_ready = on_ready
        self._end_streams: Callable[[], None] = lambda: None
        self._ignores_sighup = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        super().__init__()

    def load_config(self) -> None:
        settings = self.cfg
        settings.set("bind", f"fd://{self._descriptor}")
        settings.set("worker_class", f"{Worker.__module__}.{Worker.__name__}")
        settings.set("workers", self._config.workers)
        settings.set("worker_connections", _max_connections())
        settings.set("graceful_timeout", _GRACE_SECONDS)
        settings.set("keepalive", _KEEP_ALIVE_SECONDS)
        settings.set("http_parser", "python")
        settings.set("forwarded_allow_ips", "")  # link previews alone heed X-Forwarded headers
        settings.set("limit_request_fields", _MAX_HEADERS)
        settings.set("limit_request_field_size", _MAX_HEADER_BYTES)
        settings.set("backlog", _BACKLOG)
        settings.set("loglevel", "warning")
        settings.set("logger_class", Logger)
        settings.set("logconfig_dict", log_configuration(as_json=self._config.json_log))
        settings.set("proc_name", "connect4_server")
        settings.set("control_socket_disable", True)
        settings.set("when_ready", self._handle_sighup)
        settings.set("post_worker_init", self._worker_is_ready)
        settings.set("post_request", _yield_to_others)
        if self._config.metrics_port is not None:
            settings.set("child_exit", _forget)
        if self._config.access_log:
            settings.set("accesslog", "-")

    def _handle_sighup(self, arbiter: Arbiter) -> None:
        """Makes SIGHUP stop the server, except under nohup: there is nothing to reload."""

        def stop(_number: int, frame: FrameType | None) -> None:
            arbiter.signal(signal.SIGTERM, frame)

        signal.signal(signal.SIGHUP, signal.SIG_IGN if self._ignores_sighup else stop)

    def _worker_is_ready(self, worker: Worker) -> None:
        worker.end_streams = self._end_streams
        # What exists by now lives as long as the process: the garbage collector may skip it.
        gc.collect()
        gc.freeze()
        # The first worker has the age 1; one that replaces another has a higher one.
        if worker.age == 1:
            self._on_ready()

    def load(self) -> Any:
        # In the worker, after gevent has patched the standard library.
        from connect4_server.app import create_app  # noqa: PLC0415

        app = create_app(self._config)
        self._end_streams = app.extensions["hub"].close
        if self._config.metrics_port is not None:
            from connect4_server.worker_metrics import measure_worker  # noqa: PLC0415

            gevent.spawn(measure_worker, app.extensions["database"])
        return app


def _forget(_arbiter: Arbiter, worker: Worker) -> None:
    forget_worker(int(worker.pid))


def _yield_to_others(_worker: Worker, _request: object, _environ: object, _answer: object) -> None:
    """Lets other greenlets run after each request, or a client that pipelines would starve them."""
    gevent.sleep(0)


def _max_connections() -> int:
    """Returns how many connections a worker may have; raises its limit of open files if it can.

    Every stream is a connection for as long as it lasts.
    """
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED_CONNECTIONS + _RESERVED_FILES
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
            allowed = wanted
        wanted = allowed
    return max(1, wanted - _RESERVED_FILES)


def _exit_on_signals() -> None:
    """Makes a new worker exit on a signal: until it has its own handlers, it has the arbiter's."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: os._exit(0))


class ListenError(Exception):
    """The server cannot listen on its address; the message is one line with the reason."""


class WorkerStartError(Exception):
    """No worker process can start; the message is one line, and the log has the reason."""


def listen(config: Config) -> socket.socket:
    """Returns a socket that listens on CONFIG's host and port. Raises ListenError."""
    sock = _listen(config.host, config.port)
    set_send_timeout(sock, _SEND_TIMEOUT_SECONDS)
    return sock


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ListenError(f"cannot listen on {host} port {port}: {error.strerror}") from error


def set_send_timeout(sock: socket.socket, seconds: float) -> None:
    """Has the kernel close connections of SOCK whose peer acknowledges no data for SECONDS.

    That is TCP_USER_TIMEOUT, https://www.rfc-editor.org/rfc/rfc5482, on Linux only. Elsewhere a
    dead peer is sent to for a quarter of an hour, and one that just does not read for ever.
    """
    if sys.platform == "linux":
        # Connections inherit it from the listening socket.
        milliseconds = round(seconds * 1000)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def serve(config: Config, on_ready: Callable[[], None] = lambda: None) -> None:
    """Serves the game until SIGINT, SIGTERM or SIGHUP, drains connections, and returns.

    ON_READY is called once, in the first worker, as soon as it takes requests. Raises ListenError
    if an address is taken or not this machine's, WorkerStartError if a worker cannot start (the
    first, or one that replaces another), and SystemExit if gunicorn fails in another way.
    """
    sock = listen(config)
    arbiter = os.getpid()
    os.register_at_fork(after_in_child=_exit_on_signals)
    with ExitStack() as stack:
        if config.metrics_port is not None:
            stack.enter_context(serve_metrics(_listen(config.host, config.metrics_port)))
        try:
            _Application(config, sock.detach(), on_ready).run()
        except SystemExit as stop:
            if os.getpid() != arbiter:
                # A worker is a fork of the caller: skip the caller's clean-up.
                logging.shutdown()
                os._exit(stop.code if isinstance(stop.code, int) else 1)
            if stop.code == Arbiter.WORKER_BOOT_ERROR:
                raise WorkerStartError("no worker process can start; see above") from None
            if stop.code:
                raise
