"""What a request can be refused for, as the contract words it."""

from http import HTTPStatus
from typing import ClassVar


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
