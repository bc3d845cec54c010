"""A position as the database's string of 42 characters and as the API's columns of cells.

In the string the cell (column x, row y) is the character x*6+y; the API's board is
`board[x][y]`. Both count rows from the bottom and write 0 for empty, else the player's number.
"""

from connect4_models.rules import COLUMNS, ROWS, STRIDE, Position, position_of

EMPTY = "0" * (COLUMNS * ROWS)

_CELLS = bytes.maketrans(b"012", bytes(range(3)))


def encode(position: Position) -> str:
    """The 42 characters of POSITION."""
    # Binary digits, read as decimal ones, add up cell by cell.
    cells = int(f"{position.first:b}") + 2 * int(f"{position.second:b}")
    text = f"{cells:0{COLUMNS * STRIDE}}"[::-1]
    return "".join([text[start : start + ROWS] for start in range(0, len(text), STRIDE)])


def decode(text: str) -> Position:
    """The position that TEXT stands for.

    Raises ValueError if it is not 42 characters of 0, 1 and 2, or no position of a game.
    """
    if len(text) != COLUMNS * ROWS or text.strip("012"):
        raise ValueError(f"a board is {COLUMNS * ROWS} characters of 0, 1 and 2, not {text!r}")
    cells = "0".join([text[start : start + ROWS] for start in range(0, len(text), ROWS)])[::-1]
    return position_of(
        int(cells.replace("2", "0"), 2), int(cells.replace("1", "0").replace("2", "1"), 2)
    )


def columns(text: str) -> list[list[int]]:
    """The 7 columns of 6 cells, from the bottom, of a board that `encode` wrote."""
    # A sequence of bytes is one of numbers, too.
    cells = list(text.encode("ascii").translate(_CELLS))
    return [cells[start : start + ROWS] for start in range(0, len(cells), ROWS)]


def discs(text: str) -> int:
    """How many discs there are on a board that `encode` wrote."""
    return len(text) - text.count("0")
