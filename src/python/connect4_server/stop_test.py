"""Connection draining: a stopping server finishes running requests, and waits for nothing else."""

from __future__ import annotations

import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import psycopg2
import pytest

from connect4_server.conftest import Api
from connect4_server.testing.patient_server import AT_ONCE, PATIENT
from server_process import ServerProcess, frozen, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 120

WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": database_url}, PATIENT) as server:
        yield server


def open_connections(url: str, number: int, stack: ExitStack) -> list[HTTPConnection]:
    """Idle keep-alive connections, each used once."""
    connections = []
    for _ in range(number):
        connection = HTTPConnection(urlsplit(url).netloc, timeout=SECONDS)
        connections.append(stack.enter_context(closing(connection)))
        connection.request("GET", "/status")
        assert connection.getresponse().read() == b"Running"
    return connections


def number_of_waiting(database_url: str) -> int:
    """How many connections to the database wait for a lock."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(WAITING)
        return int((cursor.fetchone() or [0])[0])


def refuses(url: str) -> bool:
    address = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((address.hostname, address.port)) != 0


def test_idle_connections_are_not_waited_for(server: ServerProcess) -> None:
    seats = Api(server.url).start()
    with ExitStack() as stack:
        open_connections(server.url, 20, stack)
        streams = open_connections(server.url, 20, stack)
        for stream in streams:
            stream.request("GET", f"/watch_game?gameId={seats[0]['gameId']}")
            assert stream.getresponse().readline()
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < AT_ONCE


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_running_request_is_answered(database_url: str, workers: str) -> None:
    environ = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": workers}
    with (
        ServerProcess(environ, PATIENT) as server,
        closing(psycopg2.connect(database_url)) as database,
    ):
        first, _ = Api(server.url).start()
        with database.cursor() as cursor, ThreadPoolExecutor(2) as pool:
            cursor.execute('SELECT 1 FROM game WHERE "gameId" = %s FOR UPDATE', [first["gameId"]])
            move = pool.submit(Api(server.url).move, first, 3)
            wait_until(lambda: number_of_waiting(database_url) == 1)
            stop = pool.submit(server.stop)
            wait_until(lambda: refuses(server.url))
            assert not stop.done()
            assert not move.done()
            database.rollback()
            assert move.result(SECONDS)["moves"] == [3]
            started = time.monotonic()
            assert stop.result(SECONDS) == 0
            assert time.monotonic() - started < AT_ONCE


def test_connections_in_the_backlog_are_answered(server: ServerProcess) -> None:
    """The kernel accepts the connection; the server is told to stop before it takes it."""
    address = urlsplit(server.url)
    arbiter = next(child for child in psutil.Process().children() if listens(child, address.port))
    (worker,) = arbiter.children()
    with ExitStack() as stack:
        queue = []
        with frozen([worker]):
            for _ in range(500):
                connection = HTTPConnection(address.netloc, timeout=SECONDS)
                queue.append(stack.enter_context(closing(connection)))
                connection.request("GET", "/status")
            arbiter.send_signal(signal.SIGTERM)
            wait_until(lambda: not listens(arbiter, address.port))
        for connection in queue:
            response = connection.getresponse()
            assert response.read() == b"Running"
        wait_until(lambda: not arbiter.is_running() or arbiter.status() == psutil.STATUS_ZOMBIE)
    assert server.stop() == 0


def listens(process: psutil.Process, port: int | None) -> bool:
    return any(
        connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
        for connection in process.net_connections("tcp4")
    )
