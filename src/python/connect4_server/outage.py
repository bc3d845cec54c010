"""One line in the log when something is lost, and one when it is back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import gevent

if TYPE_CHECKING:
    from collections.abc import Hashable

logger = logging.getLogger(__name__)

_CALM_SECONDS = 3.0


class Outage:
    """What is logged of failures, however many requests meet them.

    Something is back when it has worked for a moment without failing: of many attempts some may
    succeed all the time, on a disk that is nearly full for example.
    """

    def __init__(self, what: str, calm_seconds: float = _CALM_SECONDS) -> None:
        self._what = what
        self._calm_seconds = calm_seconds
        self._is_lost = False
        self._failing: set[Hashable] = set()
        self._calm: gevent.Greenlet[[], None] | None = None

    def failed(self, reason: str, work: Hashable = None) -> None:
        """An attempt failed for REASON, which holds no secret.

        Where it is only some WORK that fails, no other shows that all is well again.
        """
        self._failing.add(work)
        if self._calm is not None:
            self._calm.kill(block=False)
            self._calm = None
        if not self._is_lost:
            self._is_lost = True
            logger.error("%s is lost: %s", self._what, reason)

    def succeeded(self, work: Hashable = None) -> None:
        """An attempt succeeded, at that WORK."""
        if not self._is_lost:
            return
        self._failing -= {work, None}
        if not self._failing and self._calm is None:
            self._calm = gevent.spawn_later(self._calm_seconds, self._is_back)

    def _is_back(self) -> None:
        self._is_lost = False
        self._calm = None
        logger.warning("%s is back", self._what)
