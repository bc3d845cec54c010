"""Positions that a game may begin from so that nobody has an advantage.

The file has the 101 positions with four discs that are draws if both players play perfectly, each
as the moves that lead to it (text of `moves_codec`). From the empty board the first player wins.
"""

import random
from importlib import resources

_BALANCED = resources.files("connect4_server").joinpath("balanced_openings.txt").read_text().split()


def balanced_opening() -> str:
    """Returns the moves to one of the positions, chosen at random."""
    return random.choice(_BALANCED)  # noqa: S311
