"""The body of a response."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from connect4_server.game_state import GameState, SeenGame
from connect4_server.representation import representation


def state(created: datetime) -> GameState:
    return GameState(
        game_id="g" * 32,
        seats=("q" * 32, "p" * 32),
        active=False,
        active_player=1,
        winner=2,
        board="12" + "0" * 38 + "21",
        moves="?606",
        created=created,
        names=("Ada", None),
        changes=3,
        declared_ending="resigned",
        joiner_begins=True,
        next_game_id="n" * 32,
        previous_game_id="v" * 32,
        series_wins=(1, 2),
        series_draws=4,
    )


def test_every_field_has_its_name() -> None:
    assert representation(SeenGame(state(datetime(2026, 11, 23, 10, 15, 30, 123456, UTC)), 2)) == {
        "gameId": "g" * 32,
        "playerId": "p" * 32,
        "playerNumber": 2,
        "playerCount": 2,
        "active": False,
        "activePlayer": 1,
        "winner": 2,
        "board": [[1, 2, 0, 0, 0, 0], *([[0] * 6] * 5), [0, 0, 0, 0, 2, 1]],
        "moves": [None, 6, 0, 6],
        "created": "2026-11-23T10:15:30.123456Z",
        "version": 9,
        "ending": "resigned",
        "names": ("Ada", None),
        "opening": 0,
        "firstPlayer": "joiner",
        "drawOfferedBy": None,
        "rematchOfferedBy": None,
        "nextGameId": "n" * 32,
        "previousGameId": "v" * 32,
        "series": {"wins": (1, 2), "draws": 4},
    }


def test_the_next_game_is_shown_when_both_are_in_it() -> None:
    offered = replace(state(datetime.now(UTC)), rematch_offered_by=2)
    seen = representation(SeenGame(offered, 1))
    assert (seen["rematchOfferedBy"], seen["nextGameId"]) == (2, None)


@pytest.mark.parametrize(
    ("created", "text"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 0, UTC), "2026-01-02T03:04:05.000000Z"),
        (
            datetime(2026, 1, 2, 3, 4, 5, 60, timezone(timedelta(hours=5, minutes=30))),
            "2026-01-01T21:34:05.000060Z",
        ),
    ],
)
def test_the_time_is_utc_with_microseconds(created: datetime, text: str) -> None:
    assert representation(SeenGame(state(created), 1))["created"] == text


def test_a_spectator_sees_no_secret() -> None:
    seen = representation(SeenGame(state(datetime.now(UTC)), None))
    assert (seen["playerId"], seen["playerNumber"]) == (None, None)
    assert "q" * 32 not in str(seen)
    assert "p" * 32 not in str(seen)
