"""The rules of Connect 4: pure functions on an immutable position.

A position is a pair of bitboards, one bit a cell, in the layout of John Tromp's and Dominikus
Herzberg's Connect 4 programs: column x takes the bits 7*x to 7*x+6, from the bottom up, and the
seventh stays empty, so that no line wraps from one column into the next.
https://tromp.github.io/c4/Connect4.java
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

COLUMNS = 7
ROWS = 6
TO_CONNECT = 4

Player = Literal[1, 2]
Cell = tuple[int, int]

STRIDE = ROWS + 1
"""The bits of a column."""
# From a cell to its neighbour above, to the right, right and down, right and up.
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
    """Who has discs where; `Position()` is the empty board, with player 1 to move.

    `first` and `second` are the bitboards of players 1 and 2. Columns count from 0 at the left to
    6, rows from 0 at the bottom to 5.
    """

    first: int = 0
    second: int = 0

    @property
    def ply(self) -> int:
        """How many discs have been dropped: 0 to 42."""
        return (self.first | self.second).bit_count()

    @property
    def player_to_move(self) -> Player:
        """Whose turn it is, by the count of discs; it goes on flipping when the game is over."""
        return 2 if self.ply % 2 else 1

    @property
    def winner(self) -> Player | None:
        """Who has connected four, if anybody has."""
        if _connected(self.first):
            return 1
        if _connected(self.second):
            return 2
        return None

    @property
    def is_full(self) -> bool:
        return self.ply == COLUMNS * ROWS

    @property
    def is_draw(self) -> bool:
        return self.is_full and self.winner is None

    @property
    def is_over(self) -> bool:
        return self.winner is not None or self.is_full

    @property
    def legal_columns(self) -> tuple[int, ...]:
        """The columns that take another disc, from the left; none when the game is over."""
        if self.is_over:
            return ()
        return tuple(column for column in range(COLUMNS) if self.height(column) < ROWS)

    def height(self, column: int) -> int:
        """How many discs are in COLUMN: 0 to 6."""
        return ((self.first | self.second) >> column * STRIDE & (1 << ROWS) - 1).bit_count()

    def disc(self, column: int, row: int) -> Player | None:
        """Whose disc is in the cell, if there is one."""
        bit = _bit(column, row)
        if self.first & bit:
            return 1
        if self.second & bit:
            return 2
        return None

    def play(self, column: int) -> "Position":
        """The position after the player to move has dropped a disc into COLUMN.

        Raises ValueError for a column that is not on the board, GameOverError if the game is won or
        drawn, else ColumnFullError if the column is full.
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
    """The position after the moves COLUMNS, in order; raises what `Position.play` raises."""
    position = Position()
    for column in columns:
        position = position.play(column)
    return position


def position_of(first: int, second: int) -> Position:
    """The position with these bitboards of players 1 and 2.

    Raises ValueError if a disc hangs in the air or the players did not take turns: player 1 has as
    many discs as player 2, or one more.
    """
    if first.bit_count() - second.bit_count() not in (0, 1):
        raise ValueError("the players did not take turns")
    # Adding to the lowest cell carries through a column's discs up to its first gap.
    discs = first | second
    if discs & (discs + _BOTTOM):
        raise ValueError("a disc hangs in the air")
    return Position(first, second)
