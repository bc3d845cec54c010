"""Histories and rows written by hand, for the tests of the checks."""

from __future__ import annotations

from connect4_models import board_codec
from connect4_models.rules import position_after
from history_checker.check import check
from history_checker.history import RESIGNED, Kind, Operation, Outcome, Seen
from history_checker.verdict import FinalGame, Quiet

GAME = "g"
SEATS = {1: "one", 2: "two"}


def final(
    moves: str = "", seats: int = 2, game: str = GAME, resigned: int | None = None
) -> FinalGame:
    """A game's row after these moves, and after that player has RESIGNED."""
    position = position_after(map(int, moves))
    return FinalGame(
        game=game,
        active=resigned is None and not position.is_over,
        active_player=position.player_to_move,
        winner=position.winner if resigned is None else 3 - resigned,
        board=board_codec.encode(position),
        moves=moves,
        seats={number: SEATS[number] for number in range(1, seats + 1)},
        ending=None if resigned is None else RESIGNED,
    )


def seen(moves: str, number: int | None, players: int = 2, resigned: int | None = None) -> Seen:
    """What that player sees after these moves, or a spectator; a player may have RESIGNED."""
    row = final(moves, resigned=resigned)
    return Seen(
        player=None if number is None else SEATS[number],
        number=number,
        players=players,
        active=row.active,
        active_player=row.active_player,
        winner=row.winner,
        board=row.board,
        moves=moves,
        ending=row.ending,
    )


class Story:
    """Operations one after another, unless times are given."""

    def __init__(self, *, joined: bool = True) -> None:
        self.operations: list[Operation] = []
        self.add(Kind.CREATE, 1, answer=seen("", 1, players=1))
        if joined:
            self.add(Kind.JOIN, 2, answer=seen("", 2))

    def add(  # noqa: PLR0913 - what there is to say of an operation
        self,
        kind: Kind,
        number: int | None,
        *,
        column: int | None = None,
        ply: int | None = None,
        chosen: str | None = None,
        last_id: int | None = None,
        answer: Seen | None = None,
        refusal: str | None = None,
        status: int | None = None,
        during: tuple[int, int | None] | None = None,
    ) -> Operation:
        """An operation that was acknowledged, or refused, or is unknown."""
        index = len(self.operations)
        began, ended = during or (10 * index, 10 * index + 5)
        outcome = Outcome.FAIL if refusal else Outcome.OK if answer else Outcome.UNKNOWN
        operation = Operation(
            index=index,
            client="c",
            kind=kind,
            began=began,
            game=GAME,
            player=chosen or (None if number is None else SEATS[number]),
            number=number,
            column=column,
            ply=ply,
            chosen=chosen is not None,
            last_id=last_id,
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

    def send(self, ply: int, column: int, moves: str | None, number: int | None = None) -> Story:
        """A move that says its ply; MOVES are the moves in its answer."""
        number = number or ply % 2 + 1
        answer = None if moves is None else seen(moves, number)
        self.add(Kind.MOVE, number, column=column, ply=ply, answer=answer)
        return self

    def refuse_sent(
        self, ply: int, column: int, moves: str, number: int | None = None, told: int | None = None
    ) -> Story:
        """A move refused for its ply in a game with these MOVES; its message tells the ply TOLD."""
        number = number or ply % 2 + 1
        self.add(
            Kind.MOVE,
            number,
            column=column,
            ply=ply,
            answer=seen(moves, number),
            refusal=f"The game is at move {len(moves) if told is None else told}, not {ply}",
            status=409,
        )
        return self

    def resign(self, number: int, moves: str, resigned: int | None = None) -> Story:
        """A resignation; the answer has these MOVES, and who has RESIGNED by it."""
        answer = seen(moves, number, resigned=resigned or number)
        self.add(Kind.RESIGN, number, answer=answer)
        return self

    def read_resigned(self, moves: str, by: int) -> Story:
        """A read of a game that the player BY has given up."""
        self.add(Kind.READ, 1, answer=seen(moves, 1, resigned=by))
        return self

    def watch(self, number: int | None = 1, last_id: int | None = None) -> Operation:
        """A stream that has begun."""
        stream = self.add(Kind.WATCH, number, last_id=last_id)
        stream.outcome = Outcome.OK
        return stream

    def show(
        self, stream: Operation, moves: str, players: int = 2, version: int | None = None
    ) -> Operation:
        """An event of the game after these moves; VERSION is its id, if not the right one."""
        event = self.add(Kind.EVENT, stream.number, answer=seen(moves, stream.number, players))
        event.ended = event.began
        event.stream = stream.index
        event.version = players + len(moves) if version is None else version
        return event

    def name(self, stream: Operation, name: str = "end") -> Operation:
        """An event with a name, and without a game."""
        event = self.show(stream, "")
        event.seen = event.version = None
        event.message = name
        return event

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

    def accounts(self, *rows: FinalGame, quiet: Quiet | None = None) -> list[str]:
        return [violation.account for violation in check(self.operations, rows, quiet)]
