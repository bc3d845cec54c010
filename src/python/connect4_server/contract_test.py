"""The HTTP contract that clients of the course's server rely on, against a started server."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    import requests

    from connect4_server.conftest import Api, Json

EMPTY_BOARD = [[0] * 6 for _ in range(7)]
UNKNOWN = "x" * 32
FIELDS = {
    "gameId",
    "playerId",
    "playerNumber",
    "playerCount",
    "active",
    "activePlayer",
    "winner",
    "board",
    "created",
}
# fmt: off
DRAW = [
    0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 1, 0, 1, 0, 1, 0, 3, 2, 3,
    2, 3, 2, 4, 5, 4, 5, 4, 5, 5, 4, 5, 4, 5, 4, 6, 6, 6, 6, 6, 6,
]
# fmt: on


def assert_error(response: requests.Response, status: int, message: str | None = None) -> None:
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/json"
    body = response.json()
    assert set(body) == {"error"}
    assert isinstance(body["error"], str)
    assert body["error"]
    if message is not None:
        assert body["error"] == message


def assert_seat(game: Json, number: int) -> None:
    assert set(game) >= FIELDS
    assert re.fullmatch("[a-zA-Z0-9]{32}", game["gameId"])
    assert re.fullmatch("[a-zA-Z0-9]{32}", game["playerId"])
    assert game["gameId"] != game["playerId"]
    assert game["playerNumber"] == number
    assert game["active"] is True
    assert game["activePlayer"] == 1
    assert game["winner"] is None
    assert game["board"] == EMPTY_BOARD
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", game["created"])
    age = datetime.now(UTC) - datetime.fromisoformat(game["created"])
    assert abs(age.total_seconds()) < 60


# --- routes


@pytest.mark.parametrize(("path", "text"), [("/", "Game Server"), ("/status", "Running")])
def test_root_and_status_are_plain_text(api: Api, path: str, text: str) -> None:
    response = api.request("GET", path)
    assert (response.status_code, response.text) == (200, text)
    assert response.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (None, {}),
        (b"", {"Content-Type": "application/json"}),
        (b"{}", {"Content-Type": "application/json"}),
        (b"{}", {"Content-Type": "text/plain"}),
        (b"{}", {}),
        (b"not JSON", {"Content-Type": "application/json"}),
        (b"a=b", {"Content-Type": "application/x-www-form-urlencoded"}),
    ],
)
def test_create_game_ignores_its_body(api: Api, body: bytes | None, headers: Json) -> None:
    response = api.request("POST", "/create_game", data=body, headers=headers)
    assert response.status_code == 201
    assert_seat(response.json(), number=1)
    assert response.json()["playerCount"] == 1


def test_join_game_gives_the_second_seat(api: Api) -> None:
    created = api.create()
    response = api.request("POST", "/join_game", json={"gameId": created["gameId"]})
    assert response.status_code == 202
    joined = response.json()
    assert_seat(joined, number=2)
    assert joined["playerCount"] == 2
    assert joined["gameId"] == created["gameId"]
    assert joined["playerId"] != created["playerId"]
    assert joined["created"] == created["created"]


def test_get_game_shows_each_player_their_own_seat(api: Api) -> None:
    first, second = api.start()
    assert api.get(first) == {**first, "playerCount": 2, "version": 2}
    assert api.get(second) == second


def test_make_move_answers_with_the_game_after_it(api: Api) -> None:
    first, second = api.start()
    after = api.move(first, 3)
    board = [list(column) for column in EMPTY_BOARD]
    board[3][0] = 1
    assert after == {
        **first,
        "playerCount": 2,
        "activePlayer": 2,
        "board": board,
        "moves": [3],
        "version": 3,
    }
    board[3][1] = 2
    assert api.move(second, 3)["board"] == board
    assert api.get(first)["board"] == board


@pytest.mark.parametrize("path", ["/status", "/create_game", "/join_game", "/make_move"])
def test_a_base_url_that_ends_in_a_slash_works(api: Api, path: str) -> None:
    method = "GET" if path == "/status" else "POST"
    doubled = api.request(method, "/" + path, json={}, allow_redirects=False)
    single = api.request(method, path, json={}, allow_redirects=False)
    assert doubled.status_code == single.status_code
    assert doubled.headers["Content-Type"] == single.headers["Content-Type"]


def test_any_origin_may_call(api: Api) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert api.request("GET", "/status", headers=origin).headers["Access-Control-Allow-Origin"]
    failed = api.request("POST", "/join_game", json={"gameId": UNKNOWN}, headers=origin)
    assert failed.headers["Access-Control-Allow-Origin"] in ("*", origin["Origin"])
    preflight = api.request(
        "OPTIONS",
        "/make_move",
        headers={
            **origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"].lower() == "content-type"


# --- a game


def test_the_turn_flips_after_every_move_the_winning_one_too(api: Api) -> None:
    seats = api.start()
    for ply, column in enumerate([0, 1, 0, 1, 0, 1]):
        assert api.move(seats[ply % 2], column)["activePlayer"] == 2 - ply % 2
    won = api.move(seats[0], 0)
    assert won["active"] is False
    assert won["winner"] == 1
    assert won["activePlayer"] == 2
    assert api.get(seats[1])["winner"] == 1


def test_a_full_board_is_a_draw(api: Api) -> None:
    seats = api.play(*DRAW)
    game = api.get(seats[0])
    assert game["active"] is False
    assert game["winner"] is None
    assert game["activePlayer"] == 1
    assert all(cell for column in game["board"] for cell in column)
    assert_error(api.try_move(seats[0], 0), 403, "Game is over")
    assert_error(api.try_move(seats[1], 0), 403, "Not your turn")


# --- errors


@pytest.mark.parametrize("game_id", [UNKNOWN, "", "x", "x" * 10_000, "\0", "' OR 1=1 --"])
def test_an_unknown_game_is_not_found(api: Api, game_id: str) -> None:
    seat = {"gameId": game_id, "playerId": UNKNOWN}
    assert_error(api.request("POST", "/join_game", json={"gameId": game_id}), 404, "Game not found")
    assert_error(api.try_move(seat, 0), 404, "Game not found")


@pytest.mark.parametrize("game_id", [UNKNOWN, "", "x", "x" * 4000, "%00"])
def test_an_unknown_game_is_not_shown(api: Api, game_id: str) -> None:
    response = api.request("GET", f"/get_game?gameId={game_id}&playerId={UNKNOWN}")
    assert_error(response, 404, "Game not found")


@pytest.mark.parametrize("player_id", [UNKNOWN, "", "\0"])
def test_an_unknown_player_is_not_found(api: Api, player_id: str) -> None:
    seat = {**api.create(), "playerId": player_id}
    assert_error(api.try_move(seat, 0), 404, "Player not found")


def test_a_player_of_another_game_is_not_found(api: Api) -> None:
    seat = {**api.create(), "playerId": api.create()["playerId"]}
    query = {"gameId": seat["gameId"], "playerId": seat["playerId"]}
    assert_error(api.request("GET", "/get_game", params=query), 404, "Player not found")
    assert_error(api.try_move(seat, 0), 404, "Player not found")


def test_a_game_with_one_player_has_not_started(api: Api) -> None:
    assert_error(api.try_move(api.create(), 0), 412, "Game not started")


def test_a_player_waits_for_their_turn(api: Api) -> None:
    first, second = api.start()
    assert_error(api.try_move(second, 0), 403, "Not your turn")
    api.move(first, 0)
    assert_error(api.try_move(first, 0), 403, "Not your turn")


def test_after_a_win_the_winner_waits_and_the_loser_is_told(api: Api) -> None:
    winner, loser = api.play(0, 1, 0, 1, 0, 1, 0)
    assert_error(api.try_move(winner, 0), 403, "Not your turn")
    assert_error(api.try_move(loser, 0), 403, "Game is over")


def test_a_full_column_is_refused(api: Api) -> None:
    first, _ = api.play(2, 2, 2, 2, 2, 2)
    assert_error(api.try_move(first, 2), 409, "Column is full")
    assert api.move(first, 3)["activePlayer"] == 2


def test_the_turn_is_checked_before_the_column(api: Api) -> None:
    _, second = api.play(2, 2, 2, 2, 2, 2)
    assert_error(api.try_move(second, 2), 403, "Not your turn")


def test_a_game_has_two_seats(api: Api) -> None:
    first, _ = api.start()
    body = {"gameId": first["gameId"]}
    assert_error(api.request("POST", "/join_game", json=body), 404, "Game is full")


@pytest.mark.parametrize("column", [True, False, 3.0, 0.5, -1, 7, 10**30, "3", None, [], {}])
def test_an_invalid_column_is_refused(api: Api, column: Any) -> None:
    first, _ = api.start()
    response = api.try_move(first, column)
    assert_error(response, 422)
    assert "column" in response.json()["error"]
    assert api.get(first)["board"] == EMPTY_BOARD


@pytest.mark.parametrize("path", ["/join_game", "/make_move"])
@pytest.mark.parametrize(
    "body", [b"", b"{", b"nonsense", b"[" * 10_000, b"\xff", b'{"a": 1', b'{"gameId": "\\ud800"}']
)
def test_malformed_json_is_refused(api: Api, path: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert_error(api.request("POST", path, data=body, headers=headers), 400)


@pytest.mark.parametrize("path", ["/join_game", "/make_move"])
@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"3", b"NaN"])
def test_json_that_is_not_an_object_is_refused(api: Api, path: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert_error(api.request("POST", path, data=body, headers=headers), 422)


@pytest.mark.parametrize("path", ["/join_game", "/make_move"])
@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_another_content_type_is_refused(api: Api, path: str, content_type: str | None) -> None:
    headers = {"Content-Type": content_type}
    assert_error(api.request("POST", path, data=b"{}", headers=headers), 415)


@pytest.mark.parametrize("field", ["gameId", "playerId", "column"])
@pytest.mark.parametrize("wrong", ["missing", None, 5.5, [], {}])
def test_a_field_that_is_missing_or_of_the_wrong_type_is_named(
    api: Api, field: str, wrong: Any
) -> None:
    body: Json = {"gameId": UNKNOWN, "playerId": UNKNOWN, "column": 0, field: wrong}
    if wrong == "missing":
        del body[field]
    response = api.request("POST", "/make_move", json=body)
    assert_error(response, 422)
    assert field in response.json()["error"]


@pytest.mark.parametrize("missing", ["gameId", "playerId"])
def test_a_missing_query_field_is_named(api: Api, missing: str) -> None:
    query = {"gameId": UNKNOWN, "playerId": UNKNOWN}
    del query[missing]
    response = api.request("GET", "/get_game", params=query)
    assert_error(response, 422)
    assert missing in response.json()["error"]


def test_unknown_fields_are_ignored(api: Api) -> None:
    game_id = api.create()["gameId"]
    response = api.request("POST", "/join_game", json={"gameId": game_id, "name": "Ann"})
    assert response.status_code == 202


@pytest.mark.parametrize("path", ["/create_game", "/join_game", "/make_move"])
def test_a_body_that_is_too_large_is_refused(api: Api, path: str) -> None:
    headers = {"Content-Type": "application/json"}
    body = b'{"gameId": "' + b"x" * 100_000 + b'"}'
    assert_error(api.request("POST", path, data=body, headers=headers), 413)


@pytest.mark.parametrize("path", ["/nonsense", "/get_game/", "/static/../etc/passwd", "/%00"])
def test_an_unknown_path_is_not_found(api: Api, path: str) -> None:
    assert_error(api.request("GET", path), 404)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/create_game"),
        ("GET", "/make_move"),
        ("DELETE", "/get_game"),
        ("POST", "/status"),
        ("PUT", "/join_game"),
    ],
)
def test_a_wrong_method_is_refused(api: Api, method: str, path: str) -> None:
    response = api.request(method, path)
    assert_error(response, 405)
    assert response.headers["Allow"]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000 + b"\r\n\r\n", 431),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"POST /join_game HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n", 400),
    ],
)
def test_malformed_http_is_refused_in_json(api: Api, request_bytes: bytes, status: int) -> None:
    where = urlsplit(api.url)
    with socket.create_connection((where.hostname, where.port or 0), timeout=120) as connection:
        connection.sendall(request_bytes)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Type: application/json\r\n" in answer
    assert b'{"error": "' in answer


# --- the document


def test_the_openapi_document_is_served(api: Api) -> None:
    document = api.request("GET", "/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/",
        "/create_game",
        "/join_game",
        "/get_game",
        "/make_move",
        "/resign",
        "/offer_draw",
        "/decline_draw",
        "/claim_win",
        "/rematch",
        "/watch_game",
        "/status",
        "/healthz",
        "/readyz",
    }
