"""Whether a request takes the shortcut or goes through Flask cannot be seen from its answer."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from werkzeug.test import Client

from connect4_models.database_url import database_url as parsed
from connect4_server.app import create_app
from connect4_server.config import Config
from connect4_server.database import DatabaseUnreachableError

if TYPE_CHECKING:
    from apiflask import APIFlask
    from werkzeug.test import TestResponse

UNKNOWN = "x" * 32


@pytest.fixture
def app(database_url: str) -> APIFlask:
    return create_app(Config(database=parsed({"DATABASE_URL": database_url})))


@pytest.fixture
def short(app: APIFlask) -> Client:
    return Client(app.wsgi_app)


@pytest.fixture
def through_flask(app: APIFlask) -> Client:
    return Client(lambda *call: type(app).wsgi_app(app, *call))


def play(client: Client) -> dict[str, str]:
    """A game with one move: its id, and the players'."""
    first = json.loads(client.post("/create_game").data)
    second = json.loads(client.post("/join_game", json={"gameId": first["gameId"]}).data)
    move = {"gameId": first["gameId"], "playerId": first["playerId"], "column": 3}
    client.post("/make_move", json=move)
    return {"GAME": first["gameId"], "ONE": first["playerId"], "TWO": second["playerId"]}


def alike(answer: TestResponse, ids: dict[str, str]) -> tuple[int, dict[str, str], str]:
    """All of an answer but which game it is of, and when that was created."""
    body = answer.get_data(as_text=True)
    for name, value in ids.items():
        body = body.replace(value, name)
    body = re.sub('"[a-zA-Z0-9]{32}"', '"NEW"', body)
    body = re.sub(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.\d{6}Z"', '"CREATED"', body)
    return answer.status_code, dict(answer.headers), body


MOVE = {"gameId": "GAME", "playerId": "TWO", "column": 0}

REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/create_game", {}),
    ("POST", "/create_game", {"data": "nonsense", "content_type": "text/plain"}),
    ("POST", "/join_game", {"json": {"gameId": "GAME"}}),
    ("POST", "/join_game", {"json": {"gameId": UNKNOWN}}),
    ("POST", "/join_game", {"json": {"gameId": "GAME", "newPlayerId": "TWO"}}),
    ("POST", "/join_game", {"json": {"gameId": "GAME", "newPlayerId": UNKNOWN}}),
    ("POST", "/join_game", {"json": {"gameId": "GAME", "newPlayerId": "too short"}}),
    ("POST", "/join_game", {"json": {}}),
    ("POST", "/join_game", {"data": "{", "content_type": "application/json"}),
    ("POST", "/join_game", {"data": "{}", "content_type": "text/plain"}),
    ("GET", "/get_game?gameId=GAME&playerId=ONE", {}),
    ("GET", "/get_game?gameId=GAME&playerId=%20", {}),
    ("GET", "/get_game?gameId=GAME&gameId=no&playerId=ONE", {}),
    ("GET", "/get_game?gameId=GAME&playerId=ONE&also=this", {}),
    ("GET", f"/get_game?gameId={UNKNOWN}&playerId=ONE", {}),
    ("GET", "/get_game?gameId=GAME", {}),
    ("GET", "/get_game?gameId=GAME", {"headers": {"Authorization": "Bearer ONE"}}),
    ("GET", "/get_game?gameId=GAME", {"headers": {"Authorization": "bearer ONE"}}),
    ("GET", "/get_game?gameId=GAME", {"headers": {"Authorization": "Basic ONE"}}),
    ("GET", "/get_game?gameId=GAME", {"headers": {"Authorization": "Bearer"}}),
    ("GET", "/get_game?playerId=ONE", {}),
    ("GET", "/get_game", {}),
    ("POST", "/get_game", {}),
    ("POST", "/make_move", {"json": MOVE}),
    ("POST", "/make_move", {"json": {**MOVE, "move": 1}}),
    ("POST", "/make_move", {"json": {**MOVE, "move": 0}}),
    ("POST", "/make_move", {"json": {**MOVE, "playerId": "ONE"}}),
    ("POST", "/make_move", {"json": {**MOVE, "playerId": "ONE", "column": 3, "move": 0}}),
    ("POST", "/make_move", {"json": {**MOVE, "playerId": UNKNOWN}}),
    ("POST", "/make_move", {"json": {**MOVE, "gameId": UNKNOWN}}),
    ("POST", "/make_move", {"json": {**MOVE, "column": 7}}),
    ("POST", "/make_move", {"json": {"gameId": "GAME", "column": 0}}),
    (
        "POST",
        "/make_move",
        {"json": {"gameId": "GAME", "column": 0}, "headers": {"Authorization": "Bearer TWO"}},
    ),
    (
        "POST",
        "/make_move",
        {"data": json.dumps(MOVE), "content_type": "application/json; charset=utf-8"},
    ),
    ("OPTIONS", "/make_move", {}),
]


@pytest.mark.parametrize(("method", "path", "arguments"), REQUESTS)
def test_the_answer_is_the_same(
    short: Client, through_flask: Client, method: str, path: str, arguments: dict[str, Any]
) -> None:
    answers = []
    for client in (short, through_flask):
        ids = play(client)
        request = json.dumps([path, arguments])
        for name, value in ids.items():
            request = request.replace(name, value)
        its_path, its_arguments = json.loads(request)
        answer = client.open(its_path, method=method, **its_arguments)
        answers.append(alike(answer, ids))
    assert answers[0] == answers[1]


def test_what_is_plain_does_not_go_through_flask(app: APIFlask, short: Client) -> None:
    with mock.patch.object(app, "full_dispatch_request", side_effect=AssertionError):
        ids = play(short)
        query = {"gameId": ids["GAME"], "playerId": ids["ONE"]}
        assert json.loads(short.get("/get_game", query_string=query).data)["moves"] == [3]


def test_a_move_of_which_nobody_knows_is_not_made_again(app: APIFlask, short: Client) -> None:
    ids = play(short)
    move = {"gameId": ids["GAME"], "playerId": ids["TWO"], "column": 0}
    lost = mock.Mock(side_effect=DatabaseUnreachableError("the answer was lost"))
    with mock.patch.object(app.extensions["games"], "move", lost):
        answer = short.post("/make_move", json=move)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    lost.assert_called_once()


def test_where_origins_are_named_flask_looks_at_who_calls(database_url: str) -> None:
    origin = "https://ours.example"
    config = Config(database=parsed({"DATABASE_URL": database_url}), cors_origins=(origin,))
    client = Client(create_app(config).wsgi_app)
    for asks, allowed in [(origin, origin), ("https://other.example", None)]:
        answer = client.post("/create_game", headers={"Origin": asks})
        assert answer.status_code == 201
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
