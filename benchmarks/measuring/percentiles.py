"""How long most of them took."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value that is greater than that share of them; the greatest for 1."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def milliseconds(seconds: Sequence[float], share: float) -> float:
    """The same of times in seconds, in ms, to 10 µs."""
    return round(percentile(seconds, share) * 1000, 2)
