"""Waiting for what other processes do, for as long as makes sense."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# For what hangs: a busy machine may take long.
_SECONDS = 120.0


def wait_until(condition: Callable[[], object], seconds: float = _SECONDS) -> None:
    """Returns when the condition is true. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"still not so after {seconds} s")
        time.sleep(0.01)


def wait_until_ended(processes: Iterable[psutil.Process], seconds: float = _SECONDS) -> None:
    """Returns when all of them have ended, be they this process's children or not.

    Raises TimeoutError.
    """
    watched = list(processes)
    wait_until(lambda: all(_has_ended(process) for process in watched), seconds)


def _has_ended(process: psutil.Process) -> bool:
    # An orphan whose new parent reaps nothing stays a zombie, in a container for example.
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
