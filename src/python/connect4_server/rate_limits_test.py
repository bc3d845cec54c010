"""Each limit refuses with 429 what is beyond it, and nothing of anybody else."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from connect4_server.conftest import Json

GAMES, CHANGES, WRONG, STREAMS, REQUESTS = 6, 10, 3, 2, 60
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def limited(shared_database_url: str) -> Iterator[ServerProcess]:
    """A server with low limits; a test's address is what it says that a proxy said."""
    environ = {
        "DATABASE_URL": shared_database_url,
        "RATE_LIMITS": "true",
        "LIMIT_NEW_GAMES_PER_HOUR": str(GAMES),
        "LIMIT_CHANGES_PER_MINUTE": str(CHANGES),
        "LIMIT_WRONG_SECRETS_PER_MINUTE": str(WRONG),
        "LIMIT_STREAMS": str(STREAMS),
        "LIMIT_REQUESTS_PER_MINUTE": str(REQUESTS),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    with ServerProcess(environ) as running:
        yield running


class Client(Api):
    """A client with an address of its own."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.address = f"203.0.113.{next(_NUMBERS)}"
        self.headers = {"X-Forwarded-For": self.address}
        self._session.headers.update(self.headers)


@pytest.fixture
def client(limited: ServerProcess) -> Client:
    return Client(limited.url)


@pytest.fixture
def other(limited: ServerProcess) -> Client:
    return Client(limited.url)


def assert_refused(answer: requests.Response, most_seconds: int) -> None:
    assert answer.status_code == 429
    assert answer.json() == {"error": "Too many requests, try again later"}
    assert 1 <= int(answer.headers["Retry-After"]) <= most_seconds
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_new_games_are_limited_by_address(client: Client, other: Client) -> None:
    for _ in range(GAMES):
        client.create()
    assert_refused(client.request("POST", "/create_game"), 3600)
    client.join(other.create()["gameId"])


def test_requests_are_limited_by_address(client: Client, other: Client) -> None:
    seat = other.create()
    for _ in range(REQUESTS):
        client.get(seat)
    assert_refused(client.request("GET", "/get_game", params=seat), 60)
    for path in ("/", "/status", "/healthz", "/readyz", "/openapi.json"):
        assert client.request("GET", path).status_code == 200
    other.get(seat)


def test_changes_are_limited_by_player(client: Client, other: Client) -> None:
    first, second = client.start()
    for _ in range(CHANGES // 2):
        client.done("/offer_draw", first)
        client.done("/decline_draw", first)
    assert_refused(other.ask("/offer_draw", first), 60)
    assert_refused(other.try_move(first, 3), 60)
    client.done("/offer_draw", second)
    assert client.get(first)["drawOfferedBy"] == 2


def test_who_has_no_secret_uses_up_no_players_changes(client: Client, other: Client) -> None:
    first, _ = client.start()
    for _ in range(CHANGES + 1):
        other.ask("/offer_draw", {**first, "playerId": new_token()})
    client.move(first, 3)


def try_secrets(api: Api, seat: Json, times: int) -> list[int]:
    wrong = {"gameId": seat["gameId"], "playerId": "x" * 32}
    return [api.request("GET", "/get_game", params=wrong).status_code for _ in range(times)]


def test_wrong_secrets_are_slowed_by_address_and_game(client: Client, other: Client) -> None:
    first, second = client.start()
    third = client.create()
    assert try_secrets(other, first, WRONG + 2) == [404] * WRONG + [429] * 2
    # The right one would not be told apart.
    assert_refused(other.ask("/resign", second), 60)
    assert_refused(other.request("GET", "/watch_game", params=first), 60)
    assert try_secrets(other, third, 1) == [404]
    client.move(first, 3)
    client.get(second)


def test_a_wrong_secret_is_logged_without_it(limited: ServerProcess, client: Client) -> None:
    seat = client.create()
    wrong = new_token()
    body = {"gameId": seat["gameId"], "playerId": wrong, "column": 3}
    answer = client.request("POST", "/make_move", json=body)
    assert answer.status_code == 404
    identity = answer.headers["X-Request-Id"]
    assert f"wrong secret: /make_move from {client.address} {identity}\n" in limited.output()
    assert wrong not in limited.output()


def stream(client: Client, game_id: str) -> requests.Response:
    return client.request("GET", "/watch_game", params={"gameId": game_id}, stream=True)


def test_streams_are_limited_by_address(client: Client, other: Client) -> None:
    game_id = client.create()["gameId"]
    with ExitStack() as streams:
        opened = [streams.enter_context(stream(client, game_id)) for _ in range(STREAMS)]
        assert [answer.status_code for answer in opened] == [200] * STREAMS
        assert_refused(stream(client, game_id), 60)
        assert streams.enter_context(stream(other, game_id)).status_code == 200
        opened[0].close()

        def may_watch() -> bool:
            answer = streams.enter_context(stream(client, game_id))
            return answer.status_code == 200

        wait_until(may_watch)


def test_a_stream_that_does_not_begin_is_not_counted(client: Client) -> None:
    for _ in range(STREAMS + 1):
        assert stream(client, new_token()).status_code == 404
    with stream(client, client.create()["gameId"]) as answer:
        assert answer.status_code == 200
