"""A position as the database's string of 42 characters and as the API's columns of cells.

In the string the cell (column x, row y) is the character x*6+y; the API's board is
`board[x][y]`. Both count rows from the bottom and write 0 for empty, else the player's number.
"""

from connect4_models.rules import COLUMNS, ROWS, Position, position_of

EMPTY = "0" * (COLUMNS * ROWS)


def encode(position: Position) -> str:
    """The 42 characters of POSITION."""
    return "".join(
        str(position.disc(column, row) or 0) for column in range(COLUMNS) for row in range(ROWS)
    )


def decode(text: str) -> Position:
    """The position that TEXT stands for.

    Raises ValueError if it is not 42 characters of 0, 1 and 2, or no position of a game.
    """
    if len(text) != COLUMNS * ROWS or not set(text) <= set("012"):
        raise ValueError(f"a board is {COLUMNS * ROWS} characters of 0, 1 and 2, not {text!r}")
    return position_of(
        (index // ROWS, index % ROWS, 1 if character == "1" else 2)
        for index, character in enumerate(text)
        if character != "0"
    )


def columns(text: str) -> list[list[int]]:
    """The 7 columns of 6 cells, from the bottom, of a board that `encode` wrote."""
    return [
        [int(cell) for cell in text[start : start + ROWS]] for start in range(0, len(text), ROWS)
    ]


def discs(text: str) -> int:
    """How many discs there are on a board that `encode` wrote."""
    return len(text) - text.count("0")
