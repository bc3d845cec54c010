"""Socket.IO messages that arrive in whatever pieces, and what is sent for them."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.server import ServerProtocol

from measuring.http_answer import UnexpectedAnswerError
from measuring.reactor import Reactor
from measuring.socket_io import SocketIo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN = b'0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1}'
CONNECTED = b'40/game,{"sid":"b"}'
LONG = b'["long","' + 300 * b"x" + b'"]'
LONGEST = b'["longest","' + 70_000 * b"x" + b'"]'


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
        self.protocol = ServerProtocol()
        self.protocol.receive_data(self.request)
        [self._upgrade] = self.protocol.events_received()

    def upgrade(self) -> None:
        """Takes the client's wish for a WebSocket."""
        assert isinstance(self._upgrade, Request)
        self.protocol.send_response(self.protocol.accept(self._upgrade))

    def send(self, size: int = 65536) -> None:
        """Sends what the protocol has been given, in pieces of that size."""
        content = b"".join(self.protocol.data_to_send())
        for start in range(0, len(content), size):
            self.connection.sendall(content[start : start + size])
            self.reactor.turn(30)

    def received(self) -> list[bytes]:
        """The messages that the client has sent."""
        self.protocol.receive_data(self.connection.recv(65536))
        return [
            bytes(event.data)
            for event in self.protocol.events_received()
            if isinstance(event, Frame)
        ]


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    with server.reactor, server.connection:
        yield server


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_events_are_heard_in_order(server: Server, size: int) -> None:
    events = [LONG] if size == 1 else [LONG, LONGEST]
    messages = [OPEN, CONNECTED, b"2", *(b"42/game," + event for event in events)]
    server.upgrade()
    for message in messages:
        server.protocol.send_text(message)
    server.send(size)
    assert server.events == [b"!", *events]
    server.client.emit("move", 3)
    server.client.emit("long", 200 * "x")
    assert server.received() == [
        b"40/game,",
        b"3",
        b'42/game,["move",3]',
        b'42/game,["long","' + 200 * b"x" + b'"]',
    ]


def test_the_request_is_an_upgrade(server: Server) -> None:
    assert server.request.startswith(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n")
    assert b"\r\nUpgrade: websocket\r\n" in server.request


def refuse(protocol: ServerProtocol) -> None:
    protocol.send_response(protocol.reject(400, "no"))


def refuse_the_namespace(protocol: ServerProtocol) -> None:
    protocol.send_text(b'44/game,{"message":"Invalid namespace"}')


def say_what_is_no_text(protocol: ServerProtocol) -> None:
    protocol.send_binary(b"x")


def close(protocol: ServerProtocol) -> None:
    protocol.send_close()


@pytest.mark.parametrize(
    ("is_upgraded", "answer", "error"),
    [
        (False, refuse, UnexpectedAnswerError),
        (True, refuse_the_namespace, UnexpectedAnswerError),
        (True, say_what_is_no_text, UnexpectedAnswerError),
        (True, close, ConnectionError),
    ],
)
def test_a_server_that_refuses_fails_the_load(
    server: Server,
    answer: Callable[[ServerProtocol], None],
    error: type[Exception],
    *,
    is_upgraded: bool,
) -> None:
    if is_upgraded:
        server.upgrade()
    answer(server.protocol)
    with pytest.raises(error):
        server.send()
