"""Malformed HTTP, and clients that try to occupy a worker."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import closing, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Api
    from server_process import ServerProcess

SECONDS = 120
STATUS = b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n"
JOIN = b'{"gameId": "no game"}'
JOIN_HEAD = b"POST /join_game HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(JOIN)
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(JOIN), JOIN)


def connect(api: Api) -> socket.socket:
    address = urlsplit(api.url)
    return socket.create_connection((address.hostname, address.port or 0), timeout=SECONDS)


def answers(api: Api, request: bytes) -> bytes:
    """Sends bytes, and returns all that comes back until the server closes the connection."""
    with connect(api) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /status HTTP/1.1\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost:\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: a/b\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: a@b\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /status HTTP/2.0\r\nHost: x\r\n\r\n",
        b"GET /status RTSP/1.0\r\nHost: x\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET /status HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        JOIN_HEAD + LENGTH + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS,
        JOIN_HEAD + LENGTH + b"Content-Length: 3\r\n\r\n" + JOIN,
        JOIN_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS,
        JOIN_HEAD.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS,
        JOIN_HEAD + b"Transfer-Encoding: chunked\r\n\r\nx\r\n" + JOIN + b"\r\n0\r\n\r\n",
        JOIN_HEAD + b"Content-Length: 100\r\n\r\n" + JOIN,
    ],
)
def test_what_the_rfc_forbids_is_refused_in_json(api: Api, request_bytes: bytes) -> None:
    answer = answers(api, request_bytes)
    assert status_of(answer) == 400
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Type: application/json" in head
    assert set(json.loads(body)) == {"error"}


@pytest.mark.parametrize(
    "request_bytes",
    [
        JOIN_HEAD + LENGTH + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + JOIN,
        JOIN_HEAD + LENGTH + b"Expect: 100-continue \r\n\r\n" + JOIN,
        JOIN_HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS,
        JOIN_HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n"
        + CHUNKS.replace(b"\r\n{", b" ; a=b\r\n{"),
    ],
)
def test_what_the_rfc_allows_reaches_the_application(api: Api, request_bytes: bytes) -> None:
    answer = answers(api, request_bytes + STATUS)
    assert b'{"error": "Game not found"}' in answer
    assert answer.endswith(b"Running"), "the next request is read from where this one ends"


def test_an_endless_header_is_refused_while_it_arrives(api: Api, server: ServerProcess) -> None:
    before = memory(server)
    with connect(api) as connection:
        connection.sendall(b"GET /status HTTP/1.1\r\nHost: x\r\nX: ")
        sent = 0
        with suppress(ConnectionError):
            while sent < 80_000_000:
                sent += connection.send(b"x" * 1_000_000)
    assert sent < 80_000_000
    assert memory(server) < before + 30_000_000


def memory(server: ServerProcess) -> int:
    """The resident memory of the worker, in bytes."""
    _, worker = server.processes
    return int(worker.memory_info().rss)


def test_a_trailer_does_not_become_a_header(api: Api) -> None:
    first, _ = api.start()
    body = json.dumps({"gameId": first["gameId"], "column": 3}).encode()
    trailer = f"Authorization: Bearer {first['playerId']}\r\n".encode()
    answer = answers(
        api,
        b"POST /make_move HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n"
        + b"%x\r\n%b\r\n0\r\n%b\r\n"
        % (len(body), body, trailer),
    )
    assert 400 <= status_of(answer) < 500
    assert api.get(first)["moves"] == []


def test_whitespace_after_a_header_value_is_removed(api: Api) -> None:
    first, _ = api.start()
    answer = answers(
        api,
        f"GET /get_game?gameId={first['gameId']} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Authorization: Bearer {first['playerId']} \r\n\r\n".encode(),
    )
    assert status_of(answer) == 200


def test_a_client_of_http_1_0_is_not_told_to_continue(api: Api) -> None:
    request = JOIN_HEAD.replace(b"1.1", b"1.0") + LENGTH + b"Expect: 100-continue\r\n\r\n" + JOIN
    assert status_of(answers(api, request)) == 404


class Pipeliner:
    """A client that pipelines requests, and reads the responses, inside a `with` block."""

    def __init__(self, api: Api) -> None:
        self._connection = connect(api)
        self._threads = [threading.Thread(target=each) for each in (self._send, self._read)]
        self._ends = False
        self.read = 0

    def __enter__(self) -> Pipeliner:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends = True
        self._connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._connection.close()

    @property
    def is_busy(self) -> bool:
        """Whether both directions are still open."""
        return all(thread.is_alive() for thread in self._threads)

    def _send(self) -> None:
        try:
            while not self._ends:
                self._connection.sendall(STATUS * 2000)
        except OSError:
            assert self._ends, "the server hung up"

    def _read(self) -> None:
        try:
            while content := self._connection.recv(1_000_000):
                self.read += len(content)
        except OSError:
            assert self._ends, "the server hung up"


@pytest.fixture
def pipeliner(api: Api) -> Iterator[Pipeliner]:
    with Pipeliner(api) as busy:
        yield busy


def test_a_client_that_pipelines_does_not_starve_others(api: Api, pipeliner: Pipeliner) -> None:
    wait_until(lambda: pipeliner.read > 100_000)
    with closing(HTTPConnection(urlsplit(api.url).netloc, timeout=SECONDS)) as connection:
        for _ in range(20):
            connection.request("GET", "/status")
            # If the worker did not yield, this would wait until the other client stops.
            assert connection.getresponse().read() == b"Running"
    assert pipeliner.is_busy


def test_responses_have_one_date_header(api: Api) -> None:
    for path in ("/status", "/", "/openapi.json", "/nothing"):
        answer = answers(api, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert answer.lower().count(b"\r\ndate: ") == 1
