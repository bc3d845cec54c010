"""A server that is broken on purpose: it gets no notifications of other servers.

It subscribes to no notifications and never resyncs, so its watchers see its own changes only. The
checker has to find that out. It is started as a program: `python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from connect4_server import __main__
from connect4_server.watching import hub, postgres_notifications

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from connect4_server.game_state import GameState
    from connect4_server.watching.notifications import Notifications
    from connect4_server.watching.presence import Presence

# Longer than any run.
_RESYNC_SECONDS = 24 * 60 * 60.0


class _Notifications(postgres_notifications.PostgresNotifications):
    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        pass


class _Hub(hub.Hub):
    def __init__(
        self,
        read: Callable[[Collection[str]], Iterable[GameState]],
        read_presences: Callable[[Collection[str]], Mapping[str, Presence]],
        notifications: Notifications,
        resync_seconds: float = _RESYNC_SECONDS,
    ) -> None:
        super().__init__(read, read_presences, notifications, resync_seconds)


if __name__ == "__main__":
    # Before the application takes them from there.
    postgres_notifications.PostgresNotifications = _Notifications  # type: ignore[misc]
    hub.Hub = _Hub  # type: ignore[misc]
    sys.exit(__main__.main())
