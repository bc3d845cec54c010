"""Whether a history and what the database holds in the end can be those of one right server.

A game's age is how many seats are taken plus how many moves are made: 1 when it is created, 2 when
it is joined, one more with every move. An answer tells an age, and ages only rise. Pure functions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import accumulate
from typing import TYPE_CHECKING

from connect4_models import board_codec
from connect4_models.rules import Position
from history_checker.history import Kind, Operation, Outcome, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FinalGame:
    """A game's rows in the database: `seats` are the players' secrets by their numbers."""

    game: str
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    seats: Mapping[int, str]


@dataclass(frozen=True)
class Violation:
    """Something that no right server does: in which game, and the operations that show it."""

    game: str
    account: str
    operations: tuple[Operation, ...] = ()

    def __str__(self) -> str:
        shown = [f"    {operation}" for operation in self.operations[:_MOST_SHOWN]]
        if len(self.operations) > _MOST_SHOWN:
            shown.append(f"    and {len(self.operations) - _MOST_SHOWN} more")
        return "\n".join([f"game {self.game}: {self.account}", *shown])


def check(operations: Iterable[Operation], finals: Iterable[FinalGame]) -> list[Violation]:
    """What is wrong; nothing, if all is right.

    FINALS are all the games of a database that was empty before, when nothing is under way any
    more: those that no operation names have to be the fruit of creations whose answers were lost.
    """
    by_game: dict[str, list[Operation]] = defaultdict(list)
    lost_creations = 0
    violations = []
    for operation in operations:
        violations += _answer_is_in_the_contract(operation)
        if operation.game is not None:
            by_game[operation.game].append(operation)
        elif operation.outcome is Outcome.UNKNOWN:
            lost_creations += 1
    rows = {final.game: final for final in finals}
    for game, of_game in by_game.items():
        if game in rows:
            violations += _GameCheck(rows[game], of_game).violations()
        elif acknowledged := _ok(of_game):
            violations.append(Violation(game, "it is not in the database", tuple(acknowledged)))
    unnamed = [final for game, final in rows.items() if game not in by_game]
    return violations + _are_lost_creations(unnamed, lost_creations)


def _ok(operations: Iterable[Operation]) -> list[Operation]:
    return [operation for operation in operations if operation.outcome is Outcome.OK]


def _answer_is_in_the_contract(operation: Operation) -> list[Violation]:
    status = operation.status
    if status is None or status == HTTPStatus.SERVICE_UNAVAILABLE or status < 500:
        return []
    account = f"an answer with status {status}, which is none of the contract's"
    return [Violation(operation.game or "unknown", account, (operation,))]


def _are_lost_creations(games: Sequence[FinalGame], lost_creations: int) -> list[Violation]:
    violations = [
        Violation(final.game, "nobody knows it, yet somebody has joined or moved")
        for final in games
        if final.moves or set(final.seats) != {1}
    ]
    if len(games) > lost_creations:
        account = f"nobody created it: {len(games)} such games, {lost_creations} lost creations"
        violations.append(Violation(games[0].game, account))
    return violations


@dataclass
class _Ages:
    """The ages that a game can have had at a time, by answers before and after it."""

    oldest: int
    _ends: list[int] = field(default_factory=list)
    _reached: list[int] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)
    _left: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, operations: Iterable[Operation], oldest: int) -> _Ages:
        """By the acknowledged OPERATIONS of a game whose age in the end is OLDEST."""
        told = [
            (operation.began, operation.ended, age_before(operation), age_of(operation.seen))
            for operation in operations
            if operation.seen is not None and operation.ended is not None
        ]
        ended = sorted((end, age) for _, end, _, age in told)
        began = sorted((begin, before) for begin, _, before, _ in told)
        return cls(
            oldest,
            [end for end, _ in ended],
            list(accumulate((age for _, age in ended), max)),
            [begin for begin, _ in began],
            list(accumulate((before for _, before in reversed(began)), min))[::-1],
        )

    def at_least(self, time: int) -> int:
        """The age that was told in an answer that came before TIME."""
        index = bisect_left(self._ends, time)
        return self._reached[index - 1] if index else 0

    def at_most(self, time: int) -> int:
        """The youngest age that was told to somebody who asked after TIME."""
        index = bisect_right(self._begins, time)
        return self._left[index] if index < len(self._left) else self.oldest

    def first_told(self, age: int) -> int | None:
        """When the first answer came that told this age, or an older one."""
        index = bisect_left(self._reached, age)
        return self._ends[index] if index < len(self._ends) else None


def age_of(seen: Seen) -> int:
    """The age of the game that was seen."""
    return seen.players + len(seen.moves)


def age_before(operation: Operation) -> int:
    """The age at which an acknowledged operation found the game."""
    if operation.kind is Kind.CREATE:
        return 0
    if operation.kind is Kind.JOIN:
        # Its answer shows the game as it is a moment after the seat was taken.
        return 1
    assert operation.seen is not None  # noqa: S101 - whoever calls has looked
    return age_of(operation.seen) - (operation.kind is Kind.MOVE)


class _GameCheck:
    """One game: its row, and what was done with it."""

    def __init__(self, final: FinalGame, operations: Sequence[Operation]) -> None:
        self._final = final
        self._operations = operations
        self._ok = _ok(operations)
        self._ages = _Ages.of(self._ok, len(final.seats) + len(final.moves))
        self._positions = _positions(final.moves)

    def violations(self) -> list[Violation]:
        found = self._row()
        if self._positions is None:
            return found
        return [
            *found,
            *self._seats(),
            *(violation for operation in self._ok for violation in self._saw_a_prefix(operation)),
            *(violation for operation in self._ok for violation in self._is_not_stale(operation)),
            *self._every_move_once(),
            *(
                violation
                for operation in self._operations
                if operation.outcome is Outcome.FAIL
                for violation in self._refusal_was_true(operation)
            ),
        ]

    def _violation(self, account: str, operations: Iterable[Operation] = ()) -> Violation:
        return Violation(self._final.game, account, tuple(operations))

    def _row(self) -> list[Violation]:
        final = self._final
        moves = [op for op in self._operations if op.kind is Kind.MOVE]
        if self._positions is None:
            return [self._violation(f"its moves cannot be played: {final.moves!r}", moves)]
        state = (final.board, final.active, final.active_player, final.winner)
        if state != _state(self._positions[-1]):
            account = f"its row is not what its moves {final.moves!r} lead to: {state}"
            return [self._violation(account, moves)]
        return []

    def _seats(self) -> list[Violation]:
        seats = self._final.seats
        violations = []
        if 1 not in seats or not set(seats) <= {1, 2}:
            violations.append(self._violation(f"it has the seats {sorted(seats)}"))
        entered = [op for op in self._operations if op.kind in (Kind.CREATE, Kind.JOIN)]
        for number, kind in ((1, Kind.CREATE), (2, Kind.JOIN)):
            asked = [op for op in entered if op.kind is kind]
            given = _ok(asked)
            if len(given) > 1:
                violations.append(self._violation(f"seat {number} was given more than once", given))
            if any(op.player != seats.get(number) for op in given):
                violations.append(self._violation(f"seat {number} is not whose it was", given))
            elif number in seats and not given and all(op.outcome is Outcome.FAIL for op in asked):
                violations.append(self._violation(f"nobody asked for seat {number}", asked))
        return violations

    def _saw_a_prefix(self, operation: Operation) -> list[Violation]:
        seen = operation.seen
        if seen is None or self._positions is None:
            return []
        final = self._final
        if not final.moves.startswith(seen.moves) or seen.players > len(final.seats):
            account = (
                f"somebody saw what is no beginning of it: it has the moves {final.moves!r}"
                f" and {len(final.seats)} players"
            )
            return [self._violation(account, [operation])]
        state = (seen.board, seen.active, seen.active_player, seen.winner)
        if state != _state(self._positions[len(seen.moves)]):
            return [self._violation(f"the state is not that after its moves: {state}", [operation])]
        if seen.player != operation.player or final.seats.get(seen.number) != seen.player:
            return [self._violation("somebody saw it from a seat of somebody else", [operation])]
        return []

    def _is_not_stale(self, operation: Operation) -> list[Violation]:
        known = self._ages.at_least(operation.began)
        if age_before(operation) >= known:
            return []
        before = [
            earlier
            for earlier in self._ok
            if earlier.ended is not None
            and earlier.ended < operation.began
            and earlier.seen is not None
            and age_of(earlier.seen) == known
        ]
        account = "an answer was older than one that had come before it was asked for"
        return [self._violation(account, [*before[:1], operation])]

    def _every_move_once(self) -> list[Violation]:
        """Each acknowledged move at its place, and for each other disc a move that may be it."""
        final = self._final
        violations = []
        at_place: dict[int, list[Operation]] = defaultdict(list)
        for operation in self._ok:
            if operation.kind is not Kind.MOVE or operation.seen is None:
                continue
            place = _place(operation, operation.seen)
            at_place[place].append(operation)
            told = (operation.seen.moves[place : place + 1], place % 2 + 1)
            if told != (str(operation.column), operation.number):
                violations.append(self._violation("the answer tells another move", [operation]))
            elif final.moves[place : place + 1] != str(operation.column):
                account = f"an acknowledged move, the {place + 1}., is not in {final.moves!r}"
                violations.append(self._violation(account, [operation]))
        violations += [
            self._violation(f"two moves were acknowledged for one turn, the {place + 1}.", moves)
            for place, moves in at_place.items()
            if len({_identity(move) for move in moves}) > 1
        ]
        return violations + self._unacknowledged(set(at_place))

    def _unacknowledged(self, acknowledged: set[int]) -> list[Violation]:
        """An unacknowledged move stands at most once: no two discs are the same one's."""
        sent = [
            operation
            for operation in self._operations
            if operation.kind is Kind.MOVE and operation.outcome is Outcome.UNKNOWN
        ]
        candidates = {
            place: [index for index, operation in enumerate(sent) if self._may_be(operation, place)]
            for place in range(len(self._final.moves))
            if place not in acknowledged
        }
        return [
            self._violation(
                f"nobody sent the {place + 1}. of its moves {self._final.moves!r}, or it was sent"
                " once and stands twice",
                [operation for operation in sent if operation.number == place % 2 + 1],
            )
            for place in _unmatched(candidates)
        ]

    def _may_be(self, operation: Operation, place: int) -> bool:
        # The disc at PLACE made the game this old: 2 players and the moves up to it.
        first_told = self._ages.first_told(place + 3)
        return (
            operation.number == place % 2 + 1
            and str(operation.column) == self._final.moves[place]
            and operation.ply in (None, place)
            and (first_told is None or operation.began < first_told)
        )

    def _refusal_was_true(self, operation: Operation) -> list[Violation]:
        """There was a moment between question and answer at which it was so."""
        if operation.ended is None:
            return []
        youngest = self._ages.at_least(operation.began)
        oldest = self._ages.at_most(operation.ended)
        if any(self._refuses(operation, age) for age in range(youngest, oldest + 1)):
            return []
        account = (
            "a refusal was not true at any moment between question and answer: the game had"
            f" {max(youngest - 2, 0)} to {max(oldest - 2, 0)} of its moves {self._final.moves!r}"
        )
        return [self._violation(account, [operation])]

    def _refuses(self, operation: Operation, age: int) -> bool:
        """Whether a game of this age is a reason for the refusal."""
        if operation.kind is Kind.JOIN:
            return operation.message == "Game is full" and age >= 2
        if operation.kind is not Kind.MOVE:
            return False
        if operation.ply is not None and age >= 2 and operation.ply != age - 2:
            return operation.status == HTTPStatus.CONFLICT
        return operation.message == self._move_refusal(operation, age)

    def _move_refusal(self, move: Operation, age: int) -> str | None:
        """What the contract says to a move in a game of this age; None if it is accepted."""
        if age < 2 or self._positions is None:
            return "Game not started"
        # The row is the last there is, also for an answer that told of more than that.
        position = self._positions[min(age - 2, len(self._positions) - 1)]
        if position.player_to_move != move.number:
            return "Not your turn"
        if position.is_over:
            return "Game is over"
        return None if move.column in position.legal_columns else "Column is full"


