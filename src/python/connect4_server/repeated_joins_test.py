"""Idempotent joins: with `newPlayerId`, a join sent again takes one seat."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from connect4_server.tokens import new_token

if TYPE_CHECKING:
    import requests

    from connect4_server.conftest import Api, Json


def send(api: Api, game: Json, new_player_id: Any) -> requests.Response:
    body = {"gameId": game["gameId"], "newPlayerId": new_player_id}
    return api.request("POST", "/join_game", json=body)


def answer(response: requests.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


def test_the_seat_has_the_secret_that_was_asked_for(api: Api) -> None:
    game, secret = api.create(), new_token()
    joined = send(api, game, secret)
    assert joined.status_code == 202
    assert (joined.json()["playerId"], joined.json()["playerNumber"]) == (secret, 2)
    assert api.get(joined.json()) == joined.json()


def test_the_same_join_again_is_answered_with_the_game_as_it_is(api: Api) -> None:
    game, secret = api.create(), new_token()
    once = send(api, game, secret)
    again = send(api, game, secret)
    assert (again.status_code, again.json()) == (202, once.json())
    api.move(game, 3)
    later = send(api, game, secret)
    assert (later.status_code, later.json()) == (202, api.get(once.json()))
    assert later.json()["moves"] == [3]


def test_concurrent_equal_joins_take_one_seat(api: Api) -> None:
    for _ in range(5):
        game, secret = api.create(), new_token()

        def join(_: int, game: Json = game, secret: str = secret) -> requests.Response:
            return send(api, game, secret)

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(join, range(8)))
        assert [each.status_code for each in answers] == [202] * 8
        assert {each.json()["playerId"] for each in answers} == {secret}


def test_somebody_else_finds_the_game_full(api: Api) -> None:
    game, _ = api.start()
    assert answer(send(api, game, new_token())) == (404, "Game is full")


def test_a_game_that_does_not_exist_is_not_found(api: Api) -> None:
    assert answer(send(api, {"gameId": "x" * 32}, new_token())) == (404, "Game not found")


def test_the_creator_has_a_seat_already(api: Api) -> None:
    game = api.create()
    again = send(api, game, game["playerId"])
    assert (again.status_code, again.json()) == (202, game)


def test_a_player_of_another_game_is_refused_and_the_seat_stays_free(api: Api) -> None:
    game, other = api.create(), api.create()
    assert answer(send(api, game, other["playerId"])) == (409, "newPlayerId is taken")
    assert send(api, game, new_token()).status_code == 202


@pytest.mark.parametrize("secret", ["", "x" * 31, "x" * 33, "x" * 31 + "-", "x" * 32 + "\n", 3, []])
def test_a_malformed_secret_is_refused(api: Api, secret: Any) -> None:
    refused = send(api, api.create(), secret)
    assert refused.status_code == 422
    assert "newPlayerId" in refused.json()["error"]


def test_a_player_id_of_an_old_client_is_ignored(api: Api) -> None:
    game, secret = api.create(), new_token()
    body = {"gameId": game["gameId"], "playerId": secret}
    joined = api.request("POST", "/join_game", json=body)
    assert joined.status_code == 202
    assert joined.json()["playerId"] != secret


def test_none_is_made_up(api: Api) -> None:
    assert send(api, api.create(), None).status_code == 202
