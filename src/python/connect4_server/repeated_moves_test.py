"""Idempotent moves: with `move`, a move sent again counts once, and a stale one is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import requests

    from connect4_server.conftest import Api, Json


def send(api: Api, seat: Json, column: int, move: Any) -> requests.Response:
    body = {key: seat[key] for key in ("gameId", "playerId")}
    return api.request("POST", "/make_move", json={**body, "column": column, "move": move})


def assert_at_another_move(response: requests.Response, message: str, game: Json) -> None:
    assert response.status_code == 409, response.text
    assert response.json() == {"error": message, "game": game}


def test_a_move_says_how_many_were_played_before_it(api: Api) -> None:
    seats = api.start()
    for move, column in enumerate([3, 3, 4]):
        answer = send(api, seats[move % 2], column, move)
        assert answer.status_code == 202
        assert len(answer.json()["moves"]) == move + 1


def test_the_same_move_again_counts_once(api: Api) -> None:
    first, second = api.start()
    once = send(api, first, 3, 0)
    again = send(api, first, 3, 0)
    assert (again.status_code, again.json()) == (202, once.json())
    api.move(second, 2)
    later = send(api, first, 3, 0)
    assert (later.status_code, later.json()) == (202, api.get(first))
    assert later.json()["moves"] == [3, 2]


def test_the_last_move_again_is_answered_with_the_ended_game(api: Api) -> None:
    winner, _ = api.play(0, 1, 0, 1, 0, 1)
    for _ in range(2):
        answer = send(api, winner, 0, 6)
        assert (answer.status_code, answer.json()["winner"]) == (202, 1)


def test_another_move_in_its_place_is_stale(api: Api) -> None:
    first, second = api.play(3)
    message = "The game is at move 1, not 0"
    assert_at_another_move(send(api, first, 2, 0), message, api.get(first))
    assert_at_another_move(send(api, second, 3, 0), message, api.get(second))


def test_a_move_that_is_too_early_is_refused(api: Api) -> None:
    first, second = api.play(3)
    message = "The game is at move 1, not 2"
    assert_at_another_move(send(api, first, 2, 2), message, api.get(first))
    assert_at_another_move(send(api, second, 2, 2), message, api.get(second))


def test_the_contracts_errors_come_in_its_order(api: Api) -> None:
    alone = api.create()
    assert send(api, {**alone, "gameId": "x" * 32}, 0, 9).json() == {"error": "Game not found"}
    assert send(api, {**alone, "playerId": "x" * 32}, 0, 9).json() == {"error": "Player not found"}
    assert send(api, alone, 0, 9).json() == {"error": "Game not started"}
    first, second = api.play(2, 2, 2, 2, 2, 2)
    assert send(api, second, 2, 6).json() == {"error": "Not your turn"}
    assert send(api, first, 2, 6).json() == {"error": "Column is full"}
    _, loser = api.play(0, 1, 0, 1, 0, 1, 0)
    assert send(api, loser, 0, 7).json() == {"error": "Game is over"}


@pytest.mark.parametrize("move", [-1, True, 1.0, "1", []])
def test_a_malformed_number_of_moves_is_refused(api: Api, move: Any) -> None:
    first, _ = api.start()
    answer = send(api, first, 0, move)
    assert answer.status_code == 422
    assert "move" in answer.json()["error"]


def test_concurrent_equal_moves_count_once(api: Api) -> None:
    seats = api.start()
    for move in range(6):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _, at=move: send(api, seats[at % 2], at, at), range(8)))
        assert [answer.status_code for answer in answers] == [202] * 8
        assert {str(answer.json()["moves"]) for answer in answers} == {str(list(range(move + 1)))}
