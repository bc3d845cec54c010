"""Prints what bitbully, another solver, says of 1,000 positions: a line each, the columns of the
moves counted from 1, and the seven scores.

    ./pants run tools/opening_book/reference.py > src/js/connect4-client/src/solver/reference.txt
"""

from __future__ import annotations

import sys
from random import Random

from bitbully.bitbully_core import BitBullyCore, BoardCore
from bitbully_databases import BitBullyDatabases

from opening_book.shapes import COLUMNS

POSITIONS = 1000
FEWEST, MOST = 8, 36
_FULL = -1000


def lines() -> list[str]:
    """The lines, the same ones every time."""
    random = Random(4)  # noqa: S311
    solver = BitBullyCore(BitBullyDatabases.get_database_path("12-ply-dist"))
    found = []
    for number in range(POSITIONS):
        board, moves = _game(FEWEST + number % (MOST - FEWEST + 1), random)
        scores = ["full" if score == _FULL else str(score) for score in solver.scoreMoves(board)]
        found.append(" ".join(["".join(str(column + 1) for column in moves), *scores]))
    return found


def _game(discs: int, random: Random) -> tuple[BoardCore, list[int]]:
    """A game by chance that goes on after DISCS moves."""
    board, moves = BoardCore(), list[int]()
    while len(moves) < discs:
        column = random.randrange(COLUMNS)
        if board.isLegalMove(column):
            board.play(column)
            moves.append(column)
        if board.hasWin():
            board, moves = BoardCore(), []
    return board, moves


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
