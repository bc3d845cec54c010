"""The scores of the boards with twelve discs, as the package bitbully-databases has them.

Its file book_12ply_distances.dat has five bytes a board: a key, and 100 less the number of discs
until player 1 wins, negative if player 2 does, or 0 for a draw. A key is the board's columns from
the left, each from the bottom: the bits 10 for a disc of player 1, 11 for one of player 2, 0 at
the column's end. Keys are 32 bits, big-endian, and ascend as signed numbers; of a board and its
mirror image one is there, and none on which player 1 can win at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from bitbully_databases import BitBullyDatabases

from opening_book.book import CELLS, Layer, can_win, score_of_win
from opening_book.shapes import COLUMNS, Shape, in_column, mirrored, sets, shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISCS = 12

_ENTRY = np.dtype([("key", ">i4"), ("score", "i1")])


def twelve_discs() -> Layer:
    """The scores of all boards with twelve discs; of one that nobody reaches, any score.

    Raises ValueError if the database holds what is no such board.
    """
    path = Path(BitBullyDatabases.get_database_path("12-ply-dist"))
    entries = np.fromfile(path, dtype=_ENTRY)
    keys = entries["key"].astype(np.int64)
    scores = _converted(entries["score"].astype(np.int64))
    used = np.zeros(len(keys), dtype=np.bool_)
    layer = {shape: _scores(shape, keys, scores, used) for shape in shapes(DISCS)}
    if not used.all():
        raise ValueError(f"{path.name}: {np.count_nonzero(~used)} keys are of no board")
    return layer


def _converted(distances: NDArray[np.int64]) -> NDArray[np.int8]:
    """Scores from distances: who wins with the n-th disc from now does so where n - 1 more lie."""
    discs_before = DISCS + (100 - np.abs(distances)) - 1
    signed: NDArray[np.int64] = np.sign(distances) * ((CELLS + 1 - discs_before) // 2)
    return signed.astype(np.int8)


def _scores(
    shape: Shape, keys: NDArray[np.int64], scores: NDArray[np.int8], used: NDArray[np.bool_]
) -> NDArray[np.int8]:
    own = sets(DISCS, DISCS // 2)
    result = np.zeros(len(own), dtype=np.int8)
    for wanted in (_keys(own, shape), _keys(mirrored(own, shape), shape[::-1])):
        places = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
        here = keys[places] == wanted
        result[here] = scores[places[here]]
        used[places[here]] = True
    result[can_win(own, shape)] = score_of_win(DISCS)
    return result


def _keys(own: NDArray[np.int64], shape: Shape) -> NDArray[np.int64]:
    keys = np.zeros_like(own)
    for column in range(COLUMNS):
        discs = in_column(own, shape, column)
        for row in range(shape[column]):
            is_own = (discs >> row) & 1
            keys = (keys << 2) | (3 - is_own)
        keys <<= 1
    # One bit less than 32, and signed.
    keys <<= 1
    return np.where(keys >= 1 << 31, keys - (1 << 32), keys)
