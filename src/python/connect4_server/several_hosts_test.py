"""A database URL with several hosts."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

import psycopg2
import pytest
from sqlalchemy import make_url

from connect4_models.database_url import connection_string
from connect4_server.database import Database, DatabaseUnavailableError
from connect4_server.statements import READ_ONLY
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process.database_proxy import DatabaseProxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def proxy(database_url: str) -> Iterator[DatabaseProxy]:
    with DatabaseProxy(database_url) as running:
        yield running


def database_at(database_url: str, *ports: int, **query: str) -> Database:
    """A database whose URL has several hosts, all on this machine."""
    hosts = tuple(f"127.0.0.1:{port}" for port in ports)
    url = make_url(database_url).set(query={"host": hosts, **query})
    return Database(connection_string({"DATABASE_URL": url.render_as_string(hide_password=False)}))


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def full_port() -> Iterator[int]:
    """A port with a full backlog: packets to it are dropped, as by a dead network."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        yield server.getsockname()[1]


def test_a_host_that_refuses(database_url: str, proxy: DatabaseProxy) -> None:
    database = database_at(database_url, closed_port(), proxy.port)
    assert database.read(READ_ONLY) == [("off",)]


def test_a_host_whose_network_is_dead(database_url: str, proxy: DatabaseProxy) -> None:
    with full_port() as port:
        assert database_at(database_url, port, proxy.port).read(READ_ONLY) == [("off",)]


def test_hosts_that_accept_and_do_not_answer(database_url: str, proxy: DatabaseProxy) -> None:
    with ExitStack() as stack:
        silent = [stack.enter_context(DatabaseProxy(database_url)) for _ in range(3)]
        for host in silent:
            host.is_silent = True
        ports = (host.port for host in silent)
        # Even the last one is tried before the request times out.
        assert database_at(database_url, *ports, proxy.port).read(READ_ONLY) == [("off",)]


def test_a_read_only_host_is_skipped(
    database_url: str, proxy: DatabaseProxy, tmp_path: Path
) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as standby:
        upgrade(standby.url())
        name = make_url(database_url).database or ""
        other = standby.create_database(name, template="connect4")
        with DatabaseProxy(other) as before:
            ports = (before.port, proxy.port)
            make_read_only(standby, name)
            assert database_at(database_url, *ports).read(READ_ONLY) == [("on",)]
            writable = database_at(database_url, *ports, target_session_attrs="read-write")
            assert writable.read(READ_ONLY) == [("off",)]


def test_the_error_names_the_reason_for_each_host(database_url: str) -> None:
    one, other = closed_port(), closed_port()
    with pytest.raises(DatabaseUnavailableError) as caught:
        database_at(database_url, one, other).read(READ_ONLY)
    assert str(caught.value).count("Connection refused") == 2
    assert str(one) in str(caught.value)
    assert str(other) in str(caught.value)


def make_read_only(postgres: LocalPostgres, name: str) -> None:
    with closing(psycopg2.connect(postgres.url())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
