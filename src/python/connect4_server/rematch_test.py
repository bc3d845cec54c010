"""Another game after one: the same two players with their seats swapped, and nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.conftest import Json

WON = (0, 1, 0, 1, 0, 1, 0)


@pytest.fixture
def ended(api: Api) -> tuple[Json, Json]:
    """Both seats of a game that player 1 has won."""
    return api.play(*WON)


def test_who_was_second_begins(api: Api, ended: tuple[Json, Json]) -> None:
    second = api.done("/rematch", ended[0])
    assert (second["playerNumber"], second["playerCount"], second["moves"]) == (2, 1, [])
    first = api.done("/rematch", ended[1])
    assert (first["playerNumber"], first["playerCount"], first["version"]) == (1, 2, 2)
    assert first["gameId"] == second["gameId"] != ended[0]["gameId"]
    assert first["previousGameId"] == ended[0]["gameId"]
    api.move(first, 3)
    assert api.move(second, 3)["moves"] == [3, 3]


def test_both_see_who_wants_one_and_the_id_when_both_do(api: Api, ended: tuple[Json, Json]) -> None:
    version = api.get(ended[0])["version"]
    next_id = api.done("/rematch", ended[0])["gameId"]
    for seat in ended:
        game = api.get(seat)
        assert (game["rematchOfferedBy"], game["nextGameId"]) == (1, None)
        assert game["version"] == version + 1
        assert next_id not in str(game)
    api.done("/rematch", ended[1])
    for seat in ended:
        game = api.get(seat)
        assert (game["rematchOfferedBy"], game["nextGameId"]) == (None, next_id)
        assert game["version"] == version + 2


def test_each_gets_a_new_secret_that_the_other_never_sees(
    api: Api, ended: tuple[Json, Json]
) -> None:
    seats = [api.done("/rematch", seat) for seat in ended]
    secrets = {seat["playerId"] for seat in (*ended, *seats)}
    assert len(secrets) == 4
    for seat in seats:
        assert seat["playerId"] in str(api.get(seat))
        other = next(each for each in seats if each is not seat)
        assert other["playerId"] not in str(api.get(seat))


def test_asking_again_gives_the_same_seat(api: Api, ended: tuple[Json, Json]) -> None:
    once = api.done("/rematch", ended[0])
    assert api.done("/rematch", ended[0]) == once
    accepted = api.done("/rematch", ended[1])
    version = api.get(ended[0])["version"]
    assert api.done("/rematch", ended[1]) == accepted
    assert api.done("/rematch", ended[0]) == {**once, "playerCount": 2, "version": 2}
    assert api.get(ended[0])["version"] == version


def test_there_is_none_before_the_end(api: Api) -> None:
    alone = api.create()
    for seat in (alone, *api.play(3)):
        refused = api.ask("/rematch", seat)
        assert (refused.status_code, refused.json()) == (409, {"error": "Game is not over"})


def test_nobody_joins_in_between(api: Api, ended: tuple[Json, Json]) -> None:
    next_id = api.done("/rematch", ended[0])["gameId"]
    for body in ({"gameId": next_id}, {"gameId": next_id, "newPlayerId": new_token()}):
        refused = api.request("POST", "/join_game", json=body)
        assert (refused.status_code, refused.json()) == (404, {"error": "Game is full"})
    assert api.done("/rematch", ended[1])["playerCount"] == 2


def test_the_series_is_counted_by_the_present_numbers(api: Api) -> None:
    seats = [api.create(name="Ada")]
    seats.append(api.join(seats[0]["gameId"], name="Bob"))
    assert seats[0]["series"] == {"wins": [0, 0], "draws": 0}

    for ply, column in enumerate(WON):
        api.move(seats[ply % 2], column)
    seats = [api.done("/rematch", seat) for seat in reversed(seats)]
    assert seats[1]["names"] == ["Bob", "Ada"]
    assert seats[1]["series"] == {"wins": [0, 1], "draws": 0}

    for seat in seats:
        api.done("/offer_draw", seat)
    seats = [api.done("/rematch", seat) for seat in reversed(seats)]
    assert seats[1]["names"] == ["Ada", "Bob"]
    assert seats[1]["series"] == {"wins": [1, 0], "draws": 1}

    api.done("/resign", seats[0])
    seats = [api.done("/rematch", seat) for seat in reversed(seats)]
    assert seats[1]["series"] == {"wins": [1, 1], "draws": 1}


def test_a_balanced_opening_is_followed_by_another(api: Api) -> None:
    first = api.create(opening="balanced")
    second = api.join(first["gameId"])
    api.done("/resign", second)
    nexts = [api.done("/rematch", seat) for seat in (second, first)]
    assert nexts[1]["opening"] == len(nexts[1]["moves"]) == 4
    assert len(api.move(nexts[0], 0)["moves"]) == 5


@pytest.fixture
def apis(database_url: str) -> Iterator[list[Api]]:
    """Two servers on one database."""
    environ = {"DATABASE_URL": database_url}
    with ServerProcess(environ) as one, ServerProcess(environ) as other:
        yield [Api(one.url), Api(other.url)]


def test_both_ask_at_once_and_often_and_there_is_one_next_game(apis: list[Api]) -> None:
    for _ in range(15):
        ended = apis[0].play(*WON)
        calls = [(api, seat) for seat in ended for api in apis for _ in range(3)]

        def ask(call: tuple[Api, Json]) -> Json:
            api, seat = call
            return Api(api.url).done("/rematch", seat)

        with ThreadPoolExecutor(len(calls)) as pool:
            answers = list(pool.map(ask, calls))
        assert len({answer["gameId"] for answer in answers}) == 1
        for number in (1, 2):
            mine = [answer for answer in answers if answer["playerNumber"] == number]
            assert len(mine) == len(calls) // 2
            assert len({answer["playerId"] for answer in mine}) == 1
        game = apis[1].get(ended[0])
        assert (game["nextGameId"], game["rematchOfferedBy"]) == (answers[0]["gameId"], None)
