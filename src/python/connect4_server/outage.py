"""Reports an outage: a line in the log when it begins and one when it is over, and a metric."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import gevent

from connect4_server import metrics

if TYPE_CHECKING:
    from collections.abc import Hashable

logger = logging.getLogger(__name__)

_RECOVERY_SECONDS = 3.0


class Outage:
    """Keeps track of one dependency, and reports its outages, however many requests fail.

    An outage is over after some time of successes without a failure: during an outage, some
    attempts may succeed (hysteresis), for example on a disk that is nearly full.
    """

    def __init__(self, what: str, recovery_seconds: float = _RECOVERY_SECONDS) -> None:
        """WHAT is the lines' subject and the metric's label; RECOVERY_SECONDS end an outage."""
        self._what = what
        self._gauge = metrics.OUTAGE.labels(what)
        self._recovery_seconds = recovery_seconds
        self._is_lost = False
        self._failing: set[Hashable] = set()
        self._recovery: gevent.Greenlet[[], None] | None = None

    def failed(self, reason: str, operation: Hashable = None) -> None:
        """Reports a failure. REASON is logged, so it must hold no secret.

        If only one OPERATION fails, successes of others do not end the outage; None means that
        any success does.
        """
        self._failing.add(operation)
        if self._recovery is not None:
            self._recovery.kill(block=False)
            self._recovery = None
        if not self._is_lost:
            self._is_lost = True
            self._gauge.set(1)
            logger.error("%s is lost: %s", self._what, reason)

    def succeeded(self, operation: Hashable = None) -> None:
        """Reports a success of OPERATION."""
        if not self._is_lost:
            return
        self._failing -= {operation, None}
        if not self._failing and self._recovery is None:
            self._recovery = gevent.spawn_later(self._recovery_seconds, self._is_back)

    def _is_back(self) -> None:
        self._is_lost = False
        self._gauge.set(0)
        self._recovery = None
        logger.warning("%s is back", self._what)
