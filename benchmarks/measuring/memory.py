"""What processes take of the memory."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable


def memory(processes: Iterable[psutil.Process]) -> int:
    """In bytes; what several of them share counts once. On Linux only."""
    total = 0
    for process in processes:
        # One of PostgreSQL's that had something short to do.
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total
