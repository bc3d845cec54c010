"""Each operation takes as few statements as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connect4_server.database import Database, Row
from connect4_server.games import Games
from connect4_server.refusals import (
    GameIsFullError,
    GameIsOverError,
    GameNotFoundError,
    NotYourTurnError,
)
from connect4_server.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Executable

    from connect4_server.game_state import GameState


class CountingDatabase(Database):
    asked = 0

    def _execute(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        self.asked += 1
        return super()._execute(statement, values)

    def since_last(self) -> int:
        asked, self.asked = self.asked, 0
        return asked


class Process:
    """A server process, without HTTP."""

    def __init__(self, database_url: str) -> None:
        self.database = CountingDatabase(database_url)
        self.changes: list[GameState] = []
        self.games = Games(self.database)
        self.games.on_change = self.changes.append


@pytest.fixture
def one(database_url: str) -> Process:
    return Process(database_url)


@pytest.fixture
def other(database_url: str) -> Process:
    return Process(database_url)


def secrets_of(process: Process) -> tuple[str, str, str]:
    first = process.games.create()
    second = process.games.join(first.state.game_id)
    return first.state.game_id, str(first.player_id), str(second.player_id)


def test_each_operation_takes_one_statement(one: Process) -> None:
    created = one.games.create()
    assert one.database.since_last() == 1
    joined = one.games.join(created.state.game_id)
    assert one.database.since_last() == 1
    game_id, players = joined.state.game_id, (str(created.player_id), str(joined.player_id))
    for move in range(4):
        one.games.move(game_id, players[move % 2], 3)
        assert one.database.since_last() == 1
    assert one.games.get(game_id, players[0]).state.moves == "3333"
    assert one.database.since_last() == 1


def test_a_change_between_moves_takes_one_statement(one: Process) -> None:
    game_id, first, second = secrets_of(one)
    one.database.since_last()
    for change, player in (
        (one.games.offer_draw, first),
        (one.games.decline_draw, second),
        (one.games.resign, second),
    ):
        change(game_id, player)
        assert one.database.since_last() == 1
    assert [state.version for state in one.changes] == [2, 3, 4, 5]


def test_a_change_on_a_stale_cache_is_decided_again(one: Process, other: Process) -> None:
    game_id, first, second = secrets_of(one)
    other.games.offer_draw(game_id, first)
    assert one.games.offer_draw(game_id, second).state.ending == "agreed"
    with pytest.raises(GameIsOverError):
        one.games.resign(game_id, first)


def test_a_move_on_a_stale_cache_knows_the_offer_of_another_server(
    one: Process, other: Process
) -> None:
    game_id, first, _ = secrets_of(one)
    other.games.offer_draw(game_id, first)
    moved = one.games.move(game_id, first, 3).state
    assert (moved.standing_draw_offer, moved.version) == (1, 4)
    assert moved == other.games.state(game_id)


def test_a_move_on_a_stale_cache_does_not_undo_a_resignation(one: Process, other: Process) -> None:
    game_id, first, _ = secrets_of(one)
    other.games.resign(game_id, first)
    with pytest.raises(GameIsOverError):
        one.games.move(game_id, first, 3)
    assert one.games.state(game_id) == other.games.state(game_id)


def test_a_rematch_is_published_in_both_games(one: Process) -> None:
    game_id, first, second = secrets_of(one)
    one.games.resign(game_id, first)
    one.changes.clear()
    next_id = one.games.rematch(game_id, second).state.game_id
    one.games.rematch(game_id, first)
    assert [(state.game_id, state.version) for state in one.changes] == [
        (game_id, 4),
        (next_id, 1),
        (game_id, 5),
        (next_id, 2),
    ]


def test_a_refusal_is_never_based_on_the_cache(one: Process, other: Process) -> None:
    game_id, first, second = secrets_of(one)
    one.games.move(game_id, first, 0)
    other.games.move(game_id, second, 1)
    one.database.since_last()
    # The cache of this process is stale.
    assert one.games.move(game_id, first, 2).state.moves == "012"
    assert one.database.since_last() == 2
    with pytest.raises(NotYourTurnError):
        one.games.move(game_id, first, 2)
    assert one.database.since_last() == 1


def test_a_move_on_a_stale_cache_is_decided_again(one: Process, other: Process) -> None:
    game_id, first, _ = secrets_of(one)
    other.games.move(game_id, first, 0)
    with pytest.raises(NotYourTurnError):
        one.games.move(game_id, first, 1)
    assert one.games.state(game_id).moves == "0"


def test_every_change_is_published_with_its_version(one: Process) -> None:
    game_id, first, second = secrets_of(one)
    one.games.move(game_id, first, 0, 0)
    one.games.move(game_id, first, 0, 0)
    one.games.move(game_id, second, 0)
    assert [state.version for state in one.changes] == [2, 3, 3, 4]


def test_a_join_sent_again_is_published_again(one: Process, other: Process) -> None:
    game_id, secret = one.games.create().state.game_id, new_token()
    one.games.join(game_id, secret)
    other.games.join(game_id, secret)
    assert [[state.version for state in process.changes] for process in (one, other)] == [[2], [2]]


def test_a_joiner_who_begins_takes_two_statements(one: Process) -> None:
    creator = one.games.create(joiner_begins=True)
    one.database.since_last()
    joined = one.games.join(creator.state.game_id)
    assert one.database.since_last() == 2
    assert joined.number == 1
    assert one.changes == [joined.state]
    assert one.games.state(creator.state.game_id) == joined.state


def test_a_refused_join_takes_one_statement(one: Process) -> None:
    game_id, _, _ = secrets_of(one)
    one.database.since_last()
    with pytest.raises(GameIsFullError):
        one.games.join(game_id)
    with pytest.raises(GameNotFoundError):
        one.games.join("x" * 32)
    assert one.database.since_last() == 2
