"""Handles keys in batches: while one is handled, the next collects."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

import gevent
from gevent.event import Event

from connect4_server.database import DatabaseUnavailableError
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable

_MAX_BATCH = 500
_RETRY_SECONDS = 0.5

_Key = TypeVar("_Key", bound="Hashable")


class Batches(Generic[_Key]):
    """A queue of distinct keys, which one greenlet takes in batches of 500 at most.

    If a batch fails, it is tried again half a second later, together with what came meanwhile.
    """

    def __init__(
        self, handle: Callable[[Collection[_Key]], None], what: str, pause_seconds: float = 0.0
    ) -> None:
        """HANDLE gets the keys of a batch, and may wait; WHAT it does is for the log.

        There are at least PAUSE_SECONDS between two batches.
        """
        self._handle = handle
        self._outage = Outage(what)
        self._pause_seconds = pause_seconds
        self._waiting: dict[_Key, None] = {}
        self._filled = Event()
        self._greenlet: gevent.Greenlet[[], None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, *keys: _Key) -> None:
        """Queues keys; does not wait."""
        if not keys:
            return
        self._waiting.update(dict.fromkeys(keys))
        self._filled.set()
        if self._greenlet is None:
            self._greenlet = gevent.spawn(self._run)

    def _run(self) -> None:
        while self._filled.wait():
            batch = list(islice(self._waiting, _MAX_BATCH))
            # Before it is handled: a key that comes meanwhile is for a newer reason.
            for key in batch:
                del self._waiting[key]
            if not self._waiting:
                self._filled.clear()
            try:
                self._handle(batch)
            except Exception as error:
                # Whatever it was, this greenlet has to go on.
                if not isinstance(error, DatabaseUnavailableError):  # which has been logged
                    self._outage.failed(str(error))
                self.add(*batch)
                gevent.sleep(_RETRY_SECONDS)
            else:
                self._outage.succeeded()
                gevent.sleep(self._pause_seconds)
