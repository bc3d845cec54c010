"""The access log: a line per request, without query strings and secrets; off by default."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from connect4_server.conftest import Api
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from connect4_server.conftest import Json


def play(server: ServerProcess) -> tuple[Json, Json]:
    api = Api(server.url)
    seats = api.start()
    api.move(seats[0], 3)
    api.get(seats[1])
    return seats


@pytest.mark.parametrize("variables", [{"ACCESS_LOG": ""}, {"ACCESS_LOG": "false"}])
def test_without_an_access_log_nothing_is_logged(
    database_url: str, variables: dict[str, str]
) -> None:
    with ServerProcess({"DATABASE_URL": database_url, **variables}) as server:
        play(server)
        server.stop()
        assert server.output() == ""


def test_the_access_log_has_every_request_and_no_secret(database_url: str) -> None:
    with ServerProcess({"DATABASE_URL": database_url, "ACCESS_LOG": "true"}) as server:
        seats = play(server)
        wait_until(lambda: "/get_game" in server.output())
        lines = server.output()
    for method, path, status in (
        ("POST", "/create_game", 201),
        ("POST", "/join_game", 202),
        ("POST", "/make_move", 202),
        ("GET", "/get_game", 200),
    ):
        line = rf'^127\.0\.0\.1 "{method} {path} HTTP/1\.1" {status} \d+ \d+ [0-9a-f]{{32}}$'
        assert re.search(line, lines, re.MULTILINE)
    for seat in seats:
        assert seat["playerId"] not in lines
        assert seat["gameId"] not in lines
