"""The rules of Connect 4: pure functions on an immutable position.

A position is a pair of bitboards, one a player, with one bit a cell. Column x has the bits 7*x to
7*x+6, from the bottom up. The seventh bit of a column is always 0, so that no line runs from one
column into the next. The layout, and the search for a line by shifts, are those of John Tromp's
program: https://tromp.github.io/c4/Connect4.java
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

COLUMNS = 7
ROWS = 6
TO_CONNECT = 4

Player = Literal[1, 2]
"""A player's number: 1 moves first."""
Cell = tuple[int, int]

STRIDE = ROWS + 1
"""The bits of a column."""
# The distance in bits from a cell to its neighbour above, right, right and down, right and up.
_DIRECTIONS = (1, STRIDE, STRIDE - 1, STRIDE + 1)

_BOTTOM = sum(1 << column * STRIDE for column in range(COLUMNS))


class ColumnFullError(ValueError):
    """There is no room for another disc in the column."""


class GameOverError(ValueError):
    """The game is won or drawn: nobody can move."""


def _bit(x: int, y: int) -> int:
    return 1 << (x * STRIDE + y)


def _connected(discs: int) -> bool:
    for step in _DIRECTIONS:
        pairs = discs & (discs >> step)
        if pairs & (pairs >> 2 * step):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Position:
    """Which player has a disc in which cell; `Position()` is the empty board.

    `first` and `second` are the bitboards of players 1 and 2. Columns are numbered from 0 at the
    left to 6, rows from 0 at the bottom to 5.
    """

    first: int = 0
    second: int = 0

    @property
    def ply(self) -> int:
        """How many discs have been dropped: 0 to 42."""
        return (self.first | self.second).bit_count()

    @property
    def player_to_move(self) -> Player:
        """Whose turn it is by the number of discs: 1 if it is even. A game's end does not count."""
        return 2 if self.ply % 2 else 1

    @property
    def winner(self) -> Player | None:
        """The player who has connected four, or None."""
        if _connected(self.first):
            return 1
        if _connected(self.second):
            return 2
        return None

    @property
    def is_full(self) -> bool:
        """Whether there are 42 discs."""
        return self.ply == COLUMNS * ROWS

    @property
    def is_draw(self) -> bool:
        """Whether the board is full and nobody has connected four."""
        return self.is_full and self.winner is None

    @property
    def is_over(self) -> bool:
        """Whether the game is won or drawn."""
        return self.winner is not None or self.is_full

    @property
    def legal_columns(self) -> tuple[int, ...]:
        """The columns that are not full, from the left; none when the game is over."""
        if self.is_over:
            return ()
        return tuple(column for column in range(COLUMNS) if self.height(column) < ROWS)

    def height(self, column: int) -> int:
        """How many discs, 0 to 6, are in COLUMN, 0 to 6."""
        return ((self.first | self.second) >> column * STRIDE & (1 << ROWS) - 1).bit_count()

    def disc(self, column: int, row: int) -> Player | None:
        """The player whose disc is in the cell of COLUMN, 0 to 6, and ROW, 0 to 5, or None."""
        bit = _bit(column, row)
        if self.first & bit:
            return 1
        if self.second & bit:
            return 2
        return None

    def play(self, column: int) -> "Position":
        """The position after the player to move has dropped a disc into COLUMN, 0 to 6.

        Raises ValueError for any other column. Raises GameOverError if the game is won or drawn,
        and otherwise ColumnFullError if the column is full.
        """
        if column not in range(COLUMNS):
            raise ValueError(f"column {column} is not from 0 to {COLUMNS - 1}")
        if self.is_over:
            raise GameOverError("the game is over")
        row = self.height(column)
        if row == ROWS:
            raise ColumnFullError(f"column {column} is full")
        bit = _bit(column, row)
        if self.player_to_move == 1:
            return Position(self.first | bit, self.second)
        return Position(self.first, self.second | bit)


def position_after(columns: Iterable[int]) -> Position:
    """The position after the moves in COLUMNS, each 0 to 6, from the empty board.

    Raises what `Position.play` raises.
    """
    position = Position()
    for column in columns:
        position = position.play(column)
    return position


def position_of(first: int, second: int) -> Position:
    """The position with the bitboards FIRST of player 1 and SECOND of player 2.

    Raises ValueError if there is an empty cell below a disc, or if the players did not take turns:
    player 1 has as many discs as player 2, or one more.
    """
    if first.bit_count() - second.bit_count() not in (0, 1):
        raise ValueError("the players did not take turns")
    # Adding to the lowest cell carries through a column's discs up to its first gap.
    discs = first | second
    if discs & (discs + _BOTTOM):
        raise ValueError("a disc hangs in the air")
    return Position(first, second)
