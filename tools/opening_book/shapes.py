"""Boards with so many discs, numbered without gaps: by the heights of their columns, then by who
has which discs.

A shape is the heights of the seven columns. Of a shape and its mirror image the one that comes
first in lexicographic order is numbered, and stands for both. On a board of a shape with n discs,
the cells are counted from 0, column by column from the left, each from the bottom; a set of cells
is the integer with their bits. The discs of the player to move are one of the sets of n // 2
cells: its rank is its place among them, in ascending order.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLUMNS = 7
ROWS = 6

Shape = tuple[int, ...]


def shapes(discs: int) -> list[Shape]:
    """Every shape of DISCS discs that is numbered, in order."""
    return [
        heights
        for heights in product(range(ROWS + 1), repeat=COLUMNS)
        if sum(heights) == discs and heights <= heights[::-1]
    ]


@cache
def sets(cells: int, owned: int) -> NDArray[np.int64]:
    """Every set of OWNED out of so many CELLS, by rank."""
    every = np.arange(1 << cells, dtype=np.int64)
    chosen: NDArray[np.int64] = every[np.bitwise_count(every) == owned]
    return chosen


@cache
def _ranks(cells: int, owned: int) -> NDArray[np.int64]:
    ranks = np.zeros(1 << cells, dtype=np.int64)
    ranks[sets(cells, owned)] = np.arange(len(sets(cells, owned)))
    return ranks


def ranks(taken: NDArray[np.int64], cells: int, owned: int) -> NDArray[np.int64]:
    """The rank of each set in TAKEN."""
    return _ranks(cells, owned)[taken]


def mirrored(taken: NDArray[np.int64], shape: Shape) -> NDArray[np.int64]:
    """The sets of the mirror images of boards of a SHAPE."""
    image = np.zeros_like(taken)
    for column in reversed(range(COLUMNS)):
        image = (image << shape[COLUMNS - 1 - column]) | in_column(
            taken, shape, COLUMNS - 1 - column
        )
    return image


def in_column(taken: NDArray[np.int64], shape: Shape, column: int) -> NDArray[np.int64]:
    """What of each set is in a column, with the lowest cell as bit 0."""
    return (taken >> sum(shape[:column])) & ((1 << shape[column]) - 1)
