"""Ctrl-C and SIGTERM during a statement: the statement is cancelled, not waited for."""

from __future__ import annotations

import select
import signal
from typing import TYPE_CHECKING

import psycopg2
from psycopg2 import extensions

if TYPE_CHECKING:
    from types import FrameType

_WAIT_SECONDS = 10


def heed() -> None:
    """Lets Ctrl-C and SIGTERM raise KeyboardInterrupt from now on, during a statement as well.

    It holds for the whole process: its handler of SIGTERM, and all connections of psycopg2.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    extensions.set_wait_callback(_wait)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait(connection: extensions.connection) -> None:
    """Waits for PostgreSQL in Python, which handles signals meanwhile; within libpq it cannot.

    https://www.psycopg.org/docs/extensions.html#psycopg2.extensions.set_wait_callback
    """
    while True:
        try:
            state = connection.poll()
            if state == extensions.POLL_OK:
                return
            descriptors = [connection.fileno()]
            if state == extensions.POLL_READ:
                select.select(descriptors, [], [], _WAIT_SECONDS)
            elif state == extensions.POLL_WRITE:
                select.select([], descriptors, [], _WAIT_SECONDS)
            else:
                raise psycopg2.OperationalError(f"unexpected state {state} of a connection")
        except KeyboardInterrupt:
            connection.cancel()
            raise
