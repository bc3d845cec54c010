"""A game's moves as the database's string, a character a move, and as the API's list.

A character is the column, 0 to 6, or `?`: games from before moves were recorded have discs of which
only the place is known. All of those come before the first known one.
"""

UNKNOWN = "?"

_COLUMNS = bytes.maketrans(b"0123456", bytes(range(7)))


def unknown(number: int) -> str:
    """NUMBER moves of which nothing is known."""
    return UNKNOWN * number


def append(moves: str, column: int) -> str:
    """MOVES and one more, in COLUMN (0 to 6)."""
    return f"{moves}{column}"


def columns(moves: str) -> list[int | None]:
    """The columns played, in order; None for an unknown one."""
    known = moves.lstrip(UNKNOWN)
    # A sequence of bytes is one of numbers, too.
    played = known.encode("ascii").translate(_COLUMNS)
    return [*[None] * (len(moves) - len(known)), *played]
