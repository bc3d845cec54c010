"""Every kind of violation is found in a history written by hand, and a right one is clean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connect4_models import board_codec
from connect4_models.rules import position_after
from history_checker.check import FinalGame, check
from history_checker.history import Kind, Operation, Outcome, Seen

GAME = "g"
SEATS = {1: "one", 2: "two"}


def final(moves: str = "", seats: int = 2, game: str = GAME) -> FinalGame:
    """A game's row after these moves."""
    position = position_after(map(int, moves))
    return FinalGame(
        game=game,
        active=not position.is_over,
        active_player=position.player_to_move,
        winner=position.winner,
        board=board_codec.encode(position),
        moves=moves,
        seats={number: SEATS[number] for number in range(1, seats + 1)},
    )


def seen(moves: str, number: int, players: int = 2) -> Seen:
    """What that player sees after these moves."""
    row = final(moves)
    return Seen(
        player=SEATS[number],
        number=number,
        players=players,
        active=row.active,
        active_player=row.active_player,
        winner=row.winner,
        board=row.board,
        moves=moves,
    )


class Story:
    """Operations one after another, a second each, unless times are given."""

    def __init__(self, *, joined: bool = True) -> None:
        self.operations: list[Operation] = []
        self.add(Kind.CREATE, 1, answer=seen("", 1, players=1))
        if joined:
            self.add(Kind.JOIN, 2, answer=seen("", 2))

    def add(
        self,
        kind: Kind,
        number: int,
        *,
        column: int | None = None,
        answer: Seen | None = None,
        refusal: str | None = None,
        status: int | None = None,
        during: tuple[int, int | None] | None = None,
    ) -> Operation:
        """An operation that was acknowledged, or refused, or is unknown."""
        index = len(self.operations)
        began, ended = during or (10 * index, 10 * index + 5)
        outcome = Outcome.OK if answer else Outcome.FAIL if refusal else Outcome.UNKNOWN
        operation = Operation(
            index=index,
            client="c",
            kind=kind,
            began=began,
            game=GAME,
            player=SEATS[number],
            number=number,
            column=column,
            ended=ended,
            outcome=outcome,
            status=status,
            message=refusal or "",
            seen=answer,
        )
        self.operations.append(operation)
        return operation

    def play(self, moves: str) -> Story:
        """Acknowledged moves from the empty board on."""
        for ply, column in enumerate(moves):
            number = ply % 2 + 1
            answer = seen(moves[: ply + 1], number)
            self.add(Kind.MOVE, number, column=int(column), answer=answer)
        return self

    def read(self, moves: str, number: int = 1, players: int = 2) -> Story:
        self.add(Kind.READ, number, answer=seen(moves, number, players))
        return self

    def lose(self, number: int, column: int, during: tuple[int, int | None] | None = None) -> Story:
        """A move whose answer is lost."""
        self.add(Kind.MOVE, number, column=column, during=during)
        return self

    def refuse(self, number: int, column: int, message: str) -> Story:
        self.add(Kind.MOVE, number, column=column, refusal=message, status=403)
        return self

    def accounts(self, *rows: FinalGame) -> list[str]:
        return [violation.account for violation in check(self.operations, rows)]


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
    assert any("an acknowledged move, the 2., is not in '3'" in account for account in accounts)


def test_an_acknowledged_move_that_was_overwritten_is_found() -> None:
    accounts = Story().play("33").accounts(final("34"))
    assert any("an acknowledged move, the 2., is not in '34'" in account for account in accounts)


@pytest.mark.parametrize("column", [3, 4])
def test_two_moves_for_one_turn_are_found(column: int) -> None:
    story = Story().play("3")
    story.add(Kind.MOVE, 1, column=column, answer=seen(str(column), 1), during=(20, 25))
    accounts = story.accounts(final("3"))
    assert any("two moves were acknowledged for one turn, the 1." in line for line in accounts)


def test_a_move_that_names_its_state_may_be_acknowledged_twice() -> None:
    story = Story().play("3")
    first = story.operations[-1]
    first.ply = 0
    story.operations.append(replace(first, index=3, began=21, ended=29))
    assert story.accounts(final("3")) == []


def test_an_unacknowledged_move_that_stands_twice_is_found() -> None:
    story = Story().lose(1, 3)
    story.add(Kind.MOVE, 2, column=4, answer=seen("34", 2))
    assert story.accounts(final("34")) == []
    accounts = story.read("343").accounts(final("343"))
    assert len(accounts) == 1
    assert "nobody sent the 3. of its moves" in accounts[0] or "stands twice" in accounts[0]


def test_two_unacknowledged_moves_may_stand_once_each() -> None:
    story = Story().lose(1, 3)
    story.add(Kind.MOVE, 2, column=4, answer=seen("34", 2))
    assert story.lose(1, 3).accounts(final("343")) == []


def test_a_disc_that_was_sent_after_it_was_seen_is_found() -> None:
    (account,) = Story().read("3").lose(1, 3).accounts(final("3"))
    assert "nobody sent the 1. of its moves" in account


def test_a_refused_move_that_stands_is_found() -> None:
    accounts = Story().refuse(1, 3, "Not your turn").accounts(final("3"))
    assert any("nobody sent the 1. of its moves" in account for account in accounts)


def test_a_reader_of_what_never_was_is_found() -> None:
    accounts = Story().play("33").read("34").accounts(final("33"))
    assert any("somebody saw what is no beginning of it" in account for account in accounts)


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


def test_a_seat_that_is_somebody_elses_in_the_end_is_found() -> None:
    row = replace(final(""), seats={1: "one", 2: "three"})
    accounts = Story().accounts(row)
    assert "seat 2 is not whose it was" in accounts
    assert "somebody saw it from a seat of somebody else" in accounts


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
        "nobody knows it, yet somebody has joined or moved"
    ]


def test_an_answer_that_is_none_of_the_contracts_is_found() -> None:
    story = Story()
    story.add(Kind.MOVE, 1, column=3, status=500)
    assert story.accounts(final("")) == [
        "an answer with status 500, which is none of the contract's"
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
