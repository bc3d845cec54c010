"""Socket.IO messages that arrive in whatever pieces, and what is sent for them."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from measuring.http_connection import UnexpectedAnswerError
from measuring.reactor import Reactor
from measuring.socket_io import SocketIo

if TYPE_CHECKING:
    from collections.abc import Iterator

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
OPEN = b'0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1}'
CONNECTED = b'40/game,{"sid":"b"}'
LONG = b'["long","' + 300 * b"x" + b'"]'
LONGEST = b'["longest","' + 70_000 * b"x" + b'"]'


def frame(text: bytes, opcode: int = 1) -> bytes:
    """As a server sends it: in one piece, without a mask."""
    length = len(text)
    if length < 126:
        head = bytes((0x80 | opcode, length))
    elif length < 65536:
        head = bytes((0x80 | opcode, 126)) + length.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 127)) + length.to_bytes(8, "big")
    return head + text


def unmasked(sent: bytes) -> list[bytes]:
    """The messages that a client sent."""
    found = []
    while sent:
        assert sent[0] == 0x81
        length, start = sent[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(sent[2:4], "big"), 4
        mask, text = sent[start : start + 4], sent[start + 4 : start + 4 + length]
        found.append(bytes(byte ^ mask[n % 4] for n, byte in enumerate(text)))
        sent = sent[start + 4 + length :]
    return found


class Server:
    """The other end of one client."""

    def __init__(self) -> None:
        self.events: list[bytes] = []
        self.reactor = Reactor()
        with socket.create_server(("127.0.0.1", 0)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            self.client = SocketIo(
                *(self.reactor, url, "game"), self.events.append, lambda: self.events.append(b"!")
            )
            self.connection, _ = listening.accept()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = self.connection.recv(65536)

    def answer(self, content: bytes, size: int = 65536) -> None:
        for start in range(0, len(content), size):
            self.connection.sendall(content[start : start + size])
            self.reactor.turn(30)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    with server.reactor, server.connection:
        yield server


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_events_are_heard_in_order(server: Server, size: int) -> None:
    events = [LONG] if size == 1 else [LONG, LONGEST]
    messages = [OPEN, CONNECTED, b"2", *(b"42/game," + event for event in events)]
    server.answer(UPGRADED + b"".join(map(frame, messages)), size)
    assert server.events == [b"!", *events]
    server.client.emit("move", 3)
    server.client.emit("long", 200 * "x")
    assert unmasked(server.connection.recv(65536)) == [
        b"40/game,",
        b"3",
        b'42/game,["move",3]',
        b'42/game,["long","' + 200 * b"x" + b'"]',
    ]


def test_the_request_is_an_upgrade(server: Server) -> None:
    assert server.request.startswith(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n")
    assert b"\r\nUpgrade: websocket\r\n" in server.request


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", UnexpectedAnswerError),
        (UPGRADED + frame(b'44/game,{"message":"Invalid namespace"}'), UnexpectedAnswerError),
        (UPGRADED + frame(b"x", opcode=2), UnexpectedAnswerError),
        (UPGRADED + frame(b"", opcode=8), ConnectionError),
    ],
)
def test_a_server_that_refuses_fails_the_load(
    server: Server, answer: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        server.answer(answer)
