"""The event `presence` of a stream, from one server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server_process import wait_until

if TYPE_CHECKING:
    from connect4_server.conftest import Api, Json
    from connect4_server.watching.conftest import Watch, Watcher

HERE = {"players": [True, True], "gone": [None, None], "watchers": 0}


def watch_as(watch: Watch, api: Api, seat: Json, **headers: str) -> Watcher:
    return watch(api.url, headers, gameId=seat["gameId"], playerId=seat["playerId"])


def test_a_stream_tells_who_is_there_at_first_and_when_it_changes(api: Api, watch: Watch) -> None:
    first, second = api.start()
    watcher = watch_as(watch, api, first)
    wait_until(lambda: watcher.presence)
    assert watcher.presence == {"players": [True, None], "gone": [None, None], "watchers": 0}
    other = watch_as(watch, api, second)
    wait_until(lambda: watcher.presence == HERE and other.presence == HERE)
    spectator = watch(api.url, gameId=first["gameId"])
    for each in (watcher, other, spectator):
        each.wait_for_presence({**HERE, "watchers": 1})
    spectator.close()
    other.close()
    wait_until(lambda: watcher.presence["players"] == [True, False])
    assert watcher.presence["gone"][1] in range(120)
    wait_until(lambda: watcher.presence["watchers"] == 0)
    assert watcher.presence["gone"][0] is None


def test_the_event_does_not_change_the_last_id(api: Api, watch: Watch) -> None:
    first, _ = api.start()
    watcher = watch_as(watch, api, first)
    wait_until(lambda: watcher.presence)
    assert {event.version for event in watcher.events if event.kind == "presence"} == {None}
    again = watch_as(watch, api, first, **{"Last-Event-ID": "2"})
    wait_until(lambda: again.presence)
    assert again.versions == []


def test_a_client_without_streams_is_there_when_it_asks(api: Api, watch: Watch) -> None:
    first, second = api.start()
    watcher = watch_as(watch, api, first)
    wait_until(lambda: watcher.presence)
    api.get(second)
    wait_until(lambda: watcher.presence == HERE)


def test_an_ended_game_tells_nobody_who_is_there(api: Api, watch: Watch) -> None:
    first, _ = api.play(0, 1, 0, 1, 0, 1, 0)
    watcher = watch_as(watch, api, first)
    watcher.wait_for_end()
    assert not watcher.presence


def test_who_stays_after_the_end_is_told_who_is_there(api: Api, watch: Watch) -> None:
    seats = api.play(0, 1, 0, 1, 0, 1, 0)
    watchers = [
        watch(api.url, gameId=seat["gameId"], playerId=seat["playerId"], stay="true")
        for seat in seats
    ]
    for watcher in watchers:
        watcher.wait_for_presence(HERE)
