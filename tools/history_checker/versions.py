"""Which version a game can have had at a time, by what was told of it.

A game's version is the number of its players plus the number of its moves: 1 when it is created, 2
when it is joined, and one more with every move, and with a resignation. Every answer tells a
version, and versions only rise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from history_checker.history import Operation


@dataclass(frozen=True, slots=True)
class Told:
    """An operation that tells a version.

    `found` is the version at which the server found the game, at some time after `asked`. Both are
    None for an event that comes by itself, which may be late.
    """

    operation: Operation
    ended: int
    version: int
    asked: int | None = None
    found: int | None = None


@dataclass
class Versions:
    """The versions that a game can have had at a time, by the answers before and after it."""

    final: int
    _ends: list[int] = field(default_factory=list)
    _reached: list[int] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)
    _left: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, told: Iterable[Told], final: int) -> Versions:
        """By what was TOLD of a game whose version in the end is FINAL."""
        told = list(told)
        ended = sorted((each.ended, each.version) for each in told)
        asked = sorted(
            (each.asked, each.found)
            for each in told
            if each.asked is not None and each.found is not None
        )
        return cls(
            final,
            [end for end, _ in ended],
            list(accumulate((version for _, version in ended), max)),
            [begin for begin, _ in asked],
            list(accumulate((found for _, found in reversed(asked)), min))[::-1],
        )

    def at_least(self, time: int) -> int:
        """The highest version in an answer that came before TIME; 0 if there was none."""
        index = bisect_left(self._ends, time)
        return self._reached[index - 1] if index else 0

    def at_most(self, time: int) -> int:
        """The lowest version found for a request that began after TIME."""
        index = bisect_right(self._begins, time)
        return self._left[index] if index < len(self._left) else self.final

    def first_told(self, version: int) -> int | None:
        """When the first answer with this version, or a higher one, came."""
        index = bisect_left(self._reached, version)
        return self._ends[index] if index < len(self._ends) else None
