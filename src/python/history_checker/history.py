"""What clients did and what they saw, with the times of one monotonic clock."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Kind(StrEnum):
    """What a client asks for."""

    CREATE = "create"
    JOIN = "join"
    MOVE = "move"
    READ = "read"


class Outcome(StrEnum):
    """What the client knows of it in the end."""

    OK = "ok"
    FAIL = "fail"
    """Refused: nothing has happened."""
    UNKNOWN = "unknown"
    """Broken off, or the database could not be reached: it may have happened, or may yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A game in an answer; `board` and `moves` as their codecs write them."""

    player: str
    number: int
    players: int
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str


@dataclass(slots=True)
class Operation:
    """A request, and what came back.

    `began` and `ended` are nanoseconds. `number` is the seat of whoever asks and `player` its
    secret, in a database that is thrown away. `ply` is for moves that say which state they answer.
    """

    index: int
    client: str
    kind: Kind
    began: int
    game: str | None = None
    player: str | None = None
    number: int | None = None
    column: int | None = None
    ply: int | None = None
    ended: int | None = None
    outcome: Outcome = Outcome.UNKNOWN
    status: int | None = None
    message: str = ""
    seen: Seen | None = None

    def __str__(self) -> str:
        """One line for people."""
        asked = " ".join(
            str(part)
            for part in (
                self.kind,
                f"in column {self.column}" if self.column is not None else None,
                f"after {self.ply} moves" if self.ply is not None else None,
                f"by player {self.number}" if self.number is not None else None,
            )
            if part is not None
        )
        ended = "…" if self.ended is None else f"{self.ended / 1e9:.6f}"
        answer = " ".join(str(part) for part in (self.status, self.message) if part)
        if self.seen is not None:
            answer = f"{self.seen.players} players, moves {self.seen.moves or 'none'}"
        return (
            f"#{self.index} {self.began / 1e9:.6f} to {ended} s, client {self.client}:"
            f" {asked}: {self.outcome}, {answer or 'no answer'}"
        )


class History:
    """Operations of many threads, in the order in which they began."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.acknowledged_moves = 0
        self._lock = threading.Lock()
        self._start = time.monotonic_ns()

    def begin(  # noqa: PLR0913 - what there is to say of a request
        self,
        client: str,
        kind: Kind,
        *,
        game: str | None = None,
        player: str | None = None,
        number: int | None = None,
        column: int | None = None,
        ply: int | None = None,
    ) -> Operation:
        """An operation that begins now, and is unknown until it is told to have ended."""
        with self._lock:
            operation = Operation(
                index=len(self.operations),
                client=client,
                kind=kind,
                began=time.monotonic_ns() - self._start,
                game=game,
                player=player,
                number=number,
                column=column,
                ply=ply,
            )
            self.operations.append(operation)
        return operation

    def end(
        self,
        operation: Operation,
        outcome: Outcome,
        *,
        status: int | None = None,
        message: str = "",
        seen: Seen | None = None,
    ) -> None:
        """It has ended now. What was created or joined gets the game and seat that it was given."""
        operation.ended = time.monotonic_ns() - self._start
        operation.outcome = outcome
        operation.status = status
        operation.message = message
        operation.seen = seen
        if seen is not None and operation.player is None:
            operation.player, operation.number = seen.player, seen.number
        if outcome is Outcome.OK and operation.kind is Kind.MOVE:
            with self._lock:
                self.acknowledged_moves += 1

    def write(self, path: Path) -> None:
        """As JSON, a line an operation. Raises OSError."""
        with path.open("w") as lines:
            for operation in self.operations:
                lines.write(json.dumps(asdict(operation)) + "\n")