def _place(move: Operation, seen: Seen) -> int:
    """How many moves came before an acknowledged one."""
    return len(seen.moves) - 1 if move.ply is None else move.ply


def _identity(move: Operation) -> tuple[object, ...]:
    """Equal for what is one move sent again, which only a move that names its state can be."""
    if move.ply is None:
        return (move.index,)
    return (move.player, move.column, move.ply)


def _positions(moves: str) -> list[Position] | None:
    """The positions from the empty board to that after MOVES; None if they cannot be played."""
    positions = [Position()]
    for move in moves:
        try:
            positions.append(positions[-1].play(int(move)))
        except ValueError:
            return None
    return positions


def _state(position: Position) -> tuple[str, bool, int, int | None]:
    return (
        board_codec.encode(position),
        not position.is_over,
        position.player_to_move,
        position.winner,
    )


def _unmatched(candidates: Mapping[int, Sequence[int]]) -> list[int]:
    """The places that get none of their candidates, each of which is given to one place at most.

    A largest matching, by augmenting paths: https://en.wikipedia.org/wiki/Matching_(graph_theory)
    """
    holder: dict[int, int] = {}

    def seat(place: int, asked: set[int]) -> bool:
        for candidate in candidates[place]:
            if candidate in asked:
                continue
            asked.add(candidate)
            if candidate not in holder or seat(holder[candidate], asked):
                holder[candidate] = place
                return True
        return False

    return [place for place in candidates if not seat(place, set())]
