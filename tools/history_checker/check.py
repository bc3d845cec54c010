"""Whether a right server can have given the answers of a history, and left this database.

Pure functions. What follows from the versions of a game is in versions.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING

from connect4_models import board_codec
from connect4_models.rules import Position
from history_checker.history import RESIGNED, Kind, Operation, Outcome
from history_checker.stream_check import StreamCheck
from history_checker.verdict import FinalGame, Quiet, Violation
from history_checker.versions import Told, Versions

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

_SECRET_LENGTH = 32

# Board, whether it is active, whose turn it is, and who has won.
_State = tuple[str, bool, int, int | None]


def check(
    operations: Iterable[Operation], finals: Iterable[FinalGame], quiet: Quiet | None = None
) -> list[Violation]:
    """What is wrong; nothing, if all is right.

    FINALS are all the games of the database, which was empty before, when nothing is under way any
    more. Those that no operation names have to come from creations whose answers were lost. QUIET
    is the time at the end without faults, for those who watch.
    """
    rows = {final.game: final for final in finals}
    secrets = {secret for final in rows.values() for secret in final.seats.values()}
    by_game: dict[str, list[Operation]] = defaultdict(list)
    lost_creations = 0
    violations = []
    for operation in operations:
        violations += _answer_is_in_the_contract(operation)
        violations += _tells_no_secret(operation, secrets)
        if operation.game is not None:
            by_game[operation.game].append(operation)
        elif operation.outcome is Outcome.UNKNOWN:
            lost_creations += 1
    for game, of_game in by_game.items():
        if game in rows:
            violations += _GameCheck(rows[game], of_game, quiet).violations()
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
    account = f"an answer with status {status}, which the contract does not have"
    return [Violation(operation.game or "unknown", account, (operation,))]


def _tells_no_secret(operation: Operation, secrets: Container[str]) -> list[Violation]:
    """SECRETS are those of all players. The asker's own is not among the operation's tokens."""
    for token in operation.tokens:
        for start in range(len(token) - _SECRET_LENGTH + 1):
            if token[start : start + _SECRET_LENGTH] in secrets:
                account = "an answer tells the secret of somebody else"
                return [Violation(operation.game or "unknown", account, (operation,))]
    return []


def _are_lost_creations(games: Sequence[FinalGame], lost_creations: int) -> list[Violation]:
    violations = [
        Violation(final.game, "no client knows it, yet somebody has joined or moved")
        for final in games
        if final.moves or set(final.seats) != {1}
    ]
    if len(games) > lost_creations:
        account = f"nobody created it: {len(games)} such games, {lost_creations} lost creations"
        violations.append(Violation(games[0].game, account))
    return violations


class _GameCheck:
    """One game: its row, and what was done with it."""

    def __init__(
        self, final: FinalGame, operations: Sequence[Operation], quiet: Quiet | None
    ) -> None:
        self._final = final
        self._operations = operations
        self._quiet = quiet
        self._ok = _ok(operations)
        self._moves = [op for op in operations if op.kind is Kind.MOVE]
        self._sends = Counter(
            (op.number, op.column, op.known_ply)
            for op in self._moves
            if op.outcome is not Outcome.FAIL
        )
        self._streams = StreamCheck(final, operations)
        self._told = [*self._answers(), *self._streams.told()]
        self._versions = Versions.of(self._told, final.version)
        self._positions = _positions(final.moves)
        self._states = [_state(position) for position in self._positions or ()]

    def violations(self) -> list[Violation]:
        found = self._row()
        if self._positions is None:
            return found
        return [
            *found,
            *self._seats(),
            *(
                violation
                for told in self._told
                for violation in self._saw_a_state_of_it(told.operation)
            ),
            *(violation for told in self._told for violation in self._is_not_stale(told)),
            *self._every_move_once(),
            *(
                violation
                for operation in self._operations
                if operation.outcome is Outcome.FAIL
                for violation in self._refusal_was_true(operation)
            ),
            *self._streams.violations(self._versions, self._quiet),
        ]

    def _answers(self) -> list[Told]:
        return [
            Told(op, op.ended, op.seen.version, op.began, self._found(op, op.seen.version))
            for op in self._operations
            if op.seen is not None and op.ended is not None and op.kind is not Kind.EVENT
        ]

    def _found(self, operation: Operation, version: int) -> int:
        """The version at which an operation that tells VERSION found the game, at the lowest."""
        if operation.kind is Kind.CREATE:
            return 0
        if operation.kind is Kind.RESIGN:
            return version - 1 if self._is_only_resignation() else version
        if operation.kind is Kind.JOIN:
            # Its answer may show the game a moment after the seat was taken.
            return 1 if self._is_only_join(operation) else version
        ply = operation.known_ply
        if operation.outcome is Outcome.OK and ply is not None and self._is_first(operation):
            return ply + 2
        return version

    def _is_only_resignation(self) -> bool:
        """Whether no other request can have ended the game before."""
        resigned = [op for op in self._operations if op.kind is Kind.RESIGN]
        return sum(op.outcome is not Outcome.FAIL for op in resigned) == 1

    def _is_only_join(self, join: Operation) -> bool:
        """Whether no other request can have taken the seat before this acknowledged join."""
        sends = [
            op
            for op in self._operations
            if op.chosen and op.player == join.player and op.outcome is not Outcome.FAIL
        ]
        return not join.chosen or len(sends) == 1

    def _is_first(self, move: Operation) -> bool:
        """Whether no other request can have made this acknowledged move before."""
        if move.ply is None:
            return True
        sends = self._sends
        return (
            sends[move.number, move.column, move.ply] + sends[move.number, move.column, None] == 1
        )

    def _violation(self, account: str, operations: Iterable[Operation] = ()) -> Violation:
        return Violation(self._final.game, account, tuple(operations))

    def _row(self) -> list[Violation]:
        final = self._final
        if self._positions is None:
            account = f"its moves cannot be played: {final.moves!r}"
            return [self._violation(account, self._moves)]
        state = (final.board, final.active, final.active_player, final.winner)
        if final.is_resigned:
            return self._resignation(state)
        resignations = [op for op in self._ok if op.kind is Kind.RESIGN]
        if resignations:
            return [self._violation("an acknowledged resignation is not in its row", resignations)]
        if state != self._states[-1]:
            account = f"its row is not what its moves {final.moves!r} lead to: {state}"
            return [self._violation(account, self._moves)]
        return []

    def _resignation(self, state: _State) -> list[Violation]:
        board, active, active_player, _ = self._states[-1]
        if not active or state not in {(board, False, active_player, winner) for winner in (1, 2)}:
            account = f"its row is not what a resignation leads to: {state}"
            return [self._violation(account, self._moves)]
        resigned = [op for op in self._operations if op.kind is Kind.RESIGN]
        if not any(
            op.number != self._final.winner and op.outcome is not Outcome.FAIL for op in resigned
        ):
            return [self._violation("nobody who lost has resigned", resigned)]
        return [
            self._violation("a resignation was acknowledged to who has won by it", [op])
            for op in _ok(resigned)
            if op.number == self._final.winner
        ]

    def _seats(self) -> list[Violation]:
        seats = self._final.seats
        violations = []
        if 1 not in seats or not set(seats) <= {1, 2}:
            violations.append(self._violation(f"it has the seats {sorted(seats)}"))
        entered = [op for op in self._operations if op.kind in (Kind.CREATE, Kind.JOIN)]
        for number, kind in ((1, Kind.CREATE), (2, Kind.JOIN)):
            asked = [op for op in entered if op.kind is kind]
            given = _ok(asked)
            if len(given) > 1 and not _is_one_join(given):
                violations.append(self._violation(f"seat {number} was given more than once", given))
            if any(op.player != seats.get(number) for op in given):
                violations.append(self._violation(f"seat {number} is not whose it was", given))
            elif number in seats and not any(_may_take(op, seats[number]) for op in asked):
                violations.append(self._violation(f"nobody asked for seat {number}", asked))
        return violations

    def _saw_a_state_of_it(self, operation: Operation) -> list[Violation]:
        seen = operation.seen
        if seen is None:
            return []
        final = self._final
        if not final.moves.startswith(seen.moves) or seen.players > len(final.seats):
            account = (
                f"somebody saw what the game never was: it has the moves {final.moves!r} and"
                f" {len(final.seats)} players"
            )
            return [self._violation(account, [operation])]
        state = (seen.board, seen.active, seen.active_player, seen.winner)
        if seen.ending == RESIGNED:
            is_right = final.is_resigned and seen.moves == final.moves
            expected = (final.board, final.active, final.active_player, final.winner)
        else:
            is_right, expected = True, self._states[len(seen.moves)]
        if not is_right or state != expected:
            return [self._violation(f"the state is not that after its moves: {state}", [operation])]
        seat = None if seen.number is None else final.seats.get(seen.number)
        if not seen.player == operation.player == seat:
            return [self._violation("somebody saw it from the seat of somebody else", [operation])]
        return []

    def _is_not_stale(self, told: Told) -> list[Violation]:
        if told.asked is None or told.found is None:
            return []
        known = self._versions.at_least(told.asked)
        if told.found >= known:
            return []
        before = [
            earlier.operation
            for earlier in self._told
            if earlier.ended < told.asked and earlier.version == known
        ]
        account = "an answer was older than one that had come before it was asked for"
        return [self._violation(account, [*before[:1], told.operation])]

    def _every_move_once(self) -> list[Violation]:
        """Each acknowledged move stands at its ply, and each disc is one move that was sent."""
        final = self._final
        violations = []
        at_ply: dict[int, list[Operation]] = defaultdict(list)
        for operation in self._moves:
            ply, seen = operation.known_ply, operation.seen
            if operation.outcome is not Outcome.OK or ply is None or seen is None:
                continue
            at_ply[ply].append(operation)
            told = (seen.moves[ply : ply + 1], ply % 2 + 1)
            if told != (str(operation.column), operation.number):
                violations.append(self._violation("the answer tells another move", [operation]))
            elif final.moves[ply : ply + 1] != str(operation.column):
                account = f"the acknowledged move at ply {ply} is not in {final.moves!r}"
                violations.append(self._violation(account, [operation]))
        violations += [
            self._violation(f"two moves were acknowledged for ply {ply}", moves)
            for ply, moves in at_ply.items()
            if not _can_be_one(moves)
        ]
        certain = {ply for ply, moves in at_ply.items() if any(move.ply is None for move in moves)}
        return violations + self._discs_without_a_move(certain)

    def _discs_without_a_move(self, certain: Container[int]) -> list[Violation]:
        """No move is two discs. Those at the plies CERTAIN are acknowledged moves.

        A move that says its ply can only be the disc at that ply, however often it was sent. One
        that does not say it, and whose answer was lost, can be any disc, also one that another
        request was told of.
        """
        sent = [
            operation
            for operation in self._moves
            if operation.outcome is Outcome.UNKNOWN
            or (operation.outcome is Outcome.OK and operation.ply is not None)
        ]
        candidates = {
            ply: [index for index, move in enumerate(sent) if self._may_be(move, ply)]
            for ply in range(len(self._final.moves))
            if ply not in certain
        }
        return [
            self._violation(
                f"nobody sent the move at ply {ply} of {self._final.moves!r}, or it was sent once"
                " and stands twice",
                [move for move in self._moves if move.number == ply % 2 + 1],
            )
            for ply in _unmatched(candidates)
        ]

    def _may_be(self, operation: Operation, ply: int) -> bool:
        # With the disc at PLY the game has 2 players and PLY + 1 moves.
        first_told = self._versions.first_told(ply + 3)
        return (
            operation.number == ply % 2 + 1
            and str(operation.column) == self._final.moves[ply]
            and operation.ply in (None, ply)
            and (first_told is None or operation.began < first_told)
        )

    def _refusal_was_true(self, operation: Operation) -> list[Violation]:
        """At some moment between request and answer it was true."""
        if operation.ended is None:
            return []
        lowest = self._versions.at_least(operation.began)
        highest = self._versions.at_most(operation.ended)
        if operation.seen is not None:
            # It says which version it is about. Whether the game had that between request and
            # answer is checked as for all who read.
            lowest = highest = operation.seen.version
        if any(self._refuses(operation, version) for version in range(lowest, highest + 1)):
            return []
        account = (
            "a refusal was not true at any moment between request and answer: the game had"
            f" {max(lowest - 2, 0)} to {max(highest - 2, 0)} of its moves {self._final.moves!r}"
        )
        return [self._violation(account, [operation])]

    def _refuses(self, operation: Operation, version: int) -> bool:
        """Whether the contract has this refusal for a game of this version."""
        if operation.kind is Kind.JOIN:
            has_it = operation.chosen and operation.player == self._final.seats.get(2)
            return operation.message == "Game is full" and version >= 2 and not has_it
        if operation.kind is Kind.RESIGN:
            is_over = not self._final.active and version == self._final.version
            return operation.message == "Game is over" and is_over
        if operation.kind is not Kind.MOVE:
            return False
        if version >= 2 and operation.ply not in (None, self._ply_at(version)):
            is_told = operation.seen is not None and operation.status == HTTPStatus.CONFLICT
            if not is_told:
                return False
        return operation.message == self._move_refusal(operation, version)

    def _ply_at(self, version: int) -> int:
        """How many moves the game has had at a VERSION, from 2."""
        return version - 2 - (self._final.is_resigned and version == self._final.version)

    def _move_refusal(self, move: Operation, version: int) -> str | None:
        """What the contract says to a move in a game of this version; None if it is accepted."""
        if version < 2 or self._positions is None:
            return "Game not started"
        ply = self._ply_at(version)
        if move.ply is not None and move.ply != ply:
            is_this = (str(move.column), move.number) == (
                self._final.moves[move.ply : move.ply + 1],
                move.ply % 2 + 1,
            )
            if move.ply < ply and is_this:
                return None
            return f"The game is at move {ply}, not {move.ply}"
        # An answer may have told more moves than the row has, which is another violation.
        position = self._positions[min(ply, len(self._positions) - 1)]
        if position.player_to_move != move.number:
            return "Not your turn"
        is_resigned = self._final.is_resigned and version == self._final.version
        if position.is_over or is_resigned:
            return "Game is over"
        return None if move.column in position.legal_columns else "Column is full"


def _can_be_one(moves: Sequence[Operation]) -> bool:
    """Whether these, all acknowledged for one ply, can be one move that was sent several times.

    One that does not say its ply is always a move of its own.
    """
    one = len({(move.player, move.column) for move in moves}) == 1
    return one and sum(move.ply is None for move in moves) <= 1


def _is_one_join(joins: Sequence[Operation]) -> bool:
    """Whether these, all acknowledged, can be one join that was sent several times."""
    return all(join.chosen for join in joins) and len({join.player for join in joins}) == 1


def _may_take(operation: Operation, secret: str) -> bool:
    """Whether a request may have taken the seat that has this SECRET."""
    if operation.outcome is Outcome.UNKNOWN:
        return not operation.chosen or operation.player == secret
    return operation.outcome is Outcome.OK


def _positions(moves: str) -> list[Position] | None:
    """The positions from the empty board to that after MOVES; None if they cannot be played."""
    positions = [Position()]
    for move in moves:
        try:
            positions.append(positions[-1].play(int(move)))
        except ValueError:
            return None
    return positions


def _state(position: Position) -> _State:
    return (
        board_codec.encode(position),
        not position.is_over,
        position.player_to_move,
        position.winner,
    )


def _unmatched(candidates: Mapping[int, Sequence[int]]) -> list[int]:
    """The plies that get none of their candidates, where no two plies get the same one.

    A maximum matching, by augmenting paths: https://en.wikipedia.org/wiki/Matching_(graph_theory)
    """
    holder: dict[int, int] = {}

    def match(ply: int, asked: set[int]) -> bool:
        for candidate in candidates[ply]:
            if candidate in asked:
                continue
            asked.add(candidate)
            if candidate not in holder or match(holder[candidate], asked):
                holder[candidate] = ply
                return True
        return False

    return [ply for ply in candidates if not match(ply, set())]
