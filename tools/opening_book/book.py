"""Exact scores of all boards with so many discs, from those with twelve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opening_book.shapes import COLUMNS, ROWS, Shape, in_column, mirrored, ranks, sets, shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELLS = COLUMNS * ROWS

# A column of a bitboard has an empty cell on top, so that no line goes around the edge.
_STRIDE = ROWS + 1
_DIRECTIONS = (1, _STRIDE - 1, _STRIDE, _STRIDE + 1)

# The scores of each shape's boards, by rank.
Layer = dict[Shape, "NDArray[np.int8]"]


def score_of_win(discs: int) -> int:
    """The score of who wins with the next disc, where DISCS lie.

    It says with which of one's discs one wins: 1 with the last, 2 with the one before it.
    """
    return (CELLS + 1 - discs) // 2


def layer_before(after: Layer, discs: int) -> Layer:
    """The scores of all boards with DISCS discs, from those with one more."""
    return {shape: _scores(shape, discs, after) for shape in shapes(discs)}


def _scores(shape: Shape, discs: int, after: Layer) -> NDArray[np.int8]:
    own = sets(discs, discs // 2)
    other = own ^ ((1 << discs) - 1)
    scores = np.full(len(own), -CELLS, dtype=np.int8)
    for column in range(COLUMNS):
        if shape[column] == ROWS:
            continue
        next_shape = (*shape[:column], shape[column] + 1, *shape[column + 1 :])
        place = sum(shape[: column + 1])
        next_own = (other & ((1 << place) - 1)) | (other >> place << (place + 1))
        child = -looked_up(after, next_shape, next_own, discs + 1)
        wins = wins_with(column, own, shape)
        np.maximum(scores, np.where(wins, score_of_win(discs), child), out=scores)
    return scores


def looked_up(layer: Layer, shape: Shape, own: NDArray[np.int64], discs: int) -> NDArray[np.int8]:
    """The scores of boards of any SHAPE with so many DISCS; OWN are those of the player to move."""
    if shape[::-1] < shape:
        own = mirrored(own, shape)
        shape = shape[::-1]
    return layer[shape][ranks(own, discs, discs // 2)]


def wins_with(column: int, own: NDArray[np.int64], shape: Shape) -> NDArray[np.bool_]:
    """Whether the player to move completes four in a row in a column."""
    return has_four(bitboard(own, shape) | (1 << (column * _STRIDE + shape[column])))


def can_win(own: NDArray[np.int64], shape: Shape) -> NDArray[np.bool_]:
    """Whether the player to move can complete four in a row."""
    wins = np.zeros(len(own), dtype=np.bool_)
    for column in range(COLUMNS):
        if shape[column] < ROWS:
            wins |= wins_with(column, own, shape)
    return wins


def is_over(own: NDArray[np.int64], shape: Shape) -> NDArray[np.bool_]:
    """Whether one of the players has four in a row."""
    other = own ^ ((1 << sum(shape)) - 1)
    return has_four(bitboard(own, shape)) | has_four(bitboard(other, shape))


def bitboard(taken: NDArray[np.int64], shape: Shape) -> NDArray[np.int64]:
    """Sets of cells as bitboards: seven bits a column, the lowest cell first."""
    board = np.zeros_like(taken)
    for column in range(COLUMNS):
        board |= in_column(taken, shape, column) << (column * _STRIDE)
    return board


def has_four(board: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each bitboard has four in a row."""
    found = np.zeros(board.shape, dtype=np.bool_)
    for step in _DIRECTIONS:
        pairs = board & (board >> step)
        found |= (pairs & (pairs >> (2 * step))) != 0
    return found
