"""Claiming the win: only if the other player is known to be gone for a minute."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    import requests

    from connect4_server.conftest import Api, Json

# The rows are made older, so no test waits.
_LEASE = 'UPDATE player SET "streamLease" = now() - %s * interval \'1 s\' WHERE "playerId" = %s'
_ASKED = "UPDATE player SET asked = now() - %s * interval '1 s' WHERE \"playerId\" = %s"
_MOVED = "UPDATE game SET moved = now() - %s * interval '1 s' WHERE \"gameId\" = %s"


@pytest.fixture
def sql(shared_database_url: str) -> Callable[..., None]:
    def execute(statement: str, *values: Any) -> None:
        with (
            closing(psycopg2.connect(shared_database_url)) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)

    return execute


def claim(api: Api, seat: Json) -> tuple[int, Json]:
    answer = api.ask("/claim_win", seat)
    return answer.status_code, answer.json()


NOT_GONE = (409, {"error": "The other player is not gone"})


def test_who_is_gone_for_a_minute_loses(api: Api, sql: Callable[..., None]) -> None:
    for gone in (0, 1):
        seats = api.start()
        sql(_LEASE, 60, seats[gone]["playerId"])
        status, game = claim(api, seats[1 - gone])
        assert status == 202
        assert (game["active"], game["winner"], game["ending"]) == (False, 2 - gone, "abandoned")
        assert (game["version"], game["moves"]) == (3, [])
        assert game == api.get(seats[1 - gone])


def test_claiming_again_changes_nothing(api: Api, sql: Callable[..., None]) -> None:
    first, second = api.start()
    sql(_LEASE, 60, second["playerId"])
    once = claim(api, first)
    assert claim(api, first) == once
    assert claim(api, second) == (403, {"error": "Game is over"})


def test_who_is_there_or_has_just_left_does_not_lose(api: Api, sql: Callable[..., None]) -> None:
    first, second = api.start()
    for seconds_ago in (-600, 0):
        sql(_LEASE, seconds_ago, second["playerId"])
        assert claim(api, first) == NOT_GONE


def test_who_has_never_had_a_stream_does_not_lose(api: Api, sql: Callable[..., None]) -> None:
    """Perhaps they think about their move, and their client asks only when they have made it."""
    first, second = api.start()
    assert claim(api, first) == NOT_GONE
    sql(_ASKED, 3600, second["playerId"])
    assert claim(api, first) == NOT_GONE


def test_a_request_is_a_sign_of_life_for_as_long_as_a_lease(
    api: Api, sql: Callable[..., None]
) -> None:
    first, second = api.start()
    sql(_LEASE, 600, second["playerId"])
    sql(_ASKED, 61, second["playerId"])
    assert claim(api, first) == NOT_GONE
    sql(_ASKED, 106, second["playerId"])
    assert claim(api, first)[0] == 202


def test_who_comes_back_to_move_does_not_lose(api: Api, sql: Callable[..., None]) -> None:
    first, second = api.play(3)
    sql(_LEASE, 600, second["playerId"])
    sql(_MOVED, 600, second["gameId"])
    api.move(second, 3)
    assert claim(api, first) == NOT_GONE
    # Nor after the answer to that move.
    api.move(first, 3)
    assert claim(api, first) == NOT_GONE
    sql(_MOVED, 60, second["gameId"])
    assert claim(api, first)[0] == 202


def test_nobody_is_gone_for_a_server_of_the_release_before(
    api: Api, shared_database_url: str, sql: Callable[..., None]
) -> None:
    """It keeps no leases, so whoever has a stream there seems to be gone."""
    first, second = api.start()
    sql(_LEASE, 600, second["playerId"])
    with closing(psycopg2.connect(shared_database_url, application_name="connect4_server")):
        assert claim(api, first) == NOT_GONE
    wait_until(lambda: claim(api, first)[0] == 202)


def test_a_claim_comes_after_the_start_and_before_the_end(
    api: Api, sql: Callable[..., None]
) -> None:
    alone = api.create()
    assert claim(api, alone) == (412, {"error": "Game not started"})
    first, second = api.play(0, 1, 0, 1, 0, 1, 0)
    for seat in (first, second):
        sql(_LEASE, 600, seat["playerId"])
    for seat in (first, second):
        assert claim(api, seat) == (403, {"error": "Game is over"})
    unknown = {**first, "playerId": "x" * 32}
    assert claim(api, unknown) == (404, {"error": "Player not found"})


def test_nothing_follows_a_claim(api: Api, sql: Callable[..., None]) -> None:
    first, second = api.play(3)
    sql(_LEASE, 600, second["playerId"])
    sql(_MOVED, 600, second["gameId"])
    assert claim(api, first)[0] == 202
    late: requests.Response = api.try_move(second, 3)
    assert (late.status_code, late.json()) == (403, {"error": "Game is over"})
