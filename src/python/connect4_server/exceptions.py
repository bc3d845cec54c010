"""What a request can be refused for, as the API words it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from connect4_server.game_logic import SeenGame


class RefusedError(Exception):
    """A request that cannot be granted: an HTTP status and the message of the error body."""

    status: ClassVar[HTTPStatus]
    message: ClassVar[str] = ""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class GameNotFoundError(RefusedError):
    status = HTTPStatus.NOT_FOUND
    message = "Game not found"


class PlayerNotFoundError(RefusedError):
    status = HTTPStatus.NOT_FOUND
    message = "Player not found"


class GameNotStartedError(RefusedError):
    status = HTTPStatus.PRECONDITION_FAILED
    message = "Game not started"


class NotYourTurnError(RefusedError):
    status = HTTPStatus.FORBIDDEN
    message = "Not your turn"


class GameIsOverError(RefusedError):
    status = HTTPStatus.FORBIDDEN
    message = "Game is over"


class ColumnIsFullError(RefusedError):
    status = HTTPStatus.CONFLICT
    message = "Column is full"


class GameIsFullError(RefusedError):
    status = HTTPStatus.NOT_FOUND
    message = "Game is full"


class PlayerIdTakenError(RefusedError):
    status = HTTPStatus.CONFLICT
    message = "newPlayerId is taken"


class OtherStateError(RefusedError):
    """A move answers a state that the game is not in; `seen` is the one that it is in."""

    status = HTTPStatus.CONFLICT

    def __init__(self, seen: SeenGame, move: int) -> None:
        super().__init__(f"The game is at move {len(seen.state.moves)}, not {move}")
        self.seen = seen
