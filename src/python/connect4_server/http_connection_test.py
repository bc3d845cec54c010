"""HTTP on a connection, seen from its other end."""

from __future__ import annotations

import json
import logging
import socket
from select import select
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from connect4_server import http_connection
from connect4_server.http_connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

LOG = logging.getLogger("http_connection_test")

GET = b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n"


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """What of the request there is to see, as JSON."""
    seen = {name: value for name, value in environ.items() if isinstance(value, str)}
    body = json.dumps({**seen, "body": environ["wsgi.input"].read().decode()}).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class Pieces:
    """A response of unknown length, which says when it has been closed."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = pieces
        self.is_closed = False

    def __call__(self, _: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        self.is_closed = True


class Peer:
    """The other end of a connection that is being served."""

    def __init__(self, application: Any) -> None:
        self.socket, served = socket.socketpair()
        self.socket.settimeout(30)
        self.connection = Connection(served, application, {"COMMON": "yes"}, LOG)
        self.failure: Exception | None = None
        self._thread = Thread(target=self._serve, args=[served])
        self._thread.start()
        self._received = b""

    def _serve(self, served: socket.socket) -> None:
        with served:
            try:
                self.connection.serve()
            except Exception as error:
                self.failure = error

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """The next answer that has a length: its status, headers and body."""
        head = self.until(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines if line)
        return int(status.split()[1]), headers, self.read(int(headers["Content-Length"]))

    def echoed(self) -> dict[str, str]:
        status, _, body = self.answer()
        assert status == 200, body
        seen: dict[str, str] = json.loads(body)
        return seen

    def until(self, end: bytes) -> bytes:
        while end not in self._received:
            self._more()
        found, _, self._received = self._received.partition(end)
        return found

    def read(self, length: int) -> bytes:
        while len(self._received) < length:
            self._more()
        found, self._received = self._received[:length], self._received[length:]
        return found

    def rest(self) -> bytes:
        """What comes until the other end hangs up."""
        parts = [self._received, *iter(lambda: self.socket.recv(65536), b"")]
        self._received = b""
        return b"".join(parts)

    def _more(self) -> None:
        received = self.socket.recv(65536)
        assert received, f"hung up after {self._received!r}"
        self._received += received

    def join(self) -> None:
        self._thread.join(30)
        assert not self._thread.is_alive()

    def close(self) -> None:
        self.socket.close()
        self.join()


@pytest.fixture
def connect() -> Iterator[Callable[[Any], Peer]]:
    peers: list[Peer] = []

    def begin(application: Any) -> Peer:
        peers.append(Peer(application))
        return peers[-1]

    yield begin
    for peer in peers:
        peer.close()


@pytest.fixture
def peer(connect: Callable[[Any], Peer]) -> Peer:
    return connect(echo)


def test_requests_follow_each_other_on_a_connection(peer: Peer) -> None:
    for number in range(3):
        peer.send(b"GET /a%%20b?n=%d#f HTTP/1.1\r\nHost: x\r\n\r\n" % number)
        seen = peer.echoed()
        assert (seen["PATH_INFO"], seen["QUERY_STRING"]) == ("/a b", f"n={number}")
        assert (seen["REQUEST_METHOD"], seen["HTTP_HOST"], seen["COMMON"]) == ("GET", "x", "yes")


def test_requests_that_come_at_once_are_answered_in_order(peer: Peer) -> None:
    peer.send(b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(5)))
    assert [peer.echoed()["PATH_INFO"] for _ in range(5)] == ["/0", "/1", "/2", "/3", "/4"]


def test_a_request_may_come_a_byte_at_a_time(peer: Peer) -> None:
    for byte in b"POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc":
        peer.send(bytes([byte]))
    seen = peer.echoed()
    assert (seen["body"], seen["CONTENT_LENGTH"]) == ("abc", "3")


def test_a_body_in_chunks_is_put_together(peer: Peer) -> None:
    peer.send(
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n" + GET
    )
    seen = peer.echoed()
    assert (seen["body"], seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"]) == ("abcde", "5", "a/b")
    assert "HTTP_TRANSFER_ENCODING" not in seen
    assert peer.echoed()["PATH_INFO"] == "/status"


def test_who_waits_to_send_a_body_is_told_to(peer: Peer) -> None:
    peer.send(b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert peer.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue"
    peer.send(b"ab")
    assert peer.echoed()["body"] == "ab"


def test_head_gets_the_length_without_the_body(peer: Peer) -> None:
    peer.send(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"Content-Length: " in peer.until(b"\r\n\r\n")
    peer.send(GET)
    assert peer.echoed()["PATH_INFO"] == "/status"


@pytest.mark.parametrize(
    ("request_bytes", "is_kept"),
    [
        (GET, True),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\n\r\n", False),
        (b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n", False),
    ],
)
def test_a_connection_is_kept_as_the_client_wants(
    peer: Peer, request_bytes: bytes, is_kept: bool
) -> None:
    peer.send(request_bytes)
    status, headers, _ = peer.answer()
    assert status == 200
    if is_kept:
        assert headers.get("Connection") != "close"
        peer.send(GET)
        assert peer.echoed()["PATH_INFO"] == "/status"
    else:
        assert headers["Connection"] == "close"
        assert peer.rest() == b""


def test_headers_with_an_underscore_are_left_out_and_repeated_ones_joined(peer: Peer) -> None:
    peer.send(b"GET / HTTP/1.1\r\nHost: x\r\nX_Y: no\r\nX-Z: 1\r\nx-z: 2\r\n\r\n")
    seen = peer.echoed()
    assert "HTTP_X_Y" not in seen
    assert seen["HTTP_X_Z"] == "1, 2"


def test_a_whole_url_is_its_path_and_query(peer: Peer) -> None:
    peer.send(b"GET http://x:1/p?q=1 HTTP/1.1\r\nHost: x\r\n\r\n")
    seen = peer.echoed()
    assert (seen["PATH_INFO"], seen["QUERY_STRING"]) == ("/p", "q=1")


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"X: " + b"x" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 40_000 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 16385\r\n\r\n", 413),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4001\r\n"
            + b"x" * 16385,
            413,
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nExpect: a miracle\r\nContent-Length: 1\r\n\r\n", 417),
    ],
)
def test_what_cannot_be_answered_is_refused_and_what_came_before_is_not(
    peer: Peer, request_bytes: bytes, status: int
) -> None:
    peer.send(GET + request_bytes)
    assert peer.echoed()["PATH_INFO"] == "/status"
    answered, headers, body = peer.answer()
    assert (answered, headers["Content-Type"]) == (status, "application/json")
    assert json.loads(body).keys() == {"error"}
    assert headers["Connection"] == "close"
    assert peer.rest() == b""


def test_an_answer_of_unknown_length_comes_in_chunks(connect: Callable[[Any], Peer]) -> None:
    pieces = Pieces(b"ab", b"", b"cde")
    peer = connect(pieces)
    peer.send(GET)
    assert b"Transfer-Encoding: chunked" in peer.until(b"\r\n\r\n")
    assert peer.until(b"0\r\n\r\n") == b"2\r\nab\r\n3\r\ncde\r\n"
    peer.send(GET)
    peer.until(b"0\r\n\r\n")
    assert pieces.is_closed


def test_an_older_client_reads_it_to_the_end(connect: Callable[[Any], Peer]) -> None:
    peer = connect(Pieces(b"ab", b"cde"))
    peer.send(b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert b"Connection: close" in peer.until(b"\r\n\r\n")
    assert peer.rest() == b"abcde"


def test_an_answer_is_closed_also_where_nobody_takes_it(connect: Callable[[Any], Peer]) -> None:
    pieces = Pieces(*[b"x" * 100_000] * 1000)
    peer = connect(pieces)
    peer.send(GET)
    peer.until(b"\r\n\r\n")
    peer.close()
    assert isinstance(peer.failure, OSError)
    assert pieces.is_closed


def test_an_application_that_fails_is_a_500(
    connect: Callable[[Any], Peer], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        raise ValueError("why it failed")

    peer = connect(fail)
    peer.send(GET)
    status, _, body = peer.answer()
    assert (status, json.loads(body)) == (500, {"error": "Internal Server Error"})
    assert peer.rest() == b""
    assert "why it failed" in caplog.text


def test_a_request_that_takes_too_long_is_given_up(
    connect: Callable[[Any], Peer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_connection, "_REQUEST_SECONDS", 0)
    peer = connect(echo)
    peer.send(b"GET / HTTP/1.1\r\n")
    while not select([peer.socket], [], [], 0.01)[0]:
        peer.send(b"X: x\r\n")
    assert peer.answer()[0] == 408


def test_an_idle_connection_is_closed_in_the_end(
    connect: Callable[[Any], Peer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_connection, "_IDLE_SECONDS", 0.05)
    peer = connect(echo)
    peer.send(GET)
    assert peer.echoed()["PATH_INFO"] == "/status"
    assert peer.rest() == b""


def test_told_to_leave_an_idle_connection_ends_at_once(peer: Peer) -> None:
    peer.send(GET)
    peer.echoed()
    peer.connection.leave()
    assert peer.rest() == b""


def test_told_to_leave_it_does_not_wait_for_who_takes_nothing(
    connect: Callable[[Any], Peer],
) -> None:
    peer = connect(Pieces(*[b"x" * 100_000] * 1000))
    peer.send(GET)
    peer.until(b"\r\n\r\n")
    peer.connection.leave()
    peer.join()
    assert isinstance(peer.failure, OSError)


def test_told_to_stop_a_connection_answers_first(connect: Callable[[Any], Peer]) -> None:
    def stop_then_echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        stopped.connection.stop()
        return echo(environ, start_response)

    stopped = connect(stop_then_echo)
    stopped.send(GET)
    status, headers, _ = stopped.answer()
    assert (status, headers["Connection"]) == (200, "close")
    assert stopped.rest() == b""
