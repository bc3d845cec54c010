"""Every kind of violation is found in a history written by hand, and a right one is clean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from history_checker.check import check
from history_checker.history import Kind, Operation
from history_checker.story import SEATS, Story, final, seen


def test_a_right_history_is_clean() -> None:
    story = Story().refuse(2, 3, "Not your turn").play("33").read("33").lose(1, 4).read("334", 2)
    assert story.accounts(final("334")) == []


def test_an_unknown_move_may_have_failed_or_come_late() -> None:
    assert Story().lose(1, 3).read("").accounts(final("")) == []
    assert Story().lose(1, 3).read("").read("3").accounts(final("3")) == []


def test_answers_that_cross_may_come_in_any_order() -> None:
    story = Story().play("3")
    story.add(Kind.READ, 2, answer=seen("", 2), during=(12, 60))
    story.add(Kind.READ, 2, answer=seen("3", 2), during=(21, 22))
    assert story.accounts(final("3")) == []


def test_an_acknowledged_move_that_is_lost_is_found() -> None:
    accounts = Story().play("33").accounts(final("3"))
    assert any("the acknowledged move at ply 1 is not in '3'" in account for account in accounts)


def test_an_acknowledged_move_that_was_overwritten_is_found() -> None:
    accounts = Story().play("33").accounts(final("34"))
    assert any("the acknowledged move at ply 1 is not in '34'" in account for account in accounts)


@pytest.mark.parametrize("column", [3, 4])
def test_two_moves_for_one_ply_are_found(column: int) -> None:
    story = Story().play("3")
    story.add(Kind.MOVE, 1, column=column, answer=seen(str(column), 1), during=(20, 25))
    accounts = story.accounts(final("3"))
    assert any("two moves were acknowledged for ply 0" in line for line in accounts)


def test_a_move_with_its_ply_may_be_sent_and_acknowledged_several_times() -> None:
    story = Story().send(0, 3, None).send(0, 3, "3").send(0, 3, "3")
    story.send(1, 4, "34").send(0, 3, "34").send(0, 3, None)
    assert story.accounts(final("34")) == []


def test_one_without_its_ply_may_be_found_done_by_one_with_it() -> None:
    assert Story().lose(1, 3).send(0, 3, "3").accounts(final("3")) == []
    assert Story().lose(1, 3).read("3").send(0, 3, "3").accounts(final("3")) == []
    assert Story().play("3").send(0, 3, "3").accounts(final("3")) == []


def test_a_repeated_move_that_counts_twice_is_found() -> None:
    story = Story().send(0, 3, None).send(1, 4, "34").send(0, 3, "343")
    accounts = story.accounts(final("343"))
    assert len(accounts) == 1
    assert "nobody sent the move at ply 2" in accounts[0]


def test_sends_of_one_move_may_explain_one_disc_only() -> None:
    story = Story().send(0, 3, None).send(0, 3, None).send(1, 4, "34")
    assert story.accounts(final("34")) == []
    (account,) = story.read("343").accounts(final("343"))
    assert "nobody sent the move at ply 2" in account


def test_one_without_its_ply_may_explain_what_those_with_another_ply_cannot() -> None:
    story = Story().send(0, 3, None).lose(1, 3).send(1, 4, "34")
    assert story.accounts(final("343")) == []


def test_an_acknowledged_move_that_is_not_at_its_ply_is_found() -> None:
    story = Story().send(0, 3, "3").send(1, 4, "34").send(0, 5, "345")
    accounts = story.accounts(final("345"))
    assert "the answer tells another move" in accounts
    assert any("nobody sent the move at ply 2" in account for account in accounts)


def test_an_acknowledged_move_with_its_ply_that_is_lost_is_found() -> None:
    accounts = Story().send(0, 3, "3").send(1, 3, "33").accounts(final("3"))
    assert any("the acknowledged move at ply 1 is not in '3'" in account for account in accounts)


def test_of_several_columns_for_one_ply_one_counts() -> None:
    story = Story().send(0, 3, "3").refuse_sent(0, 4, "3").send(0, 5, None)
    assert story.accounts(final("3")) == []
    accounts = Story().send(0, 3, "3").send(0, 4, "4").accounts(final("3"))
    assert "two moves were acknowledged for ply 0" in accounts


def test_two_without_their_ply_are_found_beside_one_with_it() -> None:
    story = Story().play("3").send(0, 3, "3")
    story.add(Kind.MOVE, 1, column=3, answer=seen("3", 1))
    assert "two moves were acknowledged for ply 0" in story.accounts(final("3"))


def test_a_disc_that_was_seen_before_it_was_acknowledged_and_sent_is_found() -> None:
    accounts = Story().read("3").send(0, 3, "3").accounts(final("3"))
    assert any("nobody sent the move at ply 0" in account for account in accounts)


def test_an_answer_to_a_repeated_move_may_not_be_stale() -> None:
    story = Story().send(0, 3, "3").send(1, 4, "34").send(2, 3, "343")
    (account,) = story.send(0, 3, "34").accounts(final("343"))
    assert "an answer was older than one that had come before" in account


def test_nobody_is_told_less_than_the_answer_to_a_repeated_move() -> None:
    story = Story().send(0, 3, None).lose(2, 4).send(0, 3, "34")
    (account,) = story.read("3").accounts(final("34"))
    assert "an answer was older than one that had come before" in account


def test_an_answer_to_a_repeated_move_is_a_state_that_the_game_had() -> None:
    accounts = Story().play("343").send(0, 3, "35").accounts(final("343"))
    assert any("somebody saw what the game never was" in account for account in accounts)


def test_what_a_first_send_cannot_have_seen_is_found() -> None:
    # Nobody else can have made the move, so the game was at the move before when it was asked for.
    accounts = Story().play("3").read("34").send(1, 4, "34").accounts(final("34"))
    assert any("an answer was older than one that had come before" in line for line in accounts)


def test_refusals_of_another_ply_that_were_true_are_not_violations() -> None:
    story = Story().refuse_sent(2, 3, "").play("34")
    story.refuse_sent(0, 4, "34").refuse_sent(0, 3, "34", number=2).refuse_sent(4, 3, "34")
    assert story.accounts(final("34")) == []


@pytest.mark.parametrize(
    ("ply", "column", "moves", "told"),
    [
        (2, 3, "34", None),  # it is at that ply
        (0, 3, "34", None),  # it was this one's, and so made
        (1, 3, "34", 1),  # its message tells another ply than its game
        (0, 5, "3", 1),  # an answer from before
    ],
)
def test_a_refusal_of_another_ply_that_was_not_true_is_found(
    ply: int, column: int, moves: str, told: int | None
) -> None:
    story = Story().play("34")
    accounts = story.refuse_sent(ply, column, moves, told=told).accounts(final("34"))
    assert len(accounts) == 1
    assert "a refusal was not true" in accounts[0] or "an answer was older" in accounts[0]


def test_a_refusal_of_another_ply_without_the_game_is_found() -> None:
    story = Story().play("34").refuse_sent(0, 4, "34")
    story.operations[-1].seen = None
    (account,) = story.accounts(final("34"))
    assert "a refusal was not true" in account


@pytest.mark.parametrize("message", ["Not your turn", "Game is over", "Column is full"])
def test_a_move_with_another_ply_is_refused_for_its_ply(message: str) -> None:
    story = Story().play("34")
    story.add(Kind.MOVE, 1, column=3, ply=5, refusal=message, status=403)
    (account,) = story.accounts(final("34"))
    assert "a refusal was not true" in account


def test_a_move_that_was_refused_for_its_ply_is_not_made() -> None:
    accounts = Story().refuse_sent(1, 3, "", number=1).accounts(final("3"))
    assert any("nobody sent the move at ply 0" in account for account in accounts)


@pytest.mark.parametrize("token", ["o" * 32, f"x{'o' * 32}y"])
def test_a_secret_in_somebody_elses_answer_is_found(token: str) -> None:
    row = replace(final(""), seats={**SEATS, 1: "o" * 32})
    story = Story()
    for operation in story.operations:
        if operation.number == 1:
            operation.player, operation.seen = "o" * 32, None
    story.read("", 2)
    assert story.accounts(row) == []
    story.operations[-1].tokens = (token,)
    assert story.accounts(row) == ["an answer tells the secret of somebody else"]
    story.operations[-1].tokens = ("p" * 40,)
    assert story.accounts(row) == []


def test_an_unacknowledged_move_that_stands_twice_is_found() -> None:
    story = Story().lose(1, 3)
    story.add(Kind.MOVE, 2, column=4, answer=seen("34", 2))
    assert story.accounts(final("34")) == []
    accounts = story.read("343").accounts(final("343"))
    assert len(accounts) == 1
    assert "nobody sent the move at ply 2" in accounts[0] or "stands twice" in accounts[0]


def test_two_unacknowledged_moves_may_stand_once_each() -> None:
    story = Story().lose(1, 3)
    story.add(Kind.MOVE, 2, column=4, answer=seen("34", 2))
    assert story.lose(1, 3).accounts(final("343")) == []


def test_an_acknowledged_move_that_stands_twice_is_found() -> None:
    (account,) = Story().play("34").read("343").accounts(final("343"))
    assert "nobody sent the move at ply 2" in account


def test_a_disc_that_was_sent_after_it_was_seen_is_found() -> None:
    (account,) = Story().read("3").lose(1, 3).accounts(final("3"))
    assert "nobody sent the move at ply 0" in account


def test_a_refused_move_that_stands_is_found() -> None:
    accounts = Story().refuse(1, 3, "Not your turn").accounts(final("3"))
    assert any("nobody sent the move at ply 0" in account for account in accounts)


def test_a_reader_of_what_never_was_is_found() -> None:
    accounts = Story().play("33").read("34").accounts(final("33"))
    assert any("somebody saw what the game never was" in account for account in accounts)


def test_a_board_that_is_not_that_of_its_moves_is_found() -> None:
    story = Story().play("3")
    story.add(Kind.READ, 1, answer=replace(seen("3", 1), board=final("4").board))
    (account,) = story.accounts(final("3"))
    assert "the state is not that after its moves" in account


@pytest.mark.parametrize(("late", "players"), [("3", 2), ("", 2), ("", 1)])
def test_a_stale_read_is_found(late: str, players: int) -> None:
    (account,) = Story().play("33").read(late, players=players).accounts(final("33"))
    assert "an answer was older than one that had come before" in account


def test_a_read_older_than_another_read_is_found() -> None:
    (account,) = Story().lose(1, 3).read("3", 2).read("").accounts(final("3"))
    assert "an answer was older than one that had come before" in account


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (1, "Not your turn"),
        (2, "Game is over"),
        (1, "Game is over"),
        (1, "Column is full"),
        (1, "Game not started"),
        (1, "Game not found"),
        (1, "Player not found"),
    ],
)
def test_a_refusal_that_was_not_true_is_found(number: int, message: str) -> None:
    (account,) = Story().refuse(number, 3, message).accounts(final(""))
    assert "a refusal was not true" in account


def test_refusals_that_were_true_are_not_violations() -> None:
    story = Story(joined=False).refuse(1, 3, "Game not started")
    story.add(Kind.JOIN, 2, answer=seen("", 2))
    story.play("333333").refuse(1, 3, "Column is full")
    assert story.accounts(final("333333")) == []
    won = Story().play("0101010").refuse(2, 3, "Game is over").refuse(1, 3, "Not your turn")
    assert won.accounts(final("0101010")) == []
    full = Story()
    full.add(Kind.JOIN, 2, refusal="Game is full", status=404)
    assert full.accounts(final("")) == []


def test_a_join_that_was_refused_with_the_seat_free_is_found() -> None:
    story = Story(joined=False)
    story.add(Kind.JOIN, 2, refusal="Game is full", status=404)
    (account,) = story.accounts(final("", seats=1))
    assert "a refusal was not true" in account


def test_a_seat_given_twice_is_found() -> None:
    story = Story()
    story.add(Kind.JOIN, 2, answer=seen("", 2), during=(10, 16))
    assert story.accounts(final("")) == ["seat 2 was given more than once"]


def test_a_join_with_a_secret_may_be_acknowledged_often() -> None:
    story = Story(joined=False)
    for _ in range(2):
        story.add(Kind.JOIN, 2, chosen="two", answer=seen("", 2))
    story.play("33")
    story.add(Kind.JOIN, 2, chosen="two", answer=seen("33", 2))
    assert story.accounts(final("33")) == []


def test_a_join_sent_again_that_shows_an_older_game_is_found() -> None:
    story = Story(joined=False)
    story.add(Kind.JOIN, 2, chosen="two", answer=seen("", 2))
    story.play("33")
    story.add(Kind.JOIN, 2, chosen="two", answer=seen("3", 2))
    (account,) = story.accounts(final("33"))
    assert account == "an answer was older than one that had come before it was asked for"


@pytest.mark.parametrize("chosen", ["two", "three"])
def test_a_seat_given_to_a_chosen_secret_and_to_another_join_is_found(chosen: str) -> None:
    story = Story()
    story.add(Kind.JOIN, 2, chosen=chosen, answer=seen("", 2), during=(10, 16))
    assert "seat 2 was given more than once" in story.accounts(final(""))


def test_an_answer_with_another_secret_than_was_chosen_is_found() -> None:
    story = Story(joined=False)
    story.add(Kind.JOIN, 2, chosen="three", answer=seen("", 2))
    assert story.accounts(final("")) == [
        "seat 2 is not whose it was",
        "somebody saw it from the seat of somebody else",
    ]


def test_a_join_that_is_refused_its_own_seat_is_found() -> None:
    story = Story(joined=False)
    story.add(Kind.JOIN, 2, chosen="two")
    story.add(Kind.JOIN, 2, chosen="two", refusal="Game is full", status=404)
    (account,) = story.accounts(final(""))
    assert "a refusal was not true" in account
    other = Story()
    other.add(Kind.JOIN, 2, chosen="three", refusal="Game is full", status=404)
    assert other.accounts(final("")) == []


def test_a_lost_join_takes_the_seat_with_its_own_secret_alone() -> None:
    for chosen, accounts in (("two", []), ("three", ["nobody asked for seat 2"])):
        story = Story(joined=False)
        story.add(Kind.JOIN, 2, chosen=chosen)
        assert story.accounts(final("")) == accounts


def test_a_seat_that_is_somebody_elses_in_the_end_is_found() -> None:
    row = replace(final(""), seats={1: "one", 2: "three"})
    accounts = Story().accounts(row)
    assert "seat 2 is not whose it was" in accounts
    assert "somebody saw it from the seat of somebody else" in accounts


def test_a_seat_that_nobody_asked_for_is_found() -> None:
    assert Story(joined=False).accounts(final("")) == ["nobody asked for seat 2"]


def test_a_seat_number_that_there_is_not_is_found() -> None:
    assert "it has the seats [1, 3]" in Story(joined=False).accounts(
        replace(final(""), seats={1: "one", 3: "three"})
    )


def test_a_lost_join_may_have_taken_the_seat() -> None:
    story = Story(joined=False)
    story.add(Kind.JOIN, 2)
    assert story.accounts(final("")) == []
    assert story.accounts(final("", seats=1)) == []


def test_a_row_that_is_not_the_replay_of_its_moves_is_found() -> None:
    row = replace(final("3"), board=final("4").board)
    accounts = Story().play("3").accounts(row)
    assert any("its row is not what its moves '3' lead to" in account for account in accounts)


@pytest.mark.parametrize("moves", ["3333333", "01010102", "?"])
def test_a_row_with_moves_that_cannot_be_played_is_found(moves: str) -> None:
    (account,) = Story().accounts(replace(final(""), moves=moves))
    assert account == f"its moves cannot be played: {moves!r}"


def test_a_lost_game_is_found() -> None:
    assert Story().accounts() == ["it is not in the database"]


def test_games_that_nobody_knows_are_lost_creations_and_empty() -> None:
    unknown = final("", seats=1, game="h")
    assert Story().accounts(final(""), unknown) == [
        "nobody created it: 1 such games, 0 lost creations"
    ]
    story = Story()
    story.operations.append(Operation(index=9, client="c", kind=Kind.CREATE, began=1))
    assert story.accounts(final(""), unknown) == []
    assert story.accounts(final(""), replace(unknown, seats=SEATS)) == [
        "no client knows it, yet somebody has joined or moved"
    ]


def test_an_answer_that_the_contract_does_not_have_is_found() -> None:
    story = Story()
    story.add(Kind.MOVE, 1, column=3, status=500)
    assert story.accounts(final("")) == [
        "an answer with status 500, which the contract does not have"
    ]
    story = Story()
    story.add(Kind.MOVE, 1, column=3, status=503)
    assert story.accounts(final("")) == []


def test_a_violation_names_the_game_and_what_was_done() -> None:
    (violation,) = check(Story().play("33").read("3").operations, [final("33")])
    assert str(violation).splitlines() == [
        "game g: an answer was older than one that had come before it was asked for",
        "    #3 0.000000 to 0.000000 s, client c: move in column 3 by player 2: ok,"
        " 2 players, moves 33",
        "    #4 0.000000 to 0.000000 s, client c: read by player 1: ok, 2 players, moves 3",
    ]


def test_a_resignation_ends_a_game() -> None:
    story = Story().play("33").resign(1, "33").read_resigned("33", by=1)
    assert story.accounts(final("33", resigned=1)) == []


def test_a_resignation_whose_answer_was_lost_may_have_happened() -> None:
    story = Story().play("3")
    story.add(Kind.RESIGN, 2)
    for row in (final("3", resigned=2), final("3")):
        assert story.accounts(row) == []


def test_an_acknowledged_resignation_is_gone() -> None:
    story = Story().play("3").resign(2, "3")
    assert "an acknowledged resignation is not in its row" in story.accounts(final("3"))
    undone = story.play("33")
    assert undone.accounts(final("33"))


def test_nobody_has_resigned() -> None:
    assert Story().play("3").accounts(final("3", resigned=2)) == ["nobody who lost has resigned"]
    refused = Story().play("3")
    refused.add(Kind.RESIGN, 2, refusal="Game is over", status=403)
    assert "nobody who lost has resigned" in refused.accounts(final("3", resigned=2))


def test_both_were_told_that_they_have_resigned() -> None:
    story = Story().play("3").resign(2, "3").resign(1, "3", resigned=2)
    assert story.accounts(final("3", resigned=2)) == [
        "a resignation was acknowledged to who has won by it"
    ]


def test_a_move_after_a_resignation_is_refused_as_in_any_game_that_is_over() -> None:
    row = final("3", resigned=1)
    story = Story().play("3").resign(1, "3")
    story.refuse(2, 0, "Game is over").refuse(1, 0, "Not your turn")
    assert story.accounts(row) == []
    early = Story().play("3").refuse(2, 0, "Game is over")
    early.read("3").resign(1, "3")
    assert len(early.accounts(row)) == 1


def test_somebody_saw_the_game_go_on_after_a_resignation() -> None:
    story = Story().play("3").resign(1, "3").read("3")
    assert story.accounts(final("3", resigned=1)) == [
        "an answer was older than one that had come before it was asked for"
    ]


def test_somebody_saw_a_resignation_that_was_none() -> None:
    story = Story().play("33").read_resigned("33", by=2)
    [account] = story.accounts(final("33"))
    assert "the state is not that after its moves" in account
