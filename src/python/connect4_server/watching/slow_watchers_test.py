"""A watcher that reads nothing delays nobody else, and is disconnected after a while."""

from __future__ import annotations

import re
import socket
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest

from connect4_server.conftest import Api
from connect4_server.testing.patient_server import AT_ONCE
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Json
    from connect4_server.watching.conftest import Watch

SMALL_BUFFER_SERVER = "connect4_server.testing.small_buffer_server"
SECONDS = 120

_ROW = (1, 2, 0, 3, 6, 4, 5)
# Row by row, back and forth: it fills the board without four in a row.
DRAW = (*_ROW, *reversed(_ROW)) * 3


class StalledWatcher:
    """Opens a stream, and reads nothing until `read` is called."""

    def __init__(self, url: str, game: Json) -> None:
        self._server = urlsplit(url)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self._socket.settimeout(SECONDS)
        self._socket.connect((self._server.hostname, self._server.port))
        self._port = self._socket.getsockname()[1]
        request = f"GET /watch_game?gameId={game['gameId']} HTTP/1.1\r\nHost: x\r\n\r\n"
        self._socket.sendall(request.encode())

    def __enter__(self) -> StalledWatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def is_connected(self) -> bool:
        """Whether the server still has the connection."""
        return any(
            connection.laddr
            and connection.laddr.port == self._server.port
            and connection.raddr
            and connection.raddr.port == self._port
            and connection.status == psutil.CONN_ESTABLISHED
            for connection in psutil.net_connections("tcp4")
        )

    def read(self) -> str:
        """Reads the rest of the stream, to its end."""
        read = bytearray()
        while not read.endswith(b"\r\n0\r\n\r\n"):
            chunk = self._socket.recv(65536)
            assert chunk, "the stream broke off"
            read += chunk
        return read.decode()


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": database_url}, SMALL_BUFFER_SERVER) as server:
        yield server


def play(api: Api, seats: tuple[Json, Json], watch: Watch) -> None:
    """Plays a game to its end; another watcher sees every state."""
    watcher = watch(api.url, gameId=seats[0]["gameId"])
    for ply, column in enumerate(DRAW):
        watcher.wait_for(2 + ply)
        api.move(seats[ply % 2], column)
    watcher.wait_for_end()
    assert watcher.versions == list(range(2, 45))


def test_nothing_is_queued_for_a_slow_watcher(api: Api, watch: Watch) -> None:
    seats = api.start()
    with StalledWatcher(api.url, seats[0]) as stalled:
        play(api, seats, watch)
        stream = stalled.read()
    versions = list(map(int, re.findall(r"^id: (\d+)$", stream, re.MULTILINE)))
    assert versions == sorted(set(versions))
    assert versions[-1] == 44
    assert len(versions) < len(DRAW) / 2
    assert "event: end\n" in stream


def test_a_watcher_that_reads_nothing_is_disconnected(database_url: str, watch: Watch) -> None:
    environ = {"DATABASE_URL": database_url, "SEND_TIMEOUT_SECONDS": "1"}
    with ServerProcess(environ, SMALL_BUFFER_SERVER) as server:
        api = Api(server.url)
        seats = api.start()
        with StalledWatcher(server.url, seats[0]) as stalled:
            wait_until(lambda: stalled.is_connected)
            play(api, seats, watch)
            wait_until(lambda: not stalled.is_connected)
        assert server.stop() == 0
        assert server.output() == ""


def test_a_stop_does_not_wait_for_a_watcher_that_reads_nothing(
    server: ServerProcess, watch: Watch
) -> None:
    api = Api(server.url)
    games = [api.start() for _ in range(3)]
    with StalledWatcher(api.url, games[0][0]) as stalled:
        play(api, games[0], watch)
        others = [watch(api.url, gameId=first["gameId"]) for first, _ in games[1:]]
        for watcher in others:
            watcher.wait_for(2)
        assert stalled.is_connected
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < AT_ONCE
    for watcher in others:
        watcher.wait_for_end()
        assert watcher.kinds == ["message", "reconnect"]
    assert server.output() == ""
