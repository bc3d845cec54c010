"""The load against a server that answers what it is told to, in pieces."""

from __future__ import annotations

import itertools
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from measuring.http_answer import UnexpectedAnswerError
from measuring.http_connection import HttpConnection, bearer, get, post
from measuring.http_load import NoRequestsLeftError, put_under_load
from measuring.reactor import Reactor

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = (b"HTTP/1.1 200 OK\r\nContent-", b"Length: 5\r\n\r\nhe", b"llo")


@contextmanager
def server(answer: tuple[bytes, ...]) -> Iterator[tuple[str, list[bytes]]]:
    """Where it answers, each request with those pieces; and the requests that it has got."""
    got: list[bytes] = []
    threads: list[threading.Thread] = []

    def serve(connection: socket.socket) -> None:
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while request := connection.recv(65536):
                got.append(request)
                for piece in answer:
                    connection.sendall(piece)

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:  # the end of the test
                return
            thread = threading.Thread(target=serve, args=[connection])
            threads.append(thread)
            thread.start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepting = threading.Thread(target=accept)
        accepting.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", got
        listening.shutdown(socket.SHUT_RDWR)
        accepting.join()
    for thread in threads:
        thread.join()


def test_every_answer_is_counted_once() -> None:
    request = get("/status")
    with server(ANSWER) as (url, got):
        load = put_under_load(url, 3, 0.2, 200, lambda: itertools.repeat(request))
    assert len(load.latencies) == len(got) >= 3
    assert set(got) == {request}
    assert load.per_second == pytest.approx(len(got) / load.seconds)
    assert all(0 < latency < load.seconds for latency in load.latencies)


def test_a_connection_that_the_server_no_longer_keeps_is_made_anew() -> None:
    answers: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening, Reactor() as reactor:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def answer_one_each() -> None:
            for _ in range(3):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(b"".join(ANSWER))

        answering = threading.Thread(target=answer_one_each)
        answering.start()
        connection = HttpConnection(reactor, url)
        for number in range(1, 4):
            connection.send(get("/"), 200, answers.append)
            while len(answers) < number:
                reactor.turn(30)
        answering.join()
    assert answers == [b"hello"] * 3


def test_requests_are_as_http_has_them() -> None:
    assert post("/make_move", {"column": 3}, bearer("secret")) == (
        b"POST /make_move HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b'Content-Length: 13\r\nAuthorization: Bearer secret\r\n\r\n{"column": 3}'
    )
    assert get("/status") == b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_another_status_fails() -> None:
    refusal = (b"HTTP/1.1 404 NOT FOUND\r\nContent-Length: 4\r\n\r\nnone",)
    with server(refusal) as (url, _), pytest.raises(UnexpectedAnswerError, match="none"):
        put_under_load(url, 1, 60, 200, lambda: itertools.repeat(get("/")))


def test_a_supply_that_ends_fails() -> None:
    with server(ANSWER) as (url, _), pytest.raises(NoRequestsLeftError):
        put_under_load(url, 1, 60, 200, lambda: iter([get("/")]))


def test_a_server_that_hangs_up_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def hang_up() -> None:
            listening.accept()[0].close()

        ending = threading.Thread(target=hang_up)
        ending.start()
        with pytest.raises(ConnectionError):
            put_under_load(url, 1, 60, 200, lambda: itertools.repeat(get("/")))
        ending.join()
