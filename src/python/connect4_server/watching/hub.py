"""Who watches which game in this process, and how its changes reach them.

Changes made here are seen at once. Of those made elsewhere a notice tells, upon which the game's
row is read, and only if somebody watches it here. Notices may get lost, so whenever this process
begins to listen, and every few seconds anyway, all watched rows are read: what is in them counts.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import gevent
from gevent.event import Event

from connect4_server.database import DatabaseUnavailableError
from connect4_server.outage import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from connect4_server.game_state import GameState
    from connect4_server.watching.notices import Notices

_ROUND_SECONDS = 15.0
_AGAIN_SECONDS = 0.5
_MOST_AT_ONCE = 500


class Topic:
    """A watched game: its newest state, and an event that is set when there is a newer one.

    However slow they are, watchers have no queue: whoever comes late finds the newest state.
    """

    __slots__ = ("changed", "state", "watchers")

    def __init__(self) -> None:
        self.state: GameState | None = None
        self.changed = Event()
        self.watchers = 0

    def renew(self, state: GameState) -> None:
        """Wakes the watchers, if STATE is newer than what they have."""
        if self.state is None or self.state.version < state.version:
            self.state = state
            self.wake()

    def wake(self) -> None:
        changed, self.changed = self.changed, Event()
        changed.set()


class Subscription:
    """Somebody's interest in a game, until it is closed."""

    __slots__ = ("_hub", "game_id", "topic")

    def __init__(self, hub: Hub, game_id: str, topic: Topic) -> None:
        self._hub: Hub | None = hub
        self.game_id = game_id
        self.topic = topic
        topic.watchers += 1

    def close(self) -> None:
        """Ends it; closing it again does nothing."""
        hub, self._hub = self._hub, None
        if hub is not None:
            hub.leave(self)


class Hub:
    """The watched games of this process."""

    def __init__(
        self,
        read: Callable[[Collection[str]], Iterable[GameState]],
        notices: Notices,
        round_seconds: float = _ROUND_SECONDS,
    ) -> None:
        """READ gives the games as they are in the database; nothing happens before it is needed."""
        self._read = read
        self._notices = notices
        self._round_seconds = round_seconds
        self._topics: dict[str, Topic] = {}
        self._to_read: dict[str, None] = {}
        self._wanted = Event()
        self._reader: gevent.Greenlet[[], None] | None = None
        self._outage = Outage("reading watched games")
        self.is_closing = False

    def publish(self, state: GameState) -> None:
        """Shows a change that was made here to all who watch, wherever they are."""
        self.renew(state)
        self._notices.say(state.game_id, state.version)

    def renew(self, state: GameState) -> None:
        """Shows a state that was read to those who watch here."""
        topic = self._topics.get(state.game_id)
        if topic is not None:
            topic.renew(state)

    def subscribe(self, game_id: str) -> Subscription:
        """From now on no change of the game is missed; what it is like has to be read after it."""
        if self._reader is None:
            self._reader = gevent.spawn(self._keep_reading)
            gevent.spawn(self._go_round)
            self._notices.listen(self._heard, self._read_all)
        topic = self._topics.get(game_id)
        if topic is None:
            topic = self._topics[game_id] = Topic()
        return Subscription(self, game_id, topic)

    def leave(self, subscription: Subscription) -> None:
        """Called by the subscription that ends."""
        subscription.topic.watchers -= 1
        if subscription.topic.watchers == 0:
            del self._topics[subscription.game_id]

    def close(self) -> None:
        """Wakes all who watch, so that they see `is_closing` and go."""
        self.is_closing = True
        for topic in self._topics.values():
            topic.wake()

    def _heard(self, game_id: str, version: int) -> None:
        topic = self._topics.get(game_id)
        if topic is not None and (topic.state is None or topic.state.version < version):
            self._to_read[game_id] = None
            self._wanted.set()

    def _read_all(self) -> None:
        self._to_read.update(dict.fromkeys(self._topics))
        self._wanted.set()

    def _go_round(self) -> None:
        """By the clock: where notices never cease, one that got lost would not be missed."""
        while True:
            gevent.sleep(self._round_seconds)
            self._read_all()

    def _keep_reading(self) -> None:
        """While rows are read, the next notices gather: a busy process reads many at once."""
        while True:
            self._wanted.wait()
            batch = list(islice(self._to_read, _MOST_AT_ONCE))
            # Before reading: of what is heard of meanwhile the rows that come may not know yet.
            for game_id in batch:
                del self._to_read[game_id]
            if not self._to_read:
                self._wanted.clear()
            try:
                states = self._read(batch) if batch else ()
            except Exception as error:
                # Whatever it was: without this greenlet nobody would see anything any more.
                if not isinstance(error, DatabaseUnavailableError):  # which has been logged
                    self._outage.failed(str(error))
                self._to_read.update(dict.fromkeys(batch))
                self._wanted.set()
                gevent.sleep(_AGAIN_SECONDS)
                continue
            self._outage.succeeded()
            for state in states:
                self.renew(state)
