"""Whose turn is when: the way there in one round, and the way back in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = TypeVar("_T")


def in_turn(contenders: Sequence[_T], number: int) -> list[_T]:
    """The order of a round, so that nobody comes right after the same other one in every round.

    What one leaves behind, such as pages that PostgreSQL has yet to write, slows the next.
    """
    return list(contenders if number % 2 == 0 else reversed(contenders))
