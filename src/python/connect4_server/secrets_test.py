"""A player's secret may be sent in a header, and is in no log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess

if TYPE_CHECKING:
    from pathlib import Path

    from connect4_server.conftest import Json


def bearer(seat: Json) -> dict[str, str]:
    return {"Authorization": f"Bearer {seat['playerId']}"}


def test_the_header_replaces_the_field(api: Api) -> None:
    first, second = api.start()
    query = {"gameId": first["gameId"]}
    seen = api.request("GET", "/get_game", params=query, headers=bearer(second))
    assert (seen.status_code, seen.json()) == (200, second)
    moved = api.request(
        "POST", "/make_move", json={**query, "column": 3, "move": 0}, headers=bearer(first)
    )
    assert (moved.status_code, moved.json()) == (202, api.get(first))


def test_pages_from_elsewhere_may_send_the_header(api: Api) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization, last-event-id",
    }
    answer = api.request("OPTIONS", "/watch_game", headers=asked)
    assert answer.status_code == 200
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert set(allowed.split(", ")) == {"authorization", "last-event-id"}


@pytest.mark.parametrize("secret", ["x" * 32, "", "\xff"])
def test_a_wrong_secret_is_not_found(api: Api, secret: str) -> None:
    game_id = api.create()["gameId"]
    headers = {"Authorization": f"Bearer {secret}".encode("latin-1")}
    answer = api.request("GET", "/get_game", params={"gameId": game_id}, headers=headers)
    assert (answer.status_code, answer.json()) == (404, {"error": "Player not found"})


def test_a_secret_works_in_its_own_game_only(api: Api) -> None:
    first, second = api.start()
    other, _ = api.start()
    for seat in (first, second):
        answer = api.request(
            "POST",
            "/make_move",
            json={"gameId": other["gameId"], "column": 0},
            headers=bearer(seat),
        )
        assert (answer.status_code, answer.json()) == (404, {"error": "Player not found"})


def test_the_field_takes_precedence_over_the_header(api: Api) -> None:
    first, second = api.start()
    query = {"gameId": first["gameId"], "playerId": first["playerId"]}
    seen = api.request("GET", "/get_game", params=query, headers=bearer(second))
    assert seen.json()["playerNumber"] == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic YTpi"}])
def test_without_either_the_field_is_missing(api: Api, headers: dict[str, str]) -> None:
    game_id = api.create()["gameId"]
    seen = api.request("GET", "/get_game", params={"gameId": game_id}, headers=headers)
    moved = api.request(
        "POST", "/make_move", json={"gameId": game_id, "column": 0}, headers=headers
    )
    for answer in (seen, moved):
        assert (answer.status_code, answer.json()) == (422, {"error": "playerId: Field required"})


def test_no_log_has_a_secret(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        environ = {"DATABASE_URL": postgres.url(), "DEBUG": "true", "ACCESS_LOG": "true"}
        with ServerProcess(environ) as server:
            api = Api(server.url)
            seats = api.start()
            for seat in seats:
                assert api.request("GET", "/get_game", params=seat).status_code == 200
                assert api.try_move(seat, 9).status_code == 422
                assert api.try_move(seat, 3).status_code == 202
            with psycopg2.connect(postgres.url()) as connection, connection.cursor() as cursor:
                cursor.execute("ALTER TABLE player RENAME TO nobody")
            connection.close()
            chosen = new_token()
            for seat in seats:
                assert api.request("GET", "/get_game", params=seat).status_code == 503
                joining = {"gameId": seat["gameId"], "newPlayerId": chosen}
                assert api.request("POST", "/join_game", json=joining).status_code == 503
            postgres.stop()
            assert api.request("GET", "/get_game", params=seats[0]).status_code == 503
            printed = server.output()
            assert "the database is lost: 42P01" in printed
        logged = postgres.log.read_text()
    assert 'relation "player" does not exist' in logged
    for secret in (chosen, *(seat["playerId"] for seat in seats)):
        assert secret not in printed
        assert secret not in logged
