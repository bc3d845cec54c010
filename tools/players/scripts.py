"""Whole games as the columns that are played in turn, player 1 first, and how each ends."""

from __future__ import annotations

from typing import NamedTuple

# Player 1 wins these with the last disc; column 6 stays empty.
_WINS = {
    "a column": (0, 1, 0, 1, 0, 1, 0),
    "a row": (0, 0, 1, 1, 2, 2, 3),
    "a row closed in its middle": (0, 0, 1, 1, 3, 3, 2),
    "a rising diagonal": (0, 1, 1, 2, 3, 2, 2, 3, 4, 3, 3),
    "a falling diagonal": (5, 4, 4, 3, 2, 3, 3, 2, 1, 2, 2),
}

# All 42 discs, and no four in line.
_DRAW = (
    *(5, 3, 2, 3, 1, 5, 3, 1, 0, 1, 4, 1, 2, 5, 0, 5, 6, 6, 2, 0, 6),
    *(0, 4, 2, 3, 0, 3, 4, 2, 3, 2, 6, 0, 4, 1, 1, 5, 4, 4, 5, 6, 6),
)


class Script(NamedTuple):
    """A game to play to its end."""

    name: str
    columns: tuple[int, ...]
    winner: int | None


def _for_player_2(columns: tuple[int, ...]) -> tuple[int, ...]:
    """The same with the roles swapped: player 1's first disc is spent where it does not matter."""
    return (6, *columns)


SCRIPTS = (
    *(Script(f"player 1 wins with {name}", columns, 1) for name, columns in _WINS.items()),
    *(
        Script(f"player 2 wins with {name}", _for_player_2(columns), 2)
        for name, columns in _WINS.items()
    ),
    Script("nobody wins, the board is full", _DRAW, None),
)
