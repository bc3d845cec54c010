"""Concurrent requests: one gets the seat, one disc counts; and outages of the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest
import requests

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CALLERS = 16


@pytest.fixture
def apis(database_url: str) -> Iterator[list[Api]]:
    """Two servers on one database, of two workers each."""
    environ = {"DATABASE_URL": database_url, "WEB_CONCURRENCY": "2"}
    with ServerProcess(environ) as one, ServerProcess(environ) as other:
        yield [Api(one.url), Api(other.url)]


def test_of_concurrent_joins_one_gets_the_seat(apis: list[Api]) -> None:
    for _ in range(10):
        game_id = apis[0].create()["gameId"]

        def join(caller: int, game_id: str = game_id) -> requests.Response:
            url = apis[caller % 2].url
            return requests.post(f"{url}/join_game", json={"gameId": game_id}, timeout=120)

        with ThreadPoolExecutor(CALLERS) as pool:
            answers = list(pool.map(join, range(CALLERS)))
        assert sorted(answer.status_code for answer in answers) == [202] + [404] * (CALLERS - 1)
        refused = {answer.text for answer in answers if answer.status_code == 404}
        assert refused == {'{"error": "Game is full"}'}


def test_equal_joins_at_several_servers_all_get_the_one_seat(
    apis: list[Api],
) -> None:
    for _ in range(10):
        body = {"gameId": apis[0].create()["gameId"], "newPlayerId": new_token()}

        def join(caller: int, body: dict[str, str] = body) -> requests.Response:
            return requests.post(f"{apis[caller % 2].url}/join_game", json=body, timeout=120)

        with ThreadPoolExecutor(CALLERS) as pool:
            answers = list(pool.map(join, range(CALLERS)))
        assert [answer.status_code for answer in answers] == [202] * CALLERS
        assert {answer.json()["playerId"] for answer in answers} == {body["newPlayerId"]}


def test_of_concurrent_moves_for_one_turn_one_counts(apis: list[Api]) -> None:
    seats = apis[0].start()
    for ply in range(6):
        seat = seats[ply % 2]

        def move(caller: int, seat: dict[str, object] = seat) -> requests.Response:
            body = {"gameId": seat["gameId"], "playerId": seat["playerId"], "column": caller % 7}
            url = apis[caller % 2].url
            return requests.post(f"{url}/make_move", json=body, timeout=120)

        with ThreadPoolExecutor(CALLERS) as pool:
            answers = list(pool.map(move, range(CALLERS)))
        game = apis[1].get(seats[0])
        assert sum(cell != 0 for column in game["board"] for cell in column) == ply + 1
        assert [answer.status_code for answer in answers].count(202) == 1
        assert {answer.text for answer in answers if answer.status_code != 202} <= {
            '{"error": "Not your turn"}'
        }


def test_requests_get_503_until_the_database_is_back(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        with ServerProcess({"DATABASE_URL": postgres.url()}) as server:
            api = Api(server.url)
            seats = api.play(3)

            postgres.stop()
            for answer in (
                api.request("POST", "/create_game"),
                api.try_move(seats[1], 3),
                api.request("GET", "/get_game", params=seats[0]),
            ):
                assert answer.status_code == 503
                assert answer.headers["Content-Type"] == "application/json"
                assert answer.headers["Retry-After"]
                assert "database" in answer.json()["error"]
            assert api.request("GET", "/status").text == "Running"

            postgres.start()
            assert api.get(seats[0])["board"][3] == [1, 0, 0, 0, 0, 0]
            assert api.move(seats[1], 3)["board"][3] == [1, 2, 0, 0, 0, 0]


def test_a_read_survives_a_restart_of_the_database(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        with ServerProcess({"DATABASE_URL": postgres.url()}) as server:
            api = Api(server.url)
            seat = api.create()
            postgres.stop()
            postgres.start()
            assert api.get(seat) == seat


def test_a_database_that_does_not_answer_times_out(database_url: str) -> None:
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        api = Api(server.url)
        first, second = api.play(3)
        with closing(psycopg2.connect(database_url)) as connection:
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE game")
            with ThreadPoolExecutor(1) as pool:
                waiting = pool.submit(Api(server.url).request, "GET", "/get_game", params=first)
                assert api.request("GET", "/status").text == "Running"
                assert waiting.result().status_code == 503
        assert api.get(first)["moves"] == [3]
        assert api.move(second, 3)["moves"] == [3, 3]
