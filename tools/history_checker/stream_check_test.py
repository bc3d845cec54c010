"""Every wrong stream is found in a history written by hand, and a right one is clean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from history_checker.history import Kind, Seen
from history_checker.story import GAME, Story, final, seen
from history_checker.verdict import Quiet

WON = "0101010"
WATCHING = frozenset({("c", GAME)})
QUIET = Quiet(100, 200, 100, WATCHING)
UNWATCHED = replace(QUIET, watching=frozenset())


@pytest.mark.parametrize("number", [1, 2, None])
def test_a_right_stream_is_clean(number: int | None) -> None:
    story = Story(joined=False)
    stream = story.watch(number) if number != 2 else None
    if stream is not None:
        story.show(stream, "", players=1)
    story.add(Kind.JOIN, 2, answer=seen("", 2))
    stream = stream or story.watch(number)
    story.show(stream, "")
    story.play(WON)
    # What comes by itself may be late, and some of it left out.
    story.show(stream, WON[:2])
    story.show(stream, WON)
    story.name(stream)
    again = story.watch(number, last_id=9)
    story.name(again)
    assert story.accounts(final(WON), quiet=UNWATCHED) == []


def test_a_stream_that_says_it_comes_back_is_clean() -> None:
    story = Story().play("3")
    stream = story.watch()
    story.show(stream, "3")
    story.name(stream, "reconnect")
    assert story.accounts(final("3")) == []


@pytest.mark.parametrize("moves", ["33", "3"])
def test_a_stream_that_goes_back_in_time_is_found(moves: str) -> None:
    story = Story().play("33")
    stream = story.watch()
    story.show(stream, "33")
    story.show(stream, moves)
    assert story.accounts(final("33")) == [
        "an event was no newer than what had come in the stream already"
    ]


@pytest.mark.parametrize("last_id", [4, 5])
def test_what_the_client_has_already_is_not_shown_again(last_id: int) -> None:
    story = Story().play("33")
    story.show(story.watch(last_id=last_id), "33")
    assert story.accounts(final("33")) == ["an event was no newer than what its client had already"]


def test_what_is_newer_than_the_last_id_is_clean() -> None:
    story = Story().play("33")
    story.show(story.watch(last_id=3), "33")
    assert story.accounts(final("33")) == []


def test_an_id_that_is_not_the_version_is_found() -> None:
    story = Story().play("33")
    story.show(story.watch(), "33", version=5)
    assert story.accounts(final("33")) == ["an event's id is 5, its game's version 4"]


@pytest.mark.parametrize("last_id", [None, 2])
def test_a_stream_that_begins_with_what_is_old_is_found(last_id: int | None) -> None:
    story = Story().play("33")
    story.show(story.watch(last_id=last_id), "3")
    (account,) = story.accounts(final("33"))
    assert "an answer was older than one that had come before it was asked for" in account


def test_what_is_newer_than_the_stream_may_come_before_its_first_event() -> None:
    story = Story()
    stream = story.watch()
    story.play("33")
    story.show(stream, "")
    assert story.accounts(final("33")) == []


def test_a_reader_of_less_than_an_event_has_shown_is_found() -> None:
    story = Story().lose(1, 3)
    story.show(story.watch(), "3")
    (account,) = story.read("").accounts(final("3"))
    assert "an answer was older than one that had come before it was asked for" in account


def test_an_event_of_what_never_was_is_found() -> None:
    story = Story().play("33")
    story.show(story.watch(), "34")
    (account,) = story.accounts(final("33"))
    assert "somebody saw what the game never was" in account


def test_an_event_with_the_wrong_board_is_found() -> None:
    story = Story().play("3")
    event = story.show(story.watch(), "3")
    event.seen = replace(seen("3", 1), board=final("4").board)
    (account,) = story.accounts(final("3"))
    assert "the state is not that after its moves" in account


@pytest.mark.parametrize(
    ("watcher", "shown"),
    [
        (None, seen("", 1)),
        (None, replace(seen("", None), number=1)),
        (1, seen("", None)),
        (1, seen("", 2)),
        (1, replace(seen("", 1), player=None)),
    ],
)
def test_an_event_for_somebody_else_is_found(watcher: int | None, shown: Seen) -> None:
    story = Story()
    event = story.show(story.watch(watcher), "")
    event.seen = shown
    assert story.accounts(final("")) == ["somebody saw it from the seat of somebody else"]


def test_a_disc_that_an_event_showed_before_it_was_sent_is_found() -> None:
    story = Story()
    story.show(story.watch(), "3")
    (account,) = story.lose(1, 3).accounts(final("3"))
    assert "nobody sent the move at ply 0" in account


@pytest.mark.parametrize("moves", ["3", WON])
def test_an_end_before_the_end_is_found(moves: str) -> None:
    story = Story()
    stream = story.watch()
    story.show(stream, "")
    story.play(moves[:1])
    story.show(stream, moves[:1])
    story.name(stream)
    if moves == WON:
        story.add(Kind.READ, 1, answer=seen(WON, 1))
        for ply, column in enumerate(moves):
            story.lose(ply % 2 + 1, int(column), during=(0, None))
    accounts = story.accounts(final(moves))
    assert accounts == ["a stream ended that had not shown the end of its game"]


def test_an_end_without_the_last_version_is_found() -> None:
    story = Story().play(WON)
    story.name(story.watch(last_id=8))
    assert story.accounts(final(WON)) == ["a stream ended that had not shown the end of its game"]


def test_more_after_the_end_is_found() -> None:
    story = Story().play(WON)
    stream = story.watch()
    story.show(stream, WON)
    story.name(stream)
    story.name(stream, "reconnect")
    assert story.accounts(final(WON)) == ["something came after the end"]


def test_an_event_that_the_contract_does_not_know_is_found() -> None:
    story = Story()
    story.name(story.watch(), "hello")
    assert story.accounts(final("")) == ["an event of an unknown name"]


def test_a_stream_that_is_refused_to_a_player_is_found() -> None:
    story = Story()
    story.add(Kind.WATCH, 1, refusal="Game not found", status=404)
    (account,) = story.accounts(final(""))
    assert "a refusal was not true" in account


@pytest.mark.parametrize("shown", ["", None])
def test_a_watcher_that_is_still_behind_is_found(shown: str | None) -> None:
    story = Story()
    stream = story.watch()
    if shown is not None:
        story.show(stream, shown)
    story.play("3")
    account = "a watcher was not shown the last version of the game when nothing failed any more"
    assert story.accounts(final("3"), quiet=QUIET) == [account]
    # Nobody has waited for it that long.
    assert story.accounts(final("3"), quiet=replace(QUIET, ended=199)) == []
    # Or it has gone.
    assert story.accounts(final("3"), quiet=UNWATCHED) == []
    # Or it has heard of it by another stream.
    story.show(story.watch(last_id=2), "3")
    assert story.accounts(final("3"), quiet=QUIET) == []


@pytest.mark.parametrize("shown", [None, ""])
def test_a_stream_that_does_not_show_what_others_were_told_is_found(shown: str | None) -> None:
    story = Story()
    stream = story.watch()
    if shown is not None:
        story.show(stream, shown)
    story.play("3")
    stream.closed = 10 * len(story.operations) + QUIET.patience
    (account,) = story.accounts(final("3"), quiet=UNWATCHED)
    assert account.startswith("a watcher was not shown for ")


@pytest.mark.parametrize("shown", [None, "3"])
def test_a_stream_has_some_time_to_show_what_others_were_told(shown: str | None) -> None:
    story = Story()
    stream = story.watch()
    story.show(stream, "")
    story.play("3")
    told = 10 * len(story.operations) - 5
    stream.closed = told + QUIET.patience
    if shown is not None:
        story.show(stream, shown)
        stream.closed += 1000
    assert story.accounts(final("3"), quiet=UNWATCHED) == []


def test_a_stream_that_has_just_begun_has_that_time_too() -> None:
    story = Story().play("3")
    stream = story.watch()
    stream.closed = (stream.ended or 0) + QUIET.patience
    assert story.accounts(final("3"), quiet=UNWATCHED) == []


def test_a_watcher_who_waits_for_the_end_of_an_ended_game_is_found() -> None:
    story = Story().play(WON)
    story.show(story.watch(), WON)
    account = "a watcher was not shown the end of the game when nothing failed any more"
    assert story.accounts(final(WON), quiet=QUIET) == [account]
