"""An answer over HTTP/1.1, read by the library `httptools` as it arrives.

https://github.com/MagicStack/httptools
"""

from __future__ import annotations

from httptools import HttpParserError, HttpResponseParser


class UnexpectedAnswerError(Exception):
    """The server answered with another status, or unasked, or with what is not HTTP."""


class HttpAnswer:
    """The answer to one request, until it is whole."""

    has_begun = False
    is_whole = False

    def __init__(self, status: int) -> None:
        """Takes the STATUS that it has to have."""
        self._expected = status
        self._status: int | None = None
        self._body = b""
        self._parser = HttpResponseParser(self)

    def feed(self, received: bytes) -> None:
        """Takes what has arrived. Raises UnexpectedAnswerError."""
        self.has_begun = True
        try:
            self._parser.feed_data(received)
        except HttpParserError as error:
            raise UnexpectedAnswerError(f"{error}: {received!r}") from None
        if self._status not in (None, self._expected):
            raise UnexpectedAnswerError(received.decode())

    def take_body(self) -> bytes:
        """What has arrived of the body since it was taken last."""
        body, self._body = self._body, b""
        return body

    # What the parser calls.

    def on_headers_complete(self) -> None:
        self._status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        self.is_whole = True
