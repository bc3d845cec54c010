"""What is written down of a request: when it was, what was asked, and what came back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from history_checker.history import History, Kind, Outcome, Seen

if TYPE_CHECKING:
    from pathlib import Path

SEEN = Seen("secret", 2, 2, True, 1, None, "0" * 42, "34")


def test_a_game_that_was_seen_has_a_ply_and_a_version() -> None:
    assert (SEEN.ply, SEEN.version) == (2, 4)


def test_an_operation_is_unknown_until_it_has_ended() -> None:
    history = History()
    operation = history.begin("1", Kind.MOVE, game="g", player="p", number=1, column=3)
    assert history.operations == [operation]
    assert operation.outcome is Outcome.UNKNOWN
    assert operation.ended is None
    assert str(operation).endswith(
        "to … s, client 1: move in column 3 by player 1: unknown, no answer"
    )


def test_its_times_are_in_order() -> None:
    history = History()
    first = history.begin("1", Kind.READ)
    history.end(first, Outcome.OK, seen=SEEN)
    second = history.begin("1", Kind.READ)
    assert first.ended is not None
    assert 0 <= first.began <= first.ended <= second.began


def test_who_takes_a_seat_is_known_from_then_on() -> None:
    history = History()
    join = history.begin("1", Kind.JOIN, game="g")
    history.end(join, Outcome.OK, status=202, seen=SEEN)
    assert (join.player, join.number) == ("secret", 2)
    assert str(join).endswith("join by player 2: ok, 2 players, moves 34")


def test_a_secret_of_ones_own_stays_what_was_asked_for() -> None:
    history = History()
    join = history.begin("1", Kind.JOIN, game="g", player="own", chosen=True, again=True)
    history.end(join, Outcome.OK, status=202, seen=SEEN)
    assert (join.player, join.number) == ("own", 2)
    assert "join again with a secret of its own by player 2: ok" in str(join)


def test_only_acknowledged_moves_count() -> None:
    history = History()
    for kind in Kind:
        for outcome in Outcome:
            history.end(history.begin("1", kind), outcome)
    assert history.acknowledged_moves == 1


def test_a_move_counts_once_however_often_it_is_acknowledged() -> None:
    history = History()
    for again in (False, True):
        move = history.begin("1", Kind.MOVE, game="g", number=1, column=3, ply=2, again=again)
        history.end(move, Outcome.OK, status=202, seen=replace(SEEN, moves="3434"))
    # What does not say its ply tells it by its answer.
    history.end(
        history.begin("1", Kind.MOVE, game="g"), Outcome.OK, seen=replace(SEEN, moves="343")
    )
    assert history.acknowledged_moves == 1
    assert [move.known_ply for move in history.operations] == [2, 2, 2]
    assert "move again in column 3 at ply 2 by player 1: ok" in str(history.operations[1])


def test_the_ply_of_a_move_without_it_and_without_an_answer_is_unknown() -> None:
    history = History()
    history.end(history.begin("1", Kind.MOVE), Outcome.FAIL, seen=SEEN)
    history.end(history.begin("1", Kind.READ), Outcome.OK, seen=SEEN)
    assert [operation.known_ply for operation in history.operations] == [None, None]


def test_an_event_belongs_to_its_stream_and_keeps_what_may_be_a_secret() -> None:
    history = History()
    watch = history.begin("1", Kind.WATCH, game="g", player="p", number=1, last_id=3)
    event = history.event(watch, "", 4, SEEN, {"g", "p", "other"})
    assert (event.stream, event.version, event.tokens) == (watch.index, 4, ("other",))
    assert (event.player, event.number, event.began) == ("p", 1, event.ended)
    assert str(watch).endswith("watch by player 1 after event 3: unknown, no answer")
    assert str(event).endswith("event by player 1 of stream #0 with id 4: ok, 2 players, moves 34")


def test_threads_may_write_at_once() -> None:
    history = History()

    def move(ply: int) -> None:
        history.end(history.begin("1", Kind.MOVE, ply=ply), Outcome.OK)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(move, range(1000)))
    assert history.acknowledged_moves == 1000
    assert [operation.index for operation in history.operations] == list(range(1000))


def test_a_file_has_a_line_for_each(tmp_path: Path) -> None:
    history = History()
    history.end(history.begin("1", Kind.READ, game="g"), Outcome.OK, status=200, seen=SEEN)
    history.end(history.begin("2", Kind.MOVE, game="g"), Outcome.FAIL, status=403, message="No")
    history.write(tmp_path / "history.jsonl")
    read, move = map(json.loads, (tmp_path / "history.jsonl").read_text().splitlines())
    assert (read["kind"], read["outcome"], read["seen"]["moves"]) == ("read", "ok", "34")
    assert (move["status"], move["message"], move["seen"]) == (403, "No", None)
