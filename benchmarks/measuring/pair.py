"""Two players who play one game after the other, each watching what the other does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from measuring.live_games import DRAW

if TYPE_CHECKING:
    from collections.abc import Callable


class Game(Protocol):
    """What two players say to a server, of some kind, and hear from it."""

    def start(self) -> None:
        """Has the first player create a new game and the second one join; both watch it."""

    def seen(self, seat: int) -> int:
        """How many moves of the game the player in seat 0 or 1 has seen; -1 for no game yet."""

    def may_move(self, seat: int) -> bool:
        """Whether the player's last request has been answered."""

    def has_ended(self) -> bool:
        """Whether both have seen the end, and are ready for another game."""

    def move(self, seat: int, ply: int, column: int) -> None:
        """Sends a move, of which there were PLY before."""


class Pair:
    """They go on until nobody turns the reactor.

    A move is sent when the player has seen the one before, and has the answer to their own last.
    """

    def __init__(
        self, make_game: Callable[[Callable[[], None]], Game], on_move: Callable[[float], None]
    ) -> None:
        """Has ON_MOVE called with how long it took from sending a move to the other's seeing it.

        What MAKE_GAME returns calls its argument whenever something was seen or answered.
        """
        self.has_moved = False
        self._on_move = on_move
        self._began = 0.0
        self._ply = 0
        self._is_under_way = False
        self._game = make_game(self._go_on)
        self._game.start()

    def _go_on(self) -> None:
        """What follows from what was seen or answered, if anything."""
        game, ply = self._game, self._ply
        seat = ply % 2
        if self._is_under_way and game.seen(seat) == ply:
            self._is_under_way = False
            self.has_moved = True
            self._on_move(time.perf_counter() - self._began)
        if ply == len(DRAW):
            if game.has_ended():
                self._ply = 0
                self._is_under_way = False
                game.start()
        elif self._may_move(seat):
            self._ply += 1
            self._is_under_way = True
            self._began = time.perf_counter()
            game.move(seat, ply, DRAW[ply])

    def _may_move(self, seat: int) -> bool:
        # At first both have to watch; later the other one has moved, and so has watched.
        watching = (0, 1) if self._ply == 0 else (seat,)
        return (
            not self._is_under_way
            and self._game.may_move(seat)
            and all(self._game.seen(one) == self._ply for one in watching)
        )
