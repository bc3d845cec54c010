"""What a history is compared with, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from history_checker.history import RESIGNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from history_checker.history import Operation

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FinalGame:
    """A game's rows in the database: `seats` are the players' secrets by their numbers."""

    game: str
    active: bool
    active_player: int
    winner: int | None
    board: str
    moves: str
    seats: Mapping[int, str]
    ending: str | None = None

    @property
    def is_resigned(self) -> bool:
        """Whether a player gave it up; that is the last thing that happens in a game."""
        return self.ending == RESIGNED

    @property
    def version(self) -> int:
        """The number of players plus the number of moves, and one for a resignation."""
        return len(self.seats) + len(self.moves) + self.is_resigned


@dataclass(frozen=True, slots=True)
class Quiet:
    """A time without faults, moves and kills, in nanoseconds of the history's clock.

    `patience` is how late a stream may show what others have been told. `watching` are those who
    still watched when it ended: a client's name, and the game.
    """

    began: int
    ended: int
    patience: int
    watching: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Violation:
    """What no right server does: in which game, and the operations that show it."""

    game: str
    account: str
    operations: tuple[Operation, ...] = ()

    def __str__(self) -> str:
        shown = [f"    {operation}" for operation in self.operations[:_MOST_SHOWN]]
        if len(self.operations) > _MOST_SHOWN:
            shown.append(f"    and {len(self.operations) - _MOST_SHOWN} more")
        return "\n".join([f"game {self.game}: {self.account}", *shown])
