"""A server that tests share, and a client of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_postgres import LocalPostgres

Json = dict[str, Any]


class Api:
    """A client of the API."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()

    def request(self, method: str, path: str, **arguments: Any) -> requests.Response:
        return self._session.request(method, self.url + path, timeout=120, **arguments)

    def create(self, **chosen: Any) -> Json:
        arguments = {"json": chosen} if chosen else {}
        return self._body(self.request("POST", "/create_game", **arguments), 201)

    def join(self, game_id: str, **chosen: Any) -> Json:
        response = self.request("POST", "/join_game", json={"gameId": game_id, **chosen})
        return self._body(response, 202)

    def get(self, seat: Json) -> Json:
        query = {"gameId": seat["gameId"], "playerId": seat["playerId"]}
        return self._body(self.request("GET", "/get_game", params=query), 200)

    def try_move(self, seat: Json, column: Any) -> requests.Response:
        body = {"gameId": seat["gameId"], "playerId": seat["playerId"], "column": column}
        return self.request("POST", "/make_move", json=body)

    def move(self, seat: Json, column: int) -> Json:
        return self._body(self.try_move(seat, column), 202)

    def ask(self, path: str, seat: Json) -> requests.Response:
        """What a player asks for who is known by a seat alone."""
        body = {"gameId": seat["gameId"], "playerId": seat["playerId"]}
        return self.request("POST", path, json=body)

    def done(self, path: str, seat: Json) -> Json:
        return self._body(self.ask(path, seat), 202)

    def start(self) -> tuple[Json, Json]:
        """Both seats of a new game."""
        first = self.create()
        return first, self.join(first["gameId"])

    def play(self, *columns: int) -> tuple[Json, Json]:
        """Both seats of a new game after these moves."""
        seats = self.start()
        for ply, column in enumerate(columns):
            self.move(seats[ply % 2], column)
        return seats

    @staticmethod
    def _body(response: requests.Response, status: int) -> Json:
        assert response.status_code == status, response.text
        body: Json = response.json()
        return body


@pytest.fixture(scope="session")
def shared_database_url(postgres: LocalPostgres, migrated_template: str) -> str:
    """The URL of the database of `server`."""
    return postgres.create_database("shared", template=migrated_template)


@pytest.fixture(scope="session")
def server(shared_database_url: str) -> Iterator[ServerProcess]:
    """One server for all tests whose games do not meet: starting and stopping takes a while."""
    with ServerProcess({"DATABASE_URL": shared_database_url}) as running:
        yield running


@pytest.fixture
def api(server: ServerProcess) -> Api:
    return Api(server.url)
