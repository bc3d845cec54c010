"""Games that go on while something is done to the servers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class EndlessGames:
    """A context manager: within it threads play game after game, until one of them fails."""

    def __init__(self, threads: int, play: Callable[[int], None]) -> None:
        """Takes what plays a game to its end; it is told a number, not the same one twice running.

        Threads start with different numbers.
        """
        self._play = play
        self._stopped = threading.Event()
        self._played = [0] * threads
        self.failures: list[Exception] = []
        self._threads = [
            threading.Thread(target=self._play_on, args=[index]) for index in range(threads)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Returns when the last games are over."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self) -> None:
        """Returns when every thread has begun and ended another game; raises what one met."""
        goals = [played + 2 for played in self._played]
        wait_until(
            lambda: (
                self.failures
                or all(played >= goal for played, goal in zip(self._played, goals, strict=True))
            ),
            120,
        )
        if self.failures:
            raise self.failures[0]

    def _play_on(self, index: int) -> None:
        while not self._stopped.is_set() and not self.failures:
            try:
                self._play(self._played[index] + index)
            except Exception as error:
                self.failures.append(error)
            self._played[index] += 1
