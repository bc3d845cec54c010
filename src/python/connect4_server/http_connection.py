"""A client's connection, on which a WSGI application answers one request after another.

gunicorn's own worker took ten times as long for that: docs/decisions/http.md.
"""

from __future__ import annotations

import socket
import time
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING

from connect4_server.http_requests import RequestReader

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication, WSGIEnvironment

    from connect4_server.http_requests import Request

# Longer than proxies keep an idle one: theirs is the next request, and it would meet a good-bye.
_IDLE_SECONDS = 75
_REQUEST_SECONDS = 30
_RECEIVED_BYTES = 64 * 1024
_LINGER_SECONDS = 1
_LINGER_READS = 32
_WITHOUT_BODY = ("204", "304")

_LAST_CHUNK = b"0\r\n\r\n"

_Start = tuple[str, list[tuple[str, str]]]


class Connection:
    """A connection that was accepted."""

    def __init__(
        self,
        client: socket.socket,
        application: WSGIApplication,
        environ: WSGIEnvironment,
        log: logging.Logger,
    ) -> None:
        """ENVIRON is what the environment of every request on it has."""
        self._client = client
        self._application = application
        self._reader = RequestReader(environ)
        self._log = log
        self._is_idle = True
        self._is_streaming = False
        self._is_stopping = False

    def serve(self) -> None:
        """Returns when the client has enough, is too slow, or has been told to stop.

        Raises OSError for a connection that was lost.
        """
        self._client.settimeout(_IDLE_SECONDS)
        deadline = 0.0
        while received := self._client.recv(_RECEIVED_BYTES):
            self._is_idle = False
            self._reader.feed(received)
            while self._reader.requests:
                keep_alive = self._answer(self._reader.requests.popleft())
                if not keep_alive or self._is_stopping:
                    return
                deadline = 0.0
            if self._reader.refused is not None:
                self._refuse(self._reader.refused)
                return
            if self._reader.is_between_requests:
                self._is_idle = True
                continue
            if self._reader.take_expectation():
                self._send(b"HTTP/1.1 100 Continue\r\n\r\n")
            now = time.monotonic()
            deadline = deadline or now + _REQUEST_SECONDS
            if now > deadline:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
                return

    def stop(self) -> None:
        """Has it end after the next answer, or the one that is under way."""
        self._is_stopping = True

    def leave(self) -> None:
        """Ends it where only the client could: who asks for nothing, or takes nothing of a stream.

        What has arrived is answered all the same.
        """
        if self._is_idle:
            self._client.shutdown(socket.SHUT_RD)
        elif self._is_streaming:
            self._client.shutdown(socket.SHUT_RDWR)

    def _answer(self, request: Request) -> bool:
        """Whether another request may follow."""
        started: list[_Start] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return self._send

        try:
            body = self._application(request.environ, start_response)
        except Exception as error:
            self._log.error("the application failed", exc_info=error)
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
            return False
        try:
            chunks = iter(body)
            first = next(chunks, b"")
            head, is_chunked, keep_alive = self._head(request, *started[0])
            if not is_chunked:
                self._send(head + first)
                for chunk in chunks:
                    self._send(chunk)
            else:
                self._is_streaming = True
                self._send(head + _chunk(first))
                for chunk in chunks:
                    self._send(_chunk(chunk))
                self._send(_LAST_CHUNK)
        finally:
            self._is_streaming = False
            if (close := getattr(body, "close", None)) is not None:
                close()
        return keep_alive

    def _head(
        self, request: Request, status: str, headers: list[tuple[str, str]]
    ) -> tuple[bytes, bool, bool]:
        """The answer's first lines, whether it goes in chunks, and whether more may follow it."""
        keep_alive = request.keep_alive and not self._is_stopping
        is_chunked = False
        lines = [f"HTTP/1.1 {status}\r\nDate: {_date.now()}\r\n"]
        lines += [f"{name}: {value}\r\n" for name, value in headers]
        has_end = (
            any(name.lower() == "content-length" for name, _ in headers)
            or status.startswith(_WITHOUT_BODY)
            or request.environ["REQUEST_METHOD"] == "HEAD"
        )
        if request.environ["SERVER_PROTOCOL"] == "HTTP/1.1":
            if not has_end:
                is_chunked = True
                lines.append("Transfer-Encoding: chunked\r\n")
        elif keep_alive and has_end:
            lines.append("Connection: keep-alive\r\n")
        else:
            keep_alive = False
        if not keep_alive:
            lines.append("Connection: close\r\n")
        lines.append("\r\n")
        return "".join(lines).encode("latin-1"), is_chunked, keep_alive

    def _refuse(self, status: HTTPStatus) -> None:
        """Answers in the application's place, which would not understand the request."""
        body = f'{{"error": "{status.phrase}"}}'.encode()
        head = (
            f"HTTP/1.1 {status} {status.phrase}\r\n"
            f"Date: {_date.now()}\r\n"
            "Connection: close\r\n"
            "Content-Type: application/json\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._send(head.encode() + body)
        # Closed with bytes unread, a connection is reset, and the answer lost.
        self._client.shutdown(socket.SHUT_WR)
        self._client.settimeout(_LINGER_SECONDS)
        for _ in range(_LINGER_READS):
            if not self._client.recv(_RECEIVED_BYTES):
                return

    def _send(self, content: bytes) -> None:
        # Nearly always all of it; gevent's `sendall` asks for the buffer's size first.
        sent = self._client.send(content)
        if sent < len(content):
            self._client.sendall(memoryview(content)[sent:])


def _chunk(content: bytes) -> bytes:
    # One without content would be the last.
    return b"%x\r\n%b\r\n" % (len(content), content) if content else b""


class _Date:
    """The `Date` of answers, which changes once a second."""

    def __init__(self) -> None:
        self._second = 0
        self._text = ""

    def now(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second, self._text = second, formatdate(second, usegmt=True)
        return self._text


_date = _Date()
