"""Prints every position with four discs that is a draw if both play perfectly: a line each, the
columns of moves that lead to it, counted from 0. Of a position and its mirror image one is there.

    ./pants run tools/opening_book/balanced.py > src/python/connect4_server/balanced_openings.txt
"""

from __future__ import annotations

import sys
from itertools import product

import numpy as np

from opening_book.book import Layer, layer_before, looked_up
from opening_book.database import DISCS, twelve_discs
from opening_book.shapes import COLUMNS

MOVES = 4


def lines() -> list[str]:
    """The lines, in ascending order."""
    layer = twelve_discs()
    for discs in range(DISCS - 1, MOVES - 1, -1):
        layer = layer_before(layer, discs)
    found: dict[tuple[tuple[int, ...], ...], str] = {}
    for moves in product(range(COLUMNS), repeat=MOVES):
        # Who has which discs of each column, from the bottom.
        board = tuple(
            tuple(ply % 2 for ply, move in enumerate(moves) if move == column)
            for column in range(COLUMNS)
        )
        if board not in found and board[::-1] not in found and _score(board, layer) == 0:
            found[board] = "".join(map(str, moves))
    return list(found.values())


def _score(board: tuple[tuple[int, ...], ...], layer: Layer) -> int:
    """The score of a board for the player to move, whose discs are 0."""
    shape = tuple(len(column) for column in board)
    discs = [disc for column in board for disc in column]
    own = sum(1 << cell for cell, disc in enumerate(discs) if disc == 0)
    return int(looked_up(layer, shape, np.array([own]), MOVES)[0])


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
