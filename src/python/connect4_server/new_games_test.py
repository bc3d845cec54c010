"""What the players choose at the start: names, who begins, and the opening."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from connect4_models.rules import position_after
from connect4_server.tokens import new_token

if TYPE_CHECKING:
    import requests

    from connect4_server.conftest import Api, Json


def test_both_names_are_shown_to_both(api: Api) -> None:
    first = api.create(name="  Ada   Lovelace ")
    assert first["names"] == ["Ada Lovelace", None]
    second = api.join(first["gameId"], name="Gödel")
    assert second["names"] == api.get(first)["names"] == ["Ada Lovelace", "Gödel"]


def test_nobody_has_to_have_a_name(api: Api) -> None:
    assert api.create(name=None)["names"] == [None, None]


@pytest.mark.parametrize("path", ["/create_game", "/join_game"])
@pytest.mark.parametrize("name", ["", " ", "x" * 21, "a\nb", "a\u202eb", 3, True, []])
def test_a_wrong_name_is_refused(api: Api, path: str, name: Any) -> None:
    body = {"gameId": api.create()["gameId"], "name": name}
    refused = api.request("POST", path, json=body)
    assert refused.status_code == 422
    assert refused.json()["error"].startswith("name: ")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"first": "me"}, "first"),
        ({"first": None}, "first"),
        ({"opening": "random"}, "opening"),
        ({"opening": 4}, "opening"),
        ({"name": "", "first": "joiner"}, "name"),
    ],
)
def test_a_wrong_choice_is_refused_by_its_name(api: Api, body: Json, field: str) -> None:
    refused = api.request("POST", "/create_game", json=body)
    assert refused.status_code == 422
    assert refused.json()["error"].startswith(f"{field}: ")


@pytest.mark.parametrize(
    "data", ["", "{}", "[]", '"name"', "null", "{name", '{"game": 3}', '["name"]', b"\xff"]
)
def test_any_other_body_is_ignored(api: Api, data: str | bytes) -> None:
    created = api.request("POST", "/create_game", data=data)
    assert created.status_code == 201
    assert created.json()["names"] == [None, None]


def test_the_creator_begins_unless_the_joiner_is_to(api: Api) -> None:
    first = api.create()
    assert first["firstPlayer"] == "creator"
    assert api.join(first["gameId"])["playerNumber"] == 2


def test_the_joiner_begins(api: Api) -> None:
    creator = api.create(first="joiner", name="Ada")
    assert (creator["firstPlayer"], creator["playerNumber"]) == ("joiner", 1)
    joiner = api.join(creator["gameId"], name="Bob")
    assert (joiner["playerNumber"], joiner["playerCount"], joiner["version"]) == (1, 2, 2)
    assert joiner["names"] == ["Bob", "Ada"]
    assert api.get(joiner) == joiner
    now = api.get(creator)
    assert (now["playerNumber"], now["playerId"]) == (2, creator["playerId"])
    assert api.try_move(creator, 3).json() == {"error": "Not your turn"}
    api.move(joiner, 3)
    assert api.move(creator, 3)["board"][3][:2] == [1, 2]


def test_a_join_that_begins_can_be_sent_again(api: Api) -> None:
    creator, secret = api.create(first="joiner"), new_token()
    once = api.join(creator["gameId"], newPlayerId=secret)
    assert api.join(creator["gameId"], newPlayerId=secret) == once
    assert once["playerNumber"] == 1


def test_a_refused_secret_leaves_the_seats_as_they_are(api: Api) -> None:
    creator, other = api.create(first="joiner"), api.create()
    body = {"gameId": creator["gameId"], "newPlayerId": other["playerId"]}
    refused = api.request("POST", "/join_game", json=body)
    assert refused.json() == {"error": "newPlayerId is taken"}
    assert api.get(creator) == creator
    assert api.join(creator["gameId"])["playerNumber"] == 1


def test_of_concurrent_joins_one_begins(api: Api) -> None:
    for _ in range(10):
        creator = api.create(first="joiner")

        def join(_: int, creator: Json = creator) -> requests.Response:
            return api.request("POST", "/join_game", json={"gameId": creator["gameId"]})

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(join, range(8)))
        assert sorted(answer.status_code for answer in answers) == [202] + [404] * 7
        [joined] = [answer.json() for answer in answers if answer.status_code == 202]
        assert joined["playerNumber"] == 1
        assert api.get(joined) == joined
        assert api.get(creator)["playerNumber"] == 2


def test_a_balanced_opening_gives_four_moves(api: Api) -> None:
    first = api.create(opening="balanced")
    assert (first["opening"], first["activePlayer"], first["version"]) == (4, 1, 5)
    position = position_after(first["moves"])
    for column, cells in enumerate(first["board"]):
        assert cells == [position.disc(column, row) or 0 for row in range(6)]
    second = api.join(first["gameId"])
    assert second["moves"] == first["moves"]
    answer = api.request("POST", "/make_move", json={**_ids(first), "column": 0, "move": 4})
    assert (answer.status_code, len(answer.json()["moves"])) == (202, 5)


def test_balanced_openings_differ(api: Api) -> None:
    assert len({str(api.create(opening="balanced")["moves"]) for _ in range(20)}) > 1


def _ids(seat: Json) -> Json:
    return {"gameId": seat["gameId"], "playerId": seat["playerId"]}
