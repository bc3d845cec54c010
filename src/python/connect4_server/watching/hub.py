"""Fan-out: brings the changes of games to the watchers in this process.

Changes made in this process are shown at once. For a change made elsewhere a notification arrives;
then the row is read, if the game is watched here. Notifications may get lost. So all watched rows
are read when this process (re)subscribes, and periodically (a resync). The row is the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import gevent
from gevent.event import Event

from connect4_server.database import DatabaseUnavailableError
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from connect4_server.game_state import GameState
    from connect4_server.watching.notifications import Notifications

_RESYNC_SECONDS = 15.0
_RETRY_SECONDS = 0.5
_MAX_BATCH = 500


@dataclass(slots=True)
class Topic:
    """A watched game: its newest `state`, and `changed`, an event that a newer state sets.

    Watchers have no queue. A slow one skips versions and gets the newest state, so that nothing
    piles up for it (conflation).
    """

    state: GameState | None = None
    changed: Event = field(default_factory=Event)
    watchers: int = 0

    def update(self, state: GameState) -> None:
        """Sets the state and wakes the watchers, if STATE has a higher version."""
        if self.state is None or self.state.version < state.version:
            self.state = state
            self.wake()

    def wake(self) -> None:
        """Wakes the watchers; `changed` is a new event afterwards."""
        changed, self.changed = self.changed, Event()
        changed.set()


@dataclass(slots=True)
class Subscription:
    """One watcher's subscription to a topic, made by `Hub.subscribe`, until it is closed."""

    game_id: str
    topic: Topic
    _hub: Hub | None

    def close(self) -> None:
        """Unsubscribes; closing it again does nothing."""
        hub, self._hub = self._hub, None
        if hub is not None:
            hub.unsubscribe(self)


class Hub:
    """The watched games of this process.

    `is_closing` tells streams to end.
    """

    def __init__(
        self,
        read: Callable[[Collection[str]], Iterable[GameState]],
        notifications: Notifications,
        resync_seconds: float = _RESYNC_SECONDS,
    ) -> None:
        """READ returns these games as they are in the database; it may raise what `Database` does.

        It subscribes to NOTIFICATIONS with its first subscriber, and resyncs every RESYNC_SECONDS.
        """
        self._read = read
        self._notifications = notifications
        self._resync_seconds = resync_seconds
        self._topics: dict[str, Topic] = {}
        self._stale: dict[str, None] = {}
        self._read_requested = Event()
        self._reader: gevent.Greenlet[[], None] | None = None
        self._outage = Outage("reading watched games")
        self.is_closing = False

    def publish(self, state: GameState) -> None:
        """Shows a change made in this process to all watchers, here and in other processes."""
        self.update(state)
        self._notifications.publish(state.game_id, state.version)

    def update(self, state: GameState) -> None:
        """Shows a state that was read from the database to the watchers in this process."""
        topic = self._topics.get(state.game_id)
        if topic is not None:
            topic.update(state)

    def subscribe(self, game_id: str) -> Subscription:
        """Subscribes to the changes of a game from now on; read its current state after this."""
        if self._reader is None:
            self._reader = gevent.spawn(self._read_stale)
            gevent.spawn(self._resync)
            self._notifications.subscribe(self._on_notification, self._read_all)
        topic = self._topics.setdefault(game_id, Topic())
        topic.watchers += 1
        return Subscription(game_id, topic, self)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Is called by `Subscription.close`."""
        subscription.topic.watchers -= 1
        if subscription.topic.watchers == 0:
            del self._topics[subscription.game_id]

    def close(self) -> None:
        """Ends all streams: sets `is_closing` and wakes the watchers."""
        self.is_closing = True
        for topic in self._topics.values():
            topic.wake()

    def _on_notification(self, game_id: str, version: int) -> None:
        topic = self._topics.get(game_id)
        if topic is None:
            return
        state = topic.state
        # A server of the release before does not count the changes between moves.
        if state is None or state.version - state.changes < version:
            self._stale[game_id] = None
            self._read_requested.set()

    def _read_all(self) -> None:
        self._stale.update(dict.fromkeys(self._topics))
        self._read_requested.set()

    def _resync(self) -> None:
        """Resyncs by the clock, however many notifications arrive: one may have got lost."""
        while True:
            gevent.sleep(self._resync_seconds)
            self._read_all()

    def _read_stale(self) -> None:
        """Reads games in batches: while one is read, the next notifications collect."""
        while True:
            self._read_requested.wait()
            batch = list(islice(self._stale, _MAX_BATCH))
            # Before reading: a notification that arrives meanwhile may be for a newer version.
            for game_id in batch:
                del self._stale[game_id]
            if not self._stale:
                self._read_requested.clear()
            try:
                states = self._read(batch) if batch else ()
            except Exception as error:
                # Whatever it was, this greenlet has to go on, or watchers would see nothing more.
                if not isinstance(error, DatabaseUnavailableError):  # which has been logged
                    self._outage.failed(str(error))
                self._stale.update(dict.fromkeys(batch))
                self._read_requested.set()
                gevent.sleep(_RETRY_SECONDS)
                continue
            self._outage.succeeded()
            for state in states:
                self.update(state)
