"""How long a notification takes to arrive.

A process also receives its own notifications, by the same way as all others. So one clock suffices,
and the payload needs no time of its own.
"""

from __future__ import annotations

import time

from connect4_server import metrics

_LOST_SECONDS = 60.0


class NotificationLag:
    """Times one notification after the other, from its publication to its arrival here.

    While one is awaited, others are not timed. One that does not arrive is given up after a minute.
    """

    def __init__(self) -> None:
        """Awaits nothing yet."""
        self._awaited: tuple[str, int] | None = None
        self._since = 0.0

    def published(self, game_id: str, version: int) -> None:
        """A notification is on its way."""
        now = time.monotonic()
        if self._awaited is None or now - self._since > _LOST_SECONDS:
            self._awaited = game_id, version
            self._since = now

    def received(self, name: str, version: int) -> None:
        """A notification has arrived; a newer one of the same game may have replaced it."""
        if self._awaited is None:
            return
        game_id, least = self._awaited
        if name == game_id and version >= least:
            self._awaited = None
            metrics.NOTIFICATION_LAG_SECONDS.observe(time.monotonic() - self._since)
