"""What processes take of the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psutil


def memory(processes: Iterable[psutil.Process]) -> int:
    """In bytes; what several of them share counts once. On Linux only."""
    return sum(process.memory_full_info().pss for process in processes)
