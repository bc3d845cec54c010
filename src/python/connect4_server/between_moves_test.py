"""Resigning and agreeing on a draw: what ends a game between moves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import requests

    from connect4_server.conftest import Api, Json


def done(api: Api, path: str, seat: Json) -> Json:
    game = api.done(path, seat)
    assert game == api.get(seat)
    return game


def refusal(response: requests.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


def test_who_resigns_loses_whoevers_turn_it_is(api: Api) -> None:
    for leaver in (0, 1):
        seats = api.play(3)
        game = done(api, "/resign", seats[leaver])
        assert (game["active"], game["winner"], game["ending"]) == (False, 2 - leaver, "resigned")
        assert (game["moves"], game["activePlayer"], game["version"]) == ([3], 2, 4)


def test_resigning_again_changes_nothing(api: Api) -> None:
    first, _ = api.play(3)
    once = done(api, "/resign", first)
    assert done(api, "/resign", first) == once


def test_nothing_follows_a_resignation(api: Api) -> None:
    first, second = api.play(3)
    done(api, "/resign", first)
    over = (403, "Game is over")
    assert refusal(api.try_move(second, 3)) == over
    assert refusal(api.try_move(first, 3)) == (403, "Not your turn")
    assert refusal(api.ask("/resign", second)) == over
    for seat in (first, second):
        assert refusal(api.ask("/offer_draw", seat)) == over


def test_a_connected_four_is_an_ending(api: Api) -> None:
    first, _ = api.play(0, 1, 0, 1, 0, 1, 0)
    assert api.get(first)["ending"] == "connected"
    assert refusal(api.ask("/resign", first)) == (403, "Game is over")


def test_nobody_leaves_a_game_that_has_not_started(api: Api) -> None:
    alone = api.create()
    for path in ("/resign", "/offer_draw"):
        assert refusal(api.ask(path, alone)) == (412, "Game not started")


def test_a_draw_needs_both(api: Api) -> None:
    first, second = api.play(3)
    offered = done(api, "/offer_draw", first)
    assert (offered["active"], offered["drawOfferedBy"], offered["version"]) == (True, 1, 4)
    assert done(api, "/offer_draw", first) == offered
    agreed = done(api, "/offer_draw", second)
    assert (agreed["active"], agreed["winner"], agreed["ending"]) == (False, None, "agreed")
    assert (agreed["drawOfferedBy"], agreed["version"]) == (None, 5)
    for seat in (first, second):
        assert done(api, "/offer_draw", seat)["version"] == 5


@pytest.mark.parametrize("decliner", [0, 1])
def test_an_offer_is_declined_or_taken_back(api: Api, decliner: int) -> None:
    seats = api.play(3)
    done(api, "/offer_draw", seats[0])
    for _ in range(2):
        declined = done(api, "/decline_draw", seats[decliner])
        assert (declined["drawOfferedBy"], declined["version"]) == (None, 5)
    assert done(api, "/offer_draw", seats[1])["drawOfferedBy"] == 2


def test_without_an_offer_there_is_nothing_to_decline(api: Api) -> None:
    first, _ = api.start()
    assert done(api, "/decline_draw", first)["version"] == 2
    alone = api.create()
    assert done(api, "/decline_draw", alone)["version"] == 1


def test_an_offer_on_ones_own_turn_lapses_with_the_answering_move(api: Api) -> None:
    first, second = api.start()
    done(api, "/offer_draw", first)
    assert api.move(first, 3)["drawOfferedBy"] == 1
    assert api.move(second, 3)["drawOfferedBy"] is None
    assert done(api, "/offer_draw", second)["active"] is True


def test_an_offer_on_the_others_turn_lapses_with_their_move(api: Api) -> None:
    first, second = api.start()
    done(api, "/offer_draw", second)
    assert api.move(first, 3)["drawOfferedBy"] is None


def test_a_stranger_ends_nothing(api: Api) -> None:
    first, _ = api.start()
    stranger = {**first, "playerId": api.create()["playerId"]}
    for path in ("/resign", "/offer_draw", "/decline_draw", "/rematch"):
        assert refusal(api.ask(path, stranger)) == (404, "Player not found")
        nowhere = {**first, "gameId": "x" * 32}
        assert refusal(api.ask(path, nowhere)) == (404, "Game not found")
    assert api.get(first)["active"] is True


@pytest.mark.parametrize("path", ["/resign", "/offer_draw", "/decline_draw", "/rematch"])
def test_wrong_bodies_name_the_field(api: Api, path: str) -> None:
    first, _ = api.start()
    for body, field in (
        ({"playerId": first["playerId"]}, "gameId"),
        ({"gameId": first["gameId"]}, "playerId"),
        ({**first, "gameId": 3}, "gameId"),
        ({**first, "playerId": None}, "playerId"),
    ):
        refused = api.request("POST", path, json=body)
        assert refused.status_code == 422
        assert refused.json()["error"].startswith(f"{field}: ")
    assert api.request("POST", path, data="{}").status_code == 415


def test_the_secret_may_be_in_the_header(api: Api) -> None:
    first, _ = api.start()
    resigned = api.request(
        "POST",
        "/resign",
        json={"gameId": first["gameId"]},
        headers={"Authorization": f"Bearer {first['playerId']}"},
    )
    assert (resigned.status_code, resigned.json()["winner"]) == (202, 2)


def test_a_resignation_and_a_move_at_once_leave_one_story(api: Api) -> None:
    for _ in range(20):
        first, second = api.play(3)
        with ThreadPoolExecutor(2) as pool:
            resigning = pool.submit(api.ask, "/resign", first)
            moving = pool.submit(api.try_move, second, 3)
        assert resigning.result().status_code == 202
        game = api.get(first)
        assert (game["active"], game["winner"], game["ending"]) == (False, 2, "resigned")
        was_made = game["moves"] == [3, 3]
        assert moving.result().status_code == (202 if was_made else 403)
        assert game["version"] == 3 + len(game["moves"])


def test_an_acceptance_and_ones_own_move_at_once_leave_one_story(api: Api) -> None:
    for _ in range(20):
        first, second = api.play(3)
        done(api, "/offer_draw", first)
        with ThreadPoolExecutor(2) as pool:
            accepting = pool.submit(api.ask, "/offer_draw", second)
            moving = pool.submit(api.try_move, second, 3)
        assert accepting.result().status_code == 202
        game = api.get(first)
        if game["ending"] == "agreed":
            assert (game["moves"], moving.result().status_code) == ([3], 403)
        else:
            # The move came first, so the offer had lapsed, and the acceptance is an offer.
            assert (game["moves"], game["drawOfferedBy"]) == ([3, 3], 2)


def test_both_offer_at_once_and_agree(api: Api) -> None:
    for _ in range(10):
        seats = api.start()
        with ThreadPoolExecutor(2) as pool:
            offers = list(pool.map(lambda seat: api.ask("/offer_draw", seat), seats))
        assert [offer.status_code for offer in offers] == [202, 202]
        assert api.get(seats[0])["ending"] == "agreed"
