"""The events of a stream, from one server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from server_process import wait_until

if TYPE_CHECKING:
    from connect4_server.conftest import Api
    from connect4_server.watching.conftest import Watch

UNKNOWN = "x" * 32


def test_first_the_whole_game_and_then_every_change(api: Api, watch: Watch) -> None:
    first = api.create()
    watcher = watch(api.url, gameId=first["gameId"], playerId=first["playerId"])
    assert watcher.wait_for(1) == first
    second = api.join(first["gameId"])
    assert watcher.wait_for(2) == api.get(first)
    for move, column in enumerate([3, 3, 4]):
        api.move((first, second)[move % 2], column)
        assert watcher.wait_for(3 + move) == api.get(first)
    assert watcher.versions == [1, 2, 3, 4, 5]
    assert not watcher.has_ended


def test_the_stream_ends_with_the_game(api: Api, watch: Watch) -> None:
    first, second = api.play(0, 1, 0, 1, 0, 1)
    watchers = [
        watch(api.url, gameId=first["gameId"], playerId=x["playerId"]) for x in (first, second)
    ]
    for watcher in watchers:
        watcher.wait_for(8)
    api.move(first, 0)
    for watcher, seat in zip(watchers, (first, second), strict=True):
        assert watcher.wait_for(9) == api.get(seat)
        watcher.wait_for_end()
        assert watcher.kinds == ["message", "message", "end"]


def test_an_ended_game_is_shown_once(api: Api, watch: Watch) -> None:
    first, _ = api.play(0, 1, 0, 1, 0, 1, 0)
    watcher = watch(api.url, gameId=first["gameId"])
    assert watcher.wait_for(9)["winner"] == 1
    watcher.wait_for_end()
    assert watcher.kinds == ["message", "end"]
    again = watch(api.url, {"Last-Event-ID": "9"}, gameId=first["gameId"])
    again.wait_for_end()
    assert again.kinds == ["end"]


def test_a_spectator_sees_no_secret(api: Api, watch: Watch) -> None:
    first, second = api.play(3)
    seen = watch(api.url, gameId=first["gameId"]).wait_for(3)
    assert seen == {**api.get(first), "playerId": None, "playerNumber": None}
    assert second["playerId"] not in str(seen)


def test_a_player_sees_their_own_secret_alone(api: Api, watch: Watch) -> None:
    first, second = api.start()
    header = {"Authorization": f"Bearer {second['playerId']}"}
    seen = watch(api.url, header, gameId=first["gameId"]).wait_for(2)
    assert seen == second
    assert first["playerId"] not in str(seen)


def test_a_creator_whose_number_changes_keeps_their_own_secret(api: Api, watch: Watch) -> None:
    creator = api.create(first="joiner")
    watcher = watch(api.url, gameId=creator["gameId"], playerId=creator["playerId"])
    watcher.wait_for(1)
    joiner = api.join(creator["gameId"])
    seen = watcher.wait_for(2)
    assert (seen["playerNumber"], seen["playerId"]) == (2, creator["playerId"])
    assert joiner["playerId"] not in str(seen)


def test_changes_between_moves_are_seen(api: Api, watch: Watch) -> None:
    first, second = api.play(3)
    watcher = watch(api.url, gameId=first["gameId"])
    watcher.wait_for(3)
    api.done("/offer_draw", first)
    assert watcher.wait_for(4)["drawOfferedBy"] == 1
    api.done("/decline_draw", second)
    assert watcher.wait_for(5)["drawOfferedBy"] is None
    api.done("/resign", second)
    assert watcher.wait_for(6)["ending"] == "resigned"
    watcher.wait_for_end()
    assert watcher.kinds == ["message"] * 4 + ["end"]


def test_who_stays_is_taken_along_to_the_next_game(api: Api, watch: Watch) -> None:
    seats = api.play(0, 1, 0, 1, 0, 1)
    game_id = seats[0]["gameId"]
    watcher = watch(api.url, gameId=game_id, stay="true")
    watcher.wait_for(8)
    api.move(seats[0], 0)
    assert watcher.wait_for(9)["winner"] == 1
    late = watch(api.url, {"Last-Event-ID": "9"}, gameId=game_id, stay="true")
    next_id = api.done("/rematch", seats[1])["gameId"]
    for staying in (watcher, late):
        offered = staying.wait_for(10)
        assert (offered["rematchOfferedBy"], offered["nextGameId"]) == (2, None)
    api.done("/rematch", seats[0])
    for staying in (watcher, late):
        assert staying.wait_for(11)["nextGameId"] == next_id
        staying.wait_for_end()
        assert staying.kinds[-1] == "end"
    assert late.kinds == ["message", "message", "end"]


def test_watching_goes_on_after_the_last_id(api: Api, watch: Watch) -> None:
    first, second = api.play(3)
    watcher = watch(api.url, {"Last-Event-ID": "3"}, gameId=first["gameId"])
    late = watch(api.url, {"Last-Event-ID": "2"}, gameId=first["gameId"])
    late.wait_for(3)
    api.move(second, 3)
    assert watcher.wait_for(4)["moves"] == [3, 3]
    assert watcher.versions == [4]
    late.wait_for(4)
    assert late.versions == [3, 4]


@pytest.mark.parametrize("last_id", ["", "x", "99"])
def test_an_unknown_last_id_starts_from_the_current_state(
    api: Api, watch: Watch, last_id: str
) -> None:
    first, _ = api.play(3)
    watcher = watch(api.url, {"Last-Event-ID": last_id}, gameId=first["gameId"])
    watcher.wait_for(3)


def test_the_stream_is_neither_stored_nor_buffered(api: Api, watch: Watch) -> None:
    watcher = watch(api.url, gameId=api.create()["gameId"])
    headers = watcher.response.headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"
    watcher.wait_for(1)
    assert watcher.events[0].retry


def test_who_asks_for_keepalives_hears_at_once_that_they_come(api: Api, watch: Watch) -> None:
    watcher = watch(api.url, gameId=api.create()["gameId"], keepalive="2")
    watcher.wait_for(1)
    assert watcher.kinds[:2] == ["keepalive", "message"]
    wait_until(lambda: watcher.kinds[2:3] == ["keepalive"])


def test_errors_are_the_contracts(api: Api) -> None:
    game_id = api.create()["gameId"]
    stranger = api.create()["playerId"]
    for query, status, message in (
        ({"gameId": UNKNOWN}, 404, "Game not found"),
        ({"gameId": ""}, 404, "Game not found"),
        ({"gameId": game_id, "playerId": UNKNOWN}, 404, "Player not found"),
        ({"gameId": game_id, "playerId": ""}, 404, "Player not found"),
        ({"gameId": game_id, "playerId": stranger}, 404, "Player not found"),
        ({}, 422, "gameId: Field required"),
        ({"gameId": game_id, "stay": "long"}, 422, "stay: "),
        ({"gameId": game_id, "keepalive": "1"}, 422, "keepalive: "),
        ({"gameId": game_id, "keepalive": "16"}, 422, "keepalive: "),
    ):
        answer = requests.get(f"{api.url}/watch_game", params=query, timeout=120)
        assert answer.status_code == status
        assert answer.json()["error"].startswith(message)
        assert answer.headers["Content-Type"] == "application/json"
