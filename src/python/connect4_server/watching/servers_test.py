"""Publish/subscribe between servers by PostgreSQL."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_server.conftest import Api
from connect4_server.testing.patient_server import AT_ONCE, PATIENT
from connect4_server.watching.conftest import assert_players_see_each_other
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from connect4_server.watching.conftest import Watch

LISTENERS = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%listener' AND {}"
END_LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%listener'"
)


@pytest.fixture
def servers(database_url: str) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    environ = {"DATABASE_URL": database_url, "REDIS_URL": ""}
    with ServerProcess(environ, PATIENT) as one, ServerProcess(environ, PATIENT) as other:
        yield one, other


def ask(database_url: str, statement: str) -> int:
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return int((cursor.fetchone() or [0])[0])


def test_players_on_two_servers_see_each_other(
    servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    assert_players_see_each_other(servers, watch)


def test_changes_between_moves_are_seen_at_other_servers(
    servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    one, other = (Api(server.url) for server in servers)
    creator = one.create(first="joiner", name="Ada")
    watcher = watch(other.url, gameId=creator["gameId"], stay="true")
    watcher.wait_for(1)
    joiner = one.join(creator["gameId"], name="Bob")
    assert watcher.wait_for(2)["names"] == ["Bob", "Ada"]
    one.done("/offer_draw", creator)
    assert watcher.wait_for(3)["drawOfferedBy"] == 2
    one.done("/resign", joiner)
    assert watcher.wait_for(4)["ending"] == "resigned"
    one.done("/rematch", joiner)
    assert watcher.wait_for(5)["rematchOfferedBy"] == 1
    next_id = one.done("/rematch", creator)["gameId"]
    assert watcher.wait_for(6)["nextGameId"] == next_id
    watcher.wait_for_end()


def test_workers_of_one_server_see_each_others_moves(database_url: str, watch: Watch) -> None:
    with ServerProcess({"DATABASE_URL": database_url, "WEB_CONCURRENCY": "2"}, PATIENT) as server:
        api = Api(server.url)
        first, second = api.start()
        watchers = [watch(server.url, gameId=first["gameId"]) for _ in range(8)]
        for move in range(4):
            # A new connection each time: either worker may get it.
            Api(server.url).move((first, second)[move % 2], 3)
            for watcher in watchers:
                watcher.wait_for(3 + move)


def test_a_lost_listener_misses_nothing(
    database_url: str, servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    one, other = (Api(server.url) for server in servers)
    games = [one.start() for _ in range(5)]
    watchers = [watch(other.url, gameId=first["gameId"]) for first, _ in games]
    for watcher in watchers:
        watcher.wait_for(2)
    wait_until(lambda: ask(database_url, LISTENERS.format("state = 'idle'")))
    for move in range(6):
        ask(database_url, END_LISTENERS)
        for seats in games:
            one.move(seats[move % 2], move)
        for watcher in watchers:
            watcher.wait_for(3 + move)
    for watcher in watchers:
        assert watcher.versions == list(range(2, 9))


def test_the_database_comes_back(tmp_path: Path, watch: Watch) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        environ = {"DATABASE_URL": postgres.url()}
        with ServerProcess(environ, PATIENT) as one, ServerProcess(environ, PATIENT) as other:
            first, second = Api(one.url).start()
            watcher = watch(other.url, gameId=first["gameId"])
            watcher.wait_for(2)
            postgres.stop()
            postgres.start()
            Api(one.url).move(first, 3)
            watcher.wait_for(3)
            Api(one.url).move(second, 3)
            watcher.wait_for(4)
            assert watcher.versions == [2, 3, 4]


def test_a_stopping_server_has_its_watchers_reconnect(
    servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    one, other = (Api(server.url) for server in servers)
    first, second = one.play(3)
    watchers = [watch(one.url, gameId=first["gameId"]) for _ in range(20)]
    for watcher in watchers:
        watcher.wait_for(3)
    started = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        stopped = pool.submit(servers[0].stop)
        wait_until(lambda: all(watcher.has_ended for watcher in watchers))
        other.move(second, 4)
        assert stopped.result() == 0
    assert time.monotonic() - started < AT_ONCE
    for watcher in watchers:
        assert watcher.kinds == ["message", "reconnect"]
        assert watcher.events[-1].retry
        again = watch(other.url, {"Last-Event-ID": "3"}, gameId=first["gameId"])
        assert again.wait_for(4)["moves"] == [3, 4]
        assert again.versions == [4]


def test_watchers_of_a_killed_server_go_on_at_another(
    servers: tuple[ServerProcess, ServerProcess], watch: Watch
) -> None:
    one, other = (Api(server.url) for server in servers)
    first, second = one.play(3)
    watcher = watch(one.url, gameId=first["gameId"])
    watcher.wait_for(3)
    servers[0].kill()
    wait_until(lambda: watcher.has_ended)
    again = watch(other.url, {"Last-Event-ID": "3"}, gameId=first["gameId"])
    other.move(second, 4)
    again.wait_for(4)
    assert again.versions == [4]
