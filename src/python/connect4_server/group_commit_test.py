"""Which requests share a batch, and what each gets when a batch fails."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import gevent
import psycopg2
import pytest
from gevent.event import Event

from connect4_server.database import (
    Database,
    DatabaseError,
    DatabaseUnavailableError,
    LockedError,
)
from connect4_server.games import Games
from connect4_server.group_commit import GroupCommit
from connect4_server.refusals import NotYourTurnError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Recorder:
    """A fake statement: records its batches, and returns rows once `may_answer` is set."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_answer = Event()
        self.refuses: dict[str, Exception] = {}
        self.missing: set[str] = set()

    def __call__(self, values: Mapping[str, list[Any]]) -> list[Any]:
        self.batches.append(values["key"])
        self.may_answer.wait()
        for key in values["key"]:
            if key in self.refuses:
                raise self.refuses[key]
        pairs = zip(values["key"], values["value"], strict=True)
        return [(key, f"{key}{value}") for key, value in pairs if key not in self.missing]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def commits(recorder: Recorder) -> GroupCommit:
    return GroupCommit("test", recorder)


def ask(commits: GroupCommit, key: str, value: int = 0) -> gevent.Greenlet[..., Any]:
    asked = gevent.spawn(commits.row, key, key=key, value=value)
    # Until it has run, or waits.
    for _ in range(3):
        gevent.idle()
    return asked


def answers(*asked: gevent.Greenlet[..., Any]) -> list[Any]:
    """Returns for each request its value, None for a missing row, or the error raised."""
    gevent.joinall(asked, timeout=120)
    rows = [one.value if one.successful() else one.exception for one in asked]
    return [row[1] if isinstance(row, tuple) else row for row in rows]


def test_a_single_request_runs_at_once(commits: GroupCommit, recorder: Recorder) -> None:
    recorder.may_answer.set()
    assert answers(ask(commits, "a")) == ["a0"]
    assert answers(ask(commits, "b")) == ["b0"]
    assert recorder.batches == [["a"], ["b"]]


def test_requests_during_two_batches_share_the_next(
    commits: GroupCommit, recorder: Recorder
) -> None:
    asked = [ask(commits, key) for key in "adcb"]
    assert recorder.batches == [["a"], ["d"]]
    recorder.may_answer.set()
    assert answers(*asked) == ["a0", "d0", "c0", "b0"]
    assert recorder.batches == [["a"], ["d"], ["b", "c"]], "in order"


def test_a_missing_row_is_none(commits: GroupCommit, recorder: Recorder) -> None:
    asked = [ask(commits, key) for key in "abcd"]
    recorder.missing.add("c")
    recorder.may_answer.set()
    assert answers(*asked) == ["a0", "b0", None, "d0"]


@pytest.mark.parametrize(
    ("deduplicates", "batches"), [(True, [["c", "d"]]), (False, [["c", "d"], ["c"], ["c"]])]
)
def test_requests_for_one_key_share_a_row_only_if_deduplicated(
    recorder: Recorder, *, deduplicates: bool, batches: list[list[str]]
) -> None:
    tested = GroupCommit("test", recorder, deduplicates=deduplicates)
    asked = [ask(tested, key) for key in "abccdc"]
    recorder.may_answer.set()
    assert answers(*asked) == ["a0", "b0", "c0", "c0", "d0", "c0"]
    assert recorder.batches[2:] == batches


def test_of_equal_concurrent_moves_one_counts(database_url: str) -> None:
    games = Games(Database(database_url))
    seat = games.create()
    game_id, player_id = seat.state.game_id, str(seat.player_id)
    games.join(game_id)
    moved = [gevent.spawn(games.move, game_id, player_id, 3) for _ in range(5)]
    gevent.joinall(moved, timeout=120)
    assert [move.successful() for move in moved] == [True, *[False] * 4]
    assert {type(move.exception) for move in moved[1:]} == {NotYourTurnError}
    assert games.get(game_id, player_id).state.moves == "3"


@pytest.mark.parametrize("error", [DatabaseError("wrong"), LockedError("held")])
def test_after_a_refusal_each_request_is_retried_by_itself(
    commits: GroupCommit, recorder: Recorder, error: Exception
) -> None:
    asked = [ask(commits, key) for key in "abcde"]
    recorder.refuses["d"] = error
    recorder.may_answer.set()
    assert answers(*asked) == ["a0", "b0", "c0", error, "e0"]
    assert recorder.batches[2:] == [["c", "d", "e"], ["c"], ["d"], ["e"]]


def test_after_a_lost_connection_nothing_is_retried(
    commits: GroupCommit, recorder: Recorder
) -> None:
    asked = [ask(commits, key) for key in "abcd"]
    lost = recorder.refuses["d"] = DatabaseUnavailableError("gone")
    recorder.may_answer.set()
    assert answers(*asked) == ["a0", "b0", lost, lost]
    assert len(recorder.batches) == 3


def test_a_cancelled_request_does_not_affect_the_others(
    commits: GroupCommit, recorder: Recorder
) -> None:
    asked = [ask(commits, key) for key in "abcd"]
    for one in (asked[0], asked[2]):
        one.kill()
    recorder.may_answer.set()
    assert answers(asked[1], asked[3]) == ["b0", "d0"]
    assert answers(ask(commits, "e")) == ["e0"]


def test_a_locked_game_does_not_stop_the_others(database_url: str) -> None:
    games = Games(Database(database_url))
    seats = [games.create() for _ in range(10)]
    for seat in seats:
        games.join(seat.state.game_id)
    with closing(psycopg2.connect(database_url)) as other, other.cursor() as cursor:
        held = seats[5].state.game_id
        cursor.execute('SELECT FROM game WHERE "gameId" = %s FOR UPDATE', [held])
        moved = [
            gevent.spawn(games.move, seat.state.game_id, str(seat.player_id), 3) for seat in seats
        ]
        gevent.joinall(moved, timeout=120)
        failed = [seat for seat, move in zip(seats, moved, strict=True) if not move.successful()]
        assert [seat.state.game_id for seat in failed] == [held]
        assert isinstance(moved[5].exception, LockedError)
    assert games.move(held, str(seats[5].player_id), 3).state.moves == "3"
