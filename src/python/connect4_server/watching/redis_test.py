"""Publish/subscribe between servers by Redis, and what happens without it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_server.conftest import Api
from connect4_server.database import APPLICATION_NAME
from connect4_server.testing.patient_server import PATIENT
from connect4_server.watching.conftest import assert_players_see_each_other
from server_process import ServerProcess
from server_process.redis_process import RedisProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.watching.conftest import Watch


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    with RedisProcess() as redis:
        yield redis


@pytest.fixture
def servers(
    database_url: str, redis: RedisProcess
) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    environ = {"DATABASE_URL": database_url, "REDIS_URL": redis.url}
    with ServerProcess(environ, PATIENT) as one, ServerProcess(environ, PATIENT) as other:
        yield one, other


def test_players_on_two_servers_see_each_other(
    servers: tuple[ServerProcess, ServerProcess], database_url: str, watch: Watch
) -> None:
    assert_players_see_each_other(servers, watch)
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT application_name FROM pg_stat_activity"
            " WHERE application_name LIKE 'connect4%%' AND datname = current_database()"
        )
        assert cursor.fetchall() == [(APPLICATION_NAME,)]


def test_redis_may_be_restarted(
    servers: tuple[ServerProcess, ServerProcess], redis: RedisProcess, watch: Watch
) -> None:
    one, other = (Api(server.url) for server in servers)
    first, second = one.start()
    watcher = watch(other.url, gameId=first["gameId"])
    watcher.wait_for(2)
    for move in range(0, 4, 2):
        redis.stop()
        # The notification is lost; the new subscription has the watched games read.
        one.move(first, move)
        redis.start()
        watcher.wait_for(3 + move)
        one.move(second, move)
        watcher.wait_for(4 + move)
    assert watcher.versions == [2, 3, 4, 5, 6]


def test_without_redis_the_game_goes_on(
    database_url: str, redis: RedisProcess, watch: Watch
) -> None:
    redis.stop()
    with ServerProcess({"DATABASE_URL": database_url, "REDIS_URL": redis.url}, PATIENT) as server:
        api = Api(server.url)
        first, second = api.start()
        watcher = watch(api.url, gameId=first["gameId"])
        watcher.wait_for(2)
        for move, seat in enumerate((first, second)):
            api.move(seat, 3)
            watcher.wait_for(3 + move)
