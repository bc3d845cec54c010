"""How old a game can have been at a time, by what was told of it.

A game's age is how many seats are taken plus how many moves are made: 1 when it is created, 2 when
it is joined, one more with every move. An answer tells an age, and ages only rise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from history_checker.history import Operation, Seen


def age_of(seen: Seen) -> int:
    """The age of the game that was seen."""
    return seen.players + len(seen.moves)


@dataclass(frozen=True, slots=True)
class Told:
    """An operation that tells an age.

    `before` is the age at which whoever answered found the game, at some time after `asked`; both
    are None for an event that comes by itself, which may be late.
    """

    operation: Operation
    ended: int
    age: int
    asked: int | None = None
    before: int | None = None


@dataclass
class Ages:
    """The ages that a game can have had at a time, by answers before and after it."""

    oldest: int
    _ends: list[int] = field(default_factory=list)
    _reached: list[int] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)
    _left: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, told: Iterable[Told], oldest: int) -> Ages:
        """By what was TOLD of a game whose age in the end is OLDEST."""
        told = list(told)
        ended = sorted((each.ended, each.age) for each in told)
        asked = sorted(
            (each.asked, each.before)
            for each in told
            if each.asked is not None and each.before is not None
        )
        return cls(
            oldest,
            [end for end, _ in ended],
            list(accumulate((age for _, age in ended), max)),
            [begin for begin, _ in asked],
            list(accumulate((before for _, before in reversed(asked)), min))[::-1],
        )

    def at_least(self, time: int) -> int:
        """The age that was told in an answer that came before TIME."""
        index = bisect_left(self._ends, time)
        return self._reached[index - 1] if index else 0

    def at_most(self, time: int) -> int:
        """The youngest age that was told to somebody who asked after TIME."""
        index = bisect_right(self._begins, time)
        return self._left[index] if index < len(self._left) else self.oldest

    def first_told(self, age: int) -> int | None:
        """When the first answer came that told this age, or an older one."""
        index = bisect_left(self._reached, age)
        return self._ends[index] if index < len(self._ends) else None
