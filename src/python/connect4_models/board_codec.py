"""A position as the database's string of 42 characters and as the API's columns of cells.

In the string the cell (column x, row y) is the character x*6+y; the API's board is
`board[x][y]`. Both count rows from the bottom and write 0 for empty, else the player's number.
"""

from connect4_models.rules import COLUMNS, ROWS, STRIDE, Position, position_of

EMPTY = "0" * (COLUMNS * ROWS)
"""The empty board."""

_CELLS = bytes.maketrans(b"012", bytes(range(3)))


def encode(position: Position) -> str:
    """The 42 characters of POSITION, each 0, 1 or 2."""
    # Binary digits, read as decimal ones, add up cell by cell.
    cells = int(f"{position.first:b}") + 2 * int(f"{position.second:b}")
    text = f"{cells:0{COLUMNS * STRIDE}}"[::-1]
    return "".join([text[start : start + ROWS] for start in range(0, len(text), STRIDE)])


def decode(text: str) -> Position:
    """The position that TEXT, 42 characters of 0, 1 and 2, stands for.

    Raises ValueError if TEXT is anything else, or if the rules do not lead to that position.
    """
    if len(text) != COLUMNS * ROWS or text.strip("012"):
        raise ValueError(f"a board is {COLUMNS * ROWS} characters of 0, 1 and 2, not {text!r}")
    cells = "0".join([text[start : start + ROWS] for start in range(0, len(text), ROWS)])[::-1]
    return position_of(
        int(cells.replace("2", "0"), 2), int(cells.replace("1", "0").replace("2", "1"), 2)
    )


def columns(text: str) -> list[list[int]]:
    """The API's form of TEXT, a board that `encode` wrote.

    7 columns from the left, each of 6 cells from the bottom: 0 for empty, or the player, 1 or 2.
    """
    # `list` makes a number of each byte.
    cells = list(text.encode("ascii").translate(_CELLS))
    return [cells[start : start + ROWS] for start in range(0, len(cells), ROWS)]


def discs(text: str) -> int:
    """How many discs, 0 to 42, are on TEXT, a board that `encode` wrote."""
    return len(text) - text.count("0")
