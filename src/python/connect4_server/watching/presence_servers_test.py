"""Who is there, and claims of the win, with several servers; one is killed, or the database is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import psycopg2
import pytest
import requests

from connect4_server.conftest import Api
from connect4_server.testing.brisk_server import BRISK
from connect4_server.testing.patient_server import PATIENT
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from connect4_server.conftest import Json
    from connect4_server.watching.conftest import Watch, Watcher

ROUNDS = 8
LONG_GONE = """
    UPDATE player SET "streamLease" = now() - interval '1 h' WHERE "playerId" = '{}';
    UPDATE game SET moved = now() - interval '1 h' WHERE "gameId" = '{}'
"""


@contextmanager
def two_servers(
    database_url: str, program: str, workers: str = "1"
) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    environ = {"DATABASE_URL": database_url, "REDIS_URL": "", "WEB_CONCURRENCY": workers}
    with ServerProcess(environ, program) as one, ServerProcess(environ, program) as other:
        yield one, other


def watch_as(watch: Watch, url: str, seat: Json) -> Watcher:
    return watch(url, gameId=seat["gameId"], playerId=seat["playerId"])


def players(watcher: Watcher) -> list[bool | None]:
    return list(watcher.presence.get("players", []))


def be_long_gone(database_url: str, seat: Json) -> None:
    with closing(psycopg2.connect(database_url)) as connection, connection:
        connection.cursor().execute(LONG_GONE.format(seat["playerId"], seat["gameId"]))


def test_players_and_spectators_at_workers_of_two_servers_see_each_other(
    database_url: str, watch: Watch
) -> None:
    with two_servers(database_url, PATIENT, workers="2") as (one, other):
        first, second = Api(one.url).start()
        watcher = watch_as(watch, one.url, first)
        streams = [watch_as(watch, server.url, second) for server in (one, other) * 2]
        spectators = [watch(server.url, gameId=first["gameId"]) for server in (one, other) * 3]
        there = {"players": [True, True], "gone": [None, None], "watchers": 6}
        for each in (watcher, *streams, *spectators):
            each.wait_for_presence(there)
        for spectator in spectators:
            spectator.close()
        wait_until(lambda: watcher.presence["watchers"] == 0)
        for stream in streams:
            assert players(watcher) == [True, True]
            stream.close()
        wait_until(lambda: players(watcher) == [True, False])


def test_a_player_of_a_killed_server_is_gone_and_loses(database_url: str, watch: Watch) -> None:
    with two_servers(database_url, BRISK) as (one, other):
        first, second = Api(one.url).start()
        watcher = watch_as(watch, one.url, first)
        watch_as(watch, other.url, second)
        watch(other.url, gameId=first["gameId"])
        wait_until(lambda: players(watcher) == [True, True] and watcher.presence["watchers"] == 1)
        other.kill()
        wait_until(lambda: players(watcher) == [True, False] and watcher.presence["watchers"] == 0)
        wait_until(lambda: Api(one.url).ask("/claim_win", first).status_code == 202)
        watcher.wait_for_end()
        assert watcher.states[-1].data["ending"] == "abandoned"


def test_a_player_comes_back_at_another_server(database_url: str, watch: Watch) -> None:
    with two_servers(database_url, BRISK) as (one, other):
        first, second = Api(one.url).start()
        watcher = watch_as(watch, one.url, first)
        watch_as(watch, one.url, second).close()
        wait_until(lambda: players(watcher) == [True, False])
        watch_as(watch, other.url, second)
        wait_until(lambda: players(watcher) == [True, True])


def test_who_is_there_is_known_again_when_the_database_is_back(
    tmp_path: Path, watch: Watch
) -> None:
    """Its crash empties the table of spectators."""
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        with two_servers(postgres.url(), BRISK) as (one, other):
            first, second = Api(one.url).start()
            watcher, leaving = watch_as(watch, one.url, first), watch_as(watch, other.url, second)
            watch(other.url, gameId=first["gameId"])
            there = {"players": [True, True], "gone": [None, None], "watchers": 1}
            wait_until(lambda: watcher.presence == there)
            postgres.stop()
            postgres.start()
            with closing(psycopg2.connect(postgres.url())) as connection, connection:
                connection.cursor().execute("TRUNCATE spectators")
            wait_until(lambda: watcher.presence["watchers"] == 0)
            wait_until(lambda: watcher.presence == there)
            leaving.close()
            wait_until(lambda: players(watcher) == [True, False])


@pytest.fixture
def apis(database_url: str) -> Iterator[list[Api]]:
    with two_servers(database_url, PATIENT) as servers:
        yield [Api(server.url) for server in servers]


def at_once(*calls: tuple[str, str, Json]) -> list[requests.Response]:
    def ask(call: tuple[str, str, Json]) -> requests.Response:
        url, path, body = call
        return requests.post(f"{url}{path}", json=body, timeout=120)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(ask, calls))


def test_either_a_claim_counts_or_a_move(apis: list[Api], database_url: str) -> None:
    one, other = apis
    for _ in range(ROUNDS):
        first, second = one.play(3)
        be_long_gone(database_url, second)
        body = {"gameId": first["gameId"], "playerId": first["playerId"]}
        back = {"gameId": first["gameId"], "playerId": second["playerId"], "column": 4}
        claim, again, move = at_once(
            (one.url, "/claim_win", body),
            (other.url, "/claim_win", body),
            (other.url, "/make_move", back),
        )
        game = one.get(first)
        if move.status_code == 202:
            assert {claim.status_code, again.status_code} == {409}
            assert (game["active"], game["moves"]) == (True, [3, 4])
        else:
            assert (move.status_code, move.json()) == (403, {"error": "Game is over"})
            assert claim.json() == again.json() == game
            assert (game["winner"], game["ending"], game["moves"]) == (1, "abandoned", [3])
            assert game["version"] == 4


def test_either_a_claim_counts_or_a_return(
    apis: list[Api], database_url: str, watch: Watch
) -> None:
    one, other = apis
    for _ in range(ROUNDS):
        first, second = one.play(3)
        be_long_gone(database_url, second)
        with ThreadPoolExecutor(1) as pool:
            claim = pool.submit(one.ask, "/claim_win", first)
            watcher = watch_as(watch, other.url, second)
        if claim.result().status_code == 202:
            watcher.wait_for_end()
            assert watcher.states[-1].data["ending"] == "abandoned"
        else:
            assert claim.result().status_code == 409
            wait_until(lambda watcher=watcher: players(watcher)[1:] == [True])  # type: ignore[misc]
            assert one.ask("/claim_win", first).status_code == 409
            assert one.get(first)["active"]
