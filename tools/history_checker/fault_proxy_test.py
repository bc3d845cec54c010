"""The proxy passes everything on, or does to it what it was told to do, and ends."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from history_checker.fault_proxy import Fault, FaultProxy
from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 120
DELAY = 0.2


class Echo:
    """A server that answers every line with the same in capitals, and keeps what it has heard.

    What it says by itself goes to the newest of its connections.
    """

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._newest: socket.socket | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def say(self, line: bytes) -> None:
        assert self._newest is not None
        self._newest.sendall(line)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._newest = connection
            threading.Thread(target=self._answer, args=[connection], daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            for line in lines:
                self.heard.append(line)
                connection.sendall(line.upper())


@pytest.fixture
def echo() -> Iterator[Echo]:
    with closing(Echo()) as server:
        yield server


@pytest.fixture
def proxy(echo: Echo) -> Iterator[FaultProxy]:
    with FaultProxy(echo.port, delay_seconds=(DELAY, DELAY)) as running:
        yield running


def connect(proxy: FaultProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=SECONDS)


def answer(connection: socket.socket) -> bytes:
    """A line, or nothing if the connection has broken."""
    line = b""
    try:
        while not line.endswith(b"\n") and (data := connection.recv(100)):
            line += data
    except ConnectionError:
        return b""
    return line


def ask(connection: socket.socket, line: bytes = b"hello\n") -> bytes:
    connection.sendall(line)
    return answer(connection)


def test_without_faults_everything_passes(proxy: FaultProxy) -> None:
    with connect(proxy) as one, connect(proxy) as other:
        assert ask(one) == b"HELLO\n"
        long = b"x" * 1_000_000 + b"\n"
        assert ask(other, long) == long.upper()
        assert ask(one, b"again\n") == b"AGAIN\n"
    assert not proxy.counts


def test_a_dropped_request_never_reaches_the_server(proxy: FaultProxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"
        proxy.inject(Fault.DROP_REQUEST)
        assert ask(connection, b"dropped\n") == b""
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"
    assert echo.heard == [b"hello\n"] * 2
    assert proxy.counts == {Fault.DROP_REQUEST: 1}


def test_a_lost_reply_is_one_to_a_request_that_was_heard(proxy: FaultProxy, echo: Echo) -> None:
    proxy.inject(Fault.LOSE_REPLY)
    with connect(proxy) as connection:
        assert ask(connection) == b""
    assert echo.heard == [b"hello\n"]


def test_a_delayed_request_arrives_even_if_the_client_has_gone(
    proxy: FaultProxy, echo: Echo
) -> None:
    proxy.inject(Fault.DELAY_REQUEST)
    began = time.monotonic()
    with connect(proxy) as connection:
        connection.sendall(b"hello\n")
    wait_until(lambda: echo.heard == [b"hello\n"])
    assert time.monotonic() - began >= DELAY / 2


@pytest.mark.parametrize("fault", [Fault.DELAY_REQUEST, Fault.DELAY_REPLY, Fault.SLOW_REPLY])
def test_what_is_late_arrives_whole(proxy: FaultProxy, fault: Fault) -> None:
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"
        proxy.inject(fault)
        began = time.monotonic()
        assert ask(connection, b"late\n") == b"LATE\n"
        assert time.monotonic() - began >= DELAY / 2
        assert ask(connection) == b"HELLO\n"


def test_an_answer_that_has_begun_may_break_in_the_middle(proxy: FaultProxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        proxy.inject(Fault.CUT_REPLY)
        assert ask(connection) == b"HELLO\n"
        echo.say(b"123456")
        assert connection.recv(100) == b"123"
        assert answer(connection) == b""
    assert proxy.counts == {Fault.CUT_REPLY: 1}


def test_an_answer_that_has_begun_may_be_late(proxy: FaultProxy, echo: Echo) -> None:
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"
        proxy.inject(Fault.HOLD_REPLY)
        began = time.monotonic()
        echo.say(b"more\n")
        assert answer(connection) == b"more\n"
        assert time.monotonic() - began >= DELAY / 2
        echo.say(b"and more\n")
        assert answer(connection) == b"and more\n"
        assert ask(connection) == b"HELLO\n"
    assert proxy.counts == {Fault.HOLD_REPLY: 1}


def test_a_refused_connection_breaks_at_once(proxy: FaultProxy, echo: Echo) -> None:
    proxy.inject(Fault.REFUSE)
    with connect(proxy) as connection:
        assert answer(connection) == b""
    assert echo.heard == []
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"


def test_all_connections_can_be_dropped_at_once(proxy: FaultProxy) -> None:
    with connect(proxy) as one, connect(proxy) as other:
        assert ask(one) == ask(other) == b"HELLO\n"
        proxy.drop_all()
        assert answer(one) == answer(other) == b""


def test_without_a_server_connections_break_and_with_another_it_goes_on(
    proxy: FaultProxy, echo: Echo
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        proxy.upstream = closed.getsockname()[1]
    with connect(proxy) as connection:
        assert answer(connection) == b""
    proxy.upstream = echo.port
    with connect(proxy) as connection:
        assert ask(connection) == b"HELLO\n"


def test_faults_come_as_often_as_their_chances_say(echo: Echo) -> None:
    chances = {Fault.DROP_REQUEST: 0.2, Fault.LOSE_REPLY: 0.2, Fault.REFUSE: 0.1}
    with FaultProxy(echo.port, chances=chances, seed=7) as proxy:
        for _ in range(300):
            with connect(proxy) as connection:
                try:
                    ask(connection)
                except ConnectionError:
                    continue
        for fault, chance in chances.items():
            assert 150 * chance < proxy.counts[fault] < 450 * chance
        proxy.calm()
        counts = dict(proxy.counts)
        with connect(proxy) as connection:
            assert all(ask(connection) == b"HELLO\n" for _ in range(50))
        assert proxy.counts == counts


def test_it_ends_with_its_block_whatever_is_under_way(echo: Echo) -> None:
    with FaultProxy(echo.port, delay_seconds=(60, 60)) as proxy:
        proxy.inject(Fault.DELAY_REQUEST)
        connection = connect(proxy)
        connection.sendall(b"hello\n")
    with connection:
        assert answer(connection) == b""
    assert "fault proxy" not in [thread.name for thread in threading.enumerate()]
    with pytest.raises(ConnectionRefusedError):
        connect(proxy)
