"""What clients did and what they saw, with the times of one monotonic clock."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


RESIGNED = "resigned"
"""The ending of a game that somebody gave up."""


class Kind(StrEnum):
    """What a client asks for; or an event, which comes by itself."""

    CREATE = "create"
    JOIN = "join"
    MOVE = "move"
    RESIGN = "resign"
    READ = "read"
    WATCH = "watch"
    EVENT = "event"


class Outcome(StrEnum):
    """What the client knows of it in the end."""

    OK = "ok"
    FAIL = "fail"
    """Refused: nothing has happened."""
    UNKNOWN = "unknown"
    """Broken off, or the database could not be reached: it may have happened, or may yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A game in an answer; `board` and `moves` as their codecs write them.

    A spectator has no `player` and no `number`.
    """

    player: str | None
    number: int | None
    players: int
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    ending: str | None = None

    @property
    def ply(self) -> int:
        """The number of moves."""
        return len(self.moves)

    @property
    def version(self) -> int:
        """The number of players plus the number of moves, and one for a resignation."""
        return self.players + self.ply + (self.ending == RESIGNED)


@dataclass(slots=True)
class Operation:
    """A request, and what came back; or an event of a stream.

    `began` and `ended` are nanoseconds. `number` is the seat of who asks, and `player` its secret:
    the one that a join has `chosen`, or the one in the answer. (The database is thrown away.) `ply`
    is the number of moves before this one, if the request says it. `again` is for what is sent once
    more. A WATCH has ended when its stream has begun, and is `closed` when the stream is over;
    `last_id` is the version that it says its client has. An EVENT has the index of its WATCH as
    `stream`, its id as `version` and its name as `message`. `tokens` are what may be a secret in an
    answer, without the asker's own.
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
    chosen: bool = False
    again: bool = False
    last_id: int | None = None
    stream: int | None = None
    version: int | None = None
    ended: int | None = None
    closed: int | None = None
    outcome: Outcome = Outcome.UNKNOWN
    status: int | None = None
    message: str = ""
    seen: Seen | None = None
    tokens: tuple[str, ...] = ()

    @property
    def known_ply(self) -> int | None:
        """The number of moves before this one, if the request or its answer tells it."""
        if self.kind is not Kind.MOVE or self.ply is not None:
            return self.ply
        if self.outcome is not Outcome.OK or self.seen is None:
            return None
        return self.seen.ply - 1

    def __str__(self) -> str:
        """One line for people."""
        asked = " ".join(
            str(part)
            for part in (
                self.kind,
                "again" if self.again else None,
                f"in column {self.column}" if self.column is not None else None,
                f"at ply {self.ply}" if self.ply is not None else None,
                "with a secret of its own" if self.chosen else None,
                f"by player {self.number}" if self.number is not None else None,
                f"after event {self.last_id}" if self.last_id is not None else None,
                f"of stream #{self.stream}" if self.stream is not None else None,
                f"with id {self.version}" if self.version is not None else None,
            )
            if part is not None
        )
        ended = "…" if self.ended is None else f"{self.ended / 1e9:.6f}"
        parts = [str(part) for part in (self.status, self.message) if part]
        if self.seen is not None:
            parts = [*([self.message] if self.message else [])]
            parts.append(f"{self.seen.players} players, moves {self.seen.moves or 'none'}")
        return (
            f"#{self.index} {self.began / 1e9:.6f} to {ended} s, client {self.client}:"
            f" {asked}: {self.outcome}, {', '.join(parts) or 'no answer'}"
        )


class History:
    """Operations of many threads, in the order in which they began."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.acknowledged_moves = 0
        """Each counts once, however often it was sent and acknowledged."""
        self._acknowledged: set[tuple[str | None, int | None]] = set()
        self._lock = threading.Lock()
        self._start = time.monotonic_ns()

    def now(self) -> int:
        """The time, in nanoseconds."""
        return time.monotonic_ns() - self._start

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
        chosen: bool = False,
        again: bool = False,
        last_id: int | None = None,
    ) -> Operation:
        """An operation that begins now, and is unknown until it is told to have ended."""
        with self._lock:
            operation = Operation(
                index=len(self.operations),
                client=client,
                kind=kind,
                began=self.now(),
                game=game,
                player=player,
                number=number,
                column=column,
                ply=ply,
                chosen=chosen,
                again=again,
                last_id=last_id,
            )
            self.operations.append(operation)
        return operation

    def end(  # noqa: PLR0913 - what there is to say of an answer
        self,
        operation: Operation,
        outcome: Outcome,
        *,
        status: int | None = None,
        message: str = "",
        seen: Seen | None = None,
        tokens: Iterable[str] = (),
    ) -> None:
        """It has ended now. What was created or joined gets the game and seat that it was given.

        TOKENS are all that the answer has.
        """
        operation.ended = self.now()
        operation.outcome = outcome
        operation.status = status
        operation.message = message
        operation.seen = seen
        if seen is not None and operation.kind in (Kind.CREATE, Kind.JOIN):
            operation.number = seen.number
            if not operation.chosen:
                operation.player = seen.player
        _keep_tokens(operation, tokens)
        if outcome is Outcome.OK and operation.kind is Kind.MOVE:
            with self._lock:
                self._acknowledged.add((operation.game, operation.known_ply))
                self.acknowledged_moves = len(self._acknowledged)

    def event(
        self,
        watch: Operation,
        name: str,
        version: int | None,
        seen: Seen | None,
        tokens: Iterable[str] = (),
    ) -> Operation:
        """Something that has just come in the stream which WATCH has begun."""
        operation = self.begin(
            watch.client, Kind.EVENT, game=watch.game, player=watch.player, number=watch.number
        )
        operation.ended = operation.began
        operation.outcome = Outcome.OK
        operation.stream = watch.index
        operation.message = name
        operation.version = version
        operation.seen = seen
        _keep_tokens(operation, tokens)
        return operation

    def close(self, watch: Operation) -> None:
        """The stream that WATCH has begun has ended, for whatever reason."""
        watch.closed = self.now()

    def write(self, path: Path) -> None:
        """As JSON, a line an operation. Raises OSError."""
        with path.open("w") as lines:
            for operation in self.operations:
                lines.write(json.dumps(asdict(operation)) + "\n")


def _keep_tokens(operation: Operation, tokens: Iterable[str]) -> None:
    own = (operation.game, operation.player)
    operation.tokens = tuple(sorted(token for token in tokens if token not in own))
