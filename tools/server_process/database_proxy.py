"""A TCP port of this machine that leads to a PostgreSQL on a Unix socket, or nowhere."""

from __future__ import annotations

import socket
import socketserver
import threading
from select import select
from typing import TYPE_CHECKING, Self

from sqlalchemy import make_url

if TYPE_CHECKING:
    from sqlalchemy import URL

_CHUNK = 64 * 1024


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


class DatabaseProxy:
    """A context manager: within it `url` leads to the database of another URL.

    `is_silent` has connections taken from then on and nothing said on them. `offers_tls` has it say
    that it speaks TLS, and no more.
    """

    def __init__(self, database_url: str) -> None:
        """Takes the URL of a database on a Unix socket."""
        self._target = make_url(database_url)
        self._lost: list[bytes] = []
        self.is_silent = False
        self.offers_tls = False
        self._sent: list[bytes] = []
        self._ending = threading.Event()
        proxy = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                proxy._serve(self.request)

        self._server = _Server(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Takes no more connections, and ends those that it has."""
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The TCP port of 127.0.0.1."""
        port: int = self._server.server_address[1]
        return port

    @property
    def url(self) -> str:
        """The libpq URI of the database by way of this port."""
        return self.url_with().render_as_string(hide_password=False)

    def url_with(self, **query: str) -> URL:
        """The same URL with more of libpq's parameters."""
        return self._target.set(host="127.0.0.1", port=self.port, query=query)

    def lose_answers_to(self, *statements: bytes) -> None:
        """Breaks a connection as PostgreSQL answers what begins so; each once, in any order."""
        self._lost.extend(statements)

    def sent(self, statement: bytes) -> int:
        """How often something that begins so was sent to PostgreSQL."""
        return sum(data[5:].startswith(statement) for data in self._sent)

    def _serve(self, client: socket.socket) -> None:
        if self.is_silent:
            self._ending.wait()
            return
        if self.offers_tls:
            client.recv(_CHUNK)
            client.sendall(b"S")
            client.recv(_CHUNK)
            return
        query = self._target.query
        with socket.socket(socket.AF_UNIX) as database:
            database.connect(f"{query['host']}/.s.PGSQL.{query['port']}")
            self._pass_on(client, database)

    def _pass_on(self, client: socket.socket, database: socket.socket) -> None:
        to_lose = None
        while not self._ending.is_set():
            for ready in select([client, database], [], [], 0.05)[0]:
                data = ready.recv(_CHUNK)
                if not data or (ready is database and to_lose is not None):
                    return
                if ready is client:
                    self._sent.append(data)
                    # After a message's kind and its length: a simple query's text.
                    to_lose = next((lost for lost in self._lost if data[5:].startswith(lost)), None)
                    if to_lose is not None:
                        self._lost.remove(to_lose)
                (database if ready is client else client).sendall(data)
