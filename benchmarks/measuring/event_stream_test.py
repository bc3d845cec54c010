"""A stream that arrives in whatever pieces."""

from __future__ import annotations

import socket

import pytest

from measuring.event_stream import EventStream
from measuring.http_answer import UnexpectedAnswerError
from measuring.http_connection import get
from measuring.reactor import Reactor

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENTS = (b"retry: 1000\n\nid: 2\ndata: {}\n\n", b": still here\n\n", b"id: 3\ndata: {}\n\n")
END = b"id: 4\ndata: {}\n\nevent: end\ndata: {}\n\n"


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_versions_are_seen_in_order_and_then_the_end(size: int) -> None:
    seen: list[tuple[int, bool]] = []
    answer = HEAD + b"".join(map(chunk, (*EVENTS, END)))
    with socket.create_server(("127.0.0.1", 0)) as listening, Reactor() as reactor:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        stream = EventStream(
            *(reactor, url, get("/watch_game")),
            lambda: seen.append((stream.version, stream.has_ended)),
        )
        connection, _ = listening.accept()
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pieces = (answer[start : start + size] for start in range(0, len(answer), size))
            while not stream.has_ended:
                connection.sendall(next(pieces))
                reactor.turn(30)
        assert reactor.is_idle
    assert seen == [(2, False), (3, False), (4, False), (4, True)]


def test_a_refused_stream_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, Reactor() as reactor:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        EventStream(reactor, url, get("/watch_game"), lambda: None)
        connection, _ = listening.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 404 NOT FOUND\r\nContent-Length: 0\r\n\r\n")
            with pytest.raises(UnexpectedAnswerError, match="404"):
                reactor.turn(30)


def test_what_does_not_come_about_ends() -> None:
    with Reactor() as reactor, pytest.raises(TimeoutError):
        reactor.run(lambda: False, 0.05)
