"""A name server that does not answer delays only the connections that need it."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from connect4_server.conftest import Api
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER = "server_process.own_resolver_server"
ADDRESS = "127.53.53.53"
REQUESTS = 40


class MuteNameServer:
    """A name server that receives queries and answers none."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # Its port is the only one that resolv.conf knows of.
        self.socket.bind((ADDRESS, 53))
        self.socket.setblocking(False)

    def was_asked(self) -> bool:
        try:
            return b"database" in self.socket.recv(4096)
        except BlockingIOError:
            return False


@pytest.fixture
def name_server() -> Iterator[MuteNameServer]:
    server = MuteNameServer()
    yield server
    server.socket.close()


def test_a_name_server_that_does_not_answer(name_server: MuteNameServer, tmp_path: Path) -> None:
    conf = tmp_path / "resolv.conf"
    conf.write_text(f"nameserver {ADDRESS}\noptions timeout:30 attempts:3\n", encoding="utf-8")
    environ = {
        "DATABASE_URL": "postgresql://connect4@database.example/connect4",
        "RESOLV_CONF": str(conf),
    }
    with ServerProcess(environ, SERVER) as server, ThreadPoolExecutor(REQUESTS) as pool:
        waiting = [
            pool.submit(Api(server.url).request, "POST", "/create_game") for _ in range(REQUESTS)
        ]
        wait_until(name_server.was_asked)
        # A worker blocked by the lookup would take longer than this timeout.
        assert Api(server.url).request("GET", "/healthz").text == "Healthy"
        assert {request.result().status_code for request in waiting} == {503}
        [logged] = server.output().splitlines()
    assert 'could not translate host name "database.example": no answer in time' in logged
