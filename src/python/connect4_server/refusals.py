"""The errors of the game: each has the HTTP status and the message that the API answers with."""

from http import HTTPStatus
from typing import ClassVar


class RefusedError(Exception):
    """A request that the game refuses: `status` of the response, and `message` for its body."""

    status: ClassVar[HTTPStatus]
    message: ClassVar[str] = ""

    def __init__(self, message: str | None = None) -> None:
        """MESSAGE replaces that of the class."""
        super().__init__(message or self.message)


class GameNotFoundError(RefusedError):
    """No game has this id."""

    status = HTTPStatus.NOT_FOUND
    message = "Game not found"


class PlayerNotFoundError(RefusedError):
    """The game has no player with this secret."""

    status = HTTPStatus.NOT_FOUND
    message = "Player not found"


class GameNotStartedError(RefusedError):
    """The game has one player only."""

    status = HTTPStatus.PRECONDITION_FAILED
    message = "Game not started"


class NotYourTurnError(RefusedError):
    """It is the other player's turn."""

    status = HTTPStatus.FORBIDDEN
    message = "Not your turn"


class GameIsOverError(RefusedError):
    """The game has ended."""

    status = HTTPStatus.FORBIDDEN
    message = "Game is over"


class GameIsNotOverError(RefusedError):
    """There is no rematch before the end."""

    status = HTTPStatus.CONFLICT
    message = "Game is not over"


class OtherPlayerIsNotGoneError(RefusedError):
    """The other player is there, or is not known to be gone for long enough."""

    status = HTTPStatus.CONFLICT
    message = "The other player is not gone"


class ColumnIsFullError(RefusedError):
    """The column has six discs."""

    status = HTTPStatus.CONFLICT
    message = "Column is full"


class GameIsFullError(RefusedError):
    """The game has two players."""

    status = HTTPStatus.NOT_FOUND
    message = "Game is full"


class PlayerIdTakenError(RefusedError):
    """The secret chosen for a seat belongs to a player of another game."""

    status = HTTPStatus.CONFLICT
    message = "newPlayerId is taken"
