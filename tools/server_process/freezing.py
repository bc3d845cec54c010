"""Stops processes for a while, as a machine does that has hung."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil

from server_process.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SCRIPT = 'kill -STOP "$@"; read -r _; kill -CONT "$@"'


@contextmanager
def frozen(processes: Sequence[psutil.Process]) -> Iterator[None]:
    """Within it they do nothing: their connections stay open, and nothing comes through them.

    The shell that stops them continues them when its input ends, and so also when this process is
    killed. Else they would stay for ever: what is stopped does not end by SIGTERM.
    """
    pids = [str(process.pid) for process in processes]
    with subprocess.Popen(["sh", "-c", _SCRIPT, "sh", *pids], stdin=subprocess.PIPE):
        wait_until(lambda: all(p.status() == psutil.STATUS_STOPPED for p in processes))
        yield
