"""From a connection's bytes to requests for a WSGI application; llhttp does the parsing.

https://www.rfc-editor.org/rfc/rfc9112, https://peps.python.org/pep-3333
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

import httptools

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_MOST_URL_BYTES = 8 * 1024
_MOST_HEADER_BYTES = 64 * 1024
_MOST_BODY_BYTES = 16 * 1024


@dataclass(slots=True)
class Request:
    """A request with its whole body, and whether the connection is to be kept after it."""

    environ: WSGIEnvironment
    keep_alive: bool


class _RefusedError(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class RequestReader:
    """Puts the requests of one connection together.

    `requests` are those that are complete, to be taken away in their order. `refused` is set when
    what comes after them is nothing that an application could answer; it is of no use to go on.
    """

    def __init__(self, common: WSGIEnvironment) -> None:
        """COMMON is what every request's environment has."""
        self.requests: deque[Request] = deque()
        self.refused: HTTPStatus | None = None
        self.is_between_requests = True
        self._common = common
        self._expects_continue = False
        self._parser = httptools.HttpRequestParser(self)

    def feed(self, received: bytes) -> None:
        """Reads on."""
        try:
            self._parser.feed_data(received)
        except httptools.HttpParserUpgrade:
            # No other protocol is spoken here: the request is answered, what follows is not read.
            self.requests[-1].keep_alive = False
        except httptools.HttpParserError as error:
            ours = error.__context__
            if isinstance(ours, _RefusedError):
                self.refused = ours.status
            else:
                self.refused = HTTPStatus.BAD_REQUEST

    def take_expectation(self) -> bool:
        """Whether the client waits to be told to go on with its body; true once a request."""
        expects, self._expects_continue = self._expects_continue, False
        return expects

    def on_message_begin(self) -> None:
        self.is_between_requests = False
        self._url = b""
        self._headers: dict[str, str] = {}
        self._header_bytes = 0
        self._body = b""

    def on_url(self, part: bytes) -> None:
        self._url += part
        if len(self._url) > _MOST_URL_BYTES:
            raise _RefusedError(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._header_bytes += len(name) + len(value)
        if self._header_bytes > _MOST_HEADER_BYTES:
            raise _RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        # It could pass for the one with a dash.
        if b"_" in name:
            return
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        if key in self._headers:
            text = f"{self._headers[key]}{';' if key == 'HTTP_COOKIE' else ','} {text}"
        self._headers[key] = text

    def on_headers_complete(self) -> None:
        expected = self._headers.get("HTTP_EXPECT")
        if expected is not None:
            if expected.lower() != "100-continue":
                raise _RefusedError(HTTPStatus.EXPECTATION_FAILED)
            self._expects_continue = True
        if int(self._headers.get("HTTP_CONTENT_LENGTH", 0)) > _MOST_BODY_BYTES:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > _MOST_BODY_BYTES:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def on_message_complete(self) -> None:
        path, _, query = _target(self._url).partition(b"?")
        headers = self._headers
        # In the way that it came the body cannot be read once more.
        headers.pop("HTTP_CONTENT_LENGTH", None)
        headers.pop("HTTP_TRANSFER_ENCODING", None)
        environ = {
            **self._common,
            "CONTENT_TYPE": headers.pop("HTTP_CONTENT_TYPE", ""),
            "CONTENT_LENGTH": str(len(self._body)),
            **headers,
            "REQUEST_METHOD": self._parser.get_method().decode("latin-1"),
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_PROTOCOL": "HTTP/" + self._parser.get_http_version(),
            "wsgi.input": BytesIO(self._body),
        }
        self.requests.append(Request(environ, self._parser.should_keep_alive()))
        self.is_between_requests = True
        self._expects_continue = False


def _target(url: bytes) -> bytes:
    """The path and the query, also of a whole URL, which servers have to accept."""
    if url.startswith(b"/"):
        return url.partition(b"#")[0]
    parts = urlsplit(url)
    return b"?".join(part for part in (parts.path or b"/", parts.query) if part)
