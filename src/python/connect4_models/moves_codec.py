"""A game's moves as the database's string, a character a move, and as the API's list.

A character is the column, 0 to 6, or `?` for an unknown move. Games that are older than the record
of moves have unknown ones: where their discs are is known, but not the order in which they came.
All unknown moves come before the first known one.
"""

UNKNOWN = "?"
"""The character of an unknown move."""

_COLUMNS = bytes.maketrans(b"0123456", bytes(range(7)))


def unknown(number: int) -> str:
    """The moves of a game in which NUMBER discs, 0 to 42, came in an unknown order."""
    return UNKNOWN * number


def append(moves: str, column: int) -> str:
    """MOVES and one more, in COLUMN: 0 at the left to 6."""
    return f"{moves}{column}"


def columns(moves: str) -> list[int | None]:
    """The columns of MOVES in the order of play, each 0 to 6; None for an unknown move."""
    known = moves.lstrip(UNKNOWN)
    # Unpacking makes a number of each byte.
    played = known.encode("ascii").translate(_COLUMNS)
    return [*[None] * (len(moves) - len(known)), *played]
