"""Fan-out: brings the changes of games to the watchers in this process.

Changes made in this process are shown at once. For a change made elsewhere a notification arrives;
then the row is read, if the game is watched here. Notifications may get lost. So all watched rows
are read when this process (re)subscribes, and periodically (a resync). The row is the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import gevent
from gevent.event import Event

from connect4_server import metrics
from connect4_server.watching.batches import Batches
from connect4_server.watching.notification_lag import NotificationLag

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from connect4_server.game_state import GameState
    from connect4_server.watching.notifications import Notifications
    from connect4_server.watching.presence import Presence

_RESYNC_SECONDS = 15.0
# Of a notification that is not about the game's state. Servers of the release before watch no game
# of such a name.
_PRESENCE = "presence/"


@dataclass(slots=True)
class Topic:
    """A watched game: its newest `state` and `presence`, and `changed`, an event that both set.

    Watchers have no queue. A slow one skips versions and gets the newest state, so that nothing
    piles up for it (conflation).
    """

    state: GameState | None = None
    presence: Presence | None = None
    changed: Event = field(default_factory=Event)
    watchers: int = 0

    def update(self, state: GameState) -> None:
        """Sets the state and wakes the watchers, if STATE has a higher version."""
        if self.state is None or self.state.version < state.version:
            self.state = state
            self.wake()

    def show(self, presence: Presence) -> None:
        """Sets the presence and wakes the watchers, if it is another one."""
        if self.presence != presence:
            self.presence = presence
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

    @property
    def is_closing(self) -> bool:
        """Whether its stream is to end, since its hub does, or it is closed itself."""
        return self._hub is None or self._hub.is_closing

    def close(self) -> None:
        """Unsubscribes; closing it again does nothing."""
        hub, self._hub = self._hub, None
        if hub is not None:
            hub.unsubscribe(self)


class Hub:
    """The watched games of this process."""

    def __init__(
        self,
        read: Callable[[Collection[str]], Iterable[GameState]],
        read_presences: Callable[[Collection[str]], Mapping[str, Presence]],
        notifications: Notifications,
        resync_seconds: float = _RESYNC_SECONDS,
    ) -> None:
        """READ returns these games as they are in the database; it may raise what `Database` does.

        READ_PRESENCES does the same for who is there, by game id. The hub subscribes to
        NOTIFICATIONS with its first subscriber, and resyncs every RESYNC_SECONDS.
        """
        self._read = read
        self._read_presences = read_presences
        self._notifications = notifications
        self._resync_seconds = resync_seconds
        self._topics: dict[str, Topic] = {}
        self._stale = Batches(self._read_stale, "reading watched games")
        self._stale_presences = Batches(self._read_stale_presences, "reading who is there")
        self._is_subscribed = False
        self._lag = NotificationLag()
        self.on_presence: Callable[[GameState, Presence], None] | None = None
        """Called with a watched game and who is there, whenever that has been read."""
        self.is_closing = False

    def publish(self, state: GameState) -> None:
        """Shows a change made in this process to all watchers, here and in other processes."""
        self.update(state)
        self._notifications.publish(state.game_id, state.version)
        if self._is_subscribed:
            self._lag.published(state.game_id, state.version)

    def update(self, state: GameState) -> None:
        """Shows a state that was read from the database to the watchers in this process."""
        topic = self._topics.get(state.game_id)
        if topic is not None:
            topic.update(state)
            if topic.presence is not None and topic.presence.somebody_is_gone:
                # With a move that changes.
                self.refresh_presence(state.game_id)

    def publish_presence(self, *game_ids: str) -> None:
        """Has all processes with watchers of these games read again who is there."""
        for game_id in game_ids:
            self.refresh_presence(game_id)
            self._notifications.publish(_PRESENCE + game_id, 0)

    def refresh_presence(self, game_id: str) -> None:
        """Has it read again who is there, if the game is watched in this process."""
        if game_id in self._topics:
            self._stale_presences.add(game_id)

    def subscribe(self, game_id: str) -> Subscription:
        """Subscribes to the changes of a game from now on; read its current state after this."""
        if not self._is_subscribed:
            self._is_subscribed = True
            gevent.spawn(self._resync)
            self._notifications.subscribe(self._on_notification, self._read_all)
        topic = self._topics.setdefault(game_id, Topic())
        topic.watchers += 1
        metrics.OPEN_STREAMS.inc()
        return Subscription(game_id, topic, self)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Is called by `Subscription.close`."""
        metrics.OPEN_STREAMS.dec()
        subscription.topic.watchers -= 1
        if subscription.topic.watchers == 0:
            del self._topics[subscription.game_id]

    def close(self) -> None:
        """Ends all streams: sets `is_closing` and wakes the watchers."""
        self.is_closing = True
        for topic in self._topics.values():
            topic.wake()

    def _on_notification(self, name: str, version: int) -> None:
        metrics.NOTIFICATIONS_RECEIVED.inc()
        self._lag.received(name, version)
        if name.startswith(_PRESENCE):
            self.refresh_presence(name.removeprefix(_PRESENCE))
            return
        topic = self._topics.get(name)
        if topic is None:
            return
        state = topic.state
        # A server of the release before does not count the changes between moves.
        if state is None or state.version - state.changes < version:
            self._stale.add(name)

    def _read_all(self) -> None:
        self._stale.add(*self._topics)
        self._stale_presences.add(*self._topics)

    def _resync(self) -> None:
        """Resyncs by the clock, however many notifications arrive: one may have got lost."""
        while True:
            gevent.sleep(self._resync_seconds)
            self._read_all()

    def _read_stale(self, game_ids: Collection[str]) -> None:
        for state in self._read(game_ids):
            self.update(state)

    def _read_stale_presences(self, game_ids: Collection[str]) -> None:
        for game_id, presence in self._read_presences(game_ids).items():
            topic = self._topics.get(game_id)
            if topic is None:
                continue
            topic.show(presence)
            if self.on_presence is not None and topic.state is not None:
                self.on_presence(topic.state, presence)
