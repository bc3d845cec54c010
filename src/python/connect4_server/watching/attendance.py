"""Keeps the database informed of who has a stream in this process, and who asks without one.

Each player with a stream has a lease in the database, which this process extends. When the last
stream of a player has ended, and no other comes within a few seconds, it ends the lease, unless
another process has extended it since. The spectators of a game are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gevent
from cachetools import TTLCache

from connect4_server import presence_statements
from connect4_server.tokens import new_token
from connect4_server.watching.batches import Batches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from connect4_server.database import Database
    from connect4_server.game_state import GameState, SeenGame
    from connect4_server.watching.hub import Hub, Subscription, Topic
    from connect4_server.watching.presence import Presence

# More than twice in a lease, so that one extension may fail.
_RENEWAL_SECONDS = 20.0
# A player who reloads the page, or whose server stops, is back within this time.
_GRACE_SECONDS = 3.0
# Every count is shown to all watchers of the game.
_COUNT_PAUSE_SECONDS = 2.0
# A request is noted once in the first time, of each player; at most 500 in the second.
_REQUEST_SECONDS = 15.0
_REQUEST_PAUSE_SECONDS = 1.0
_MAX_REQUESTS = 1_000
_NOTED_PLAYERS = 10_000

# A game's id and a player's secret.
_Key = tuple[str, str]


@dataclass(slots=True)
class _Player:
    """A player with `streams` in this process, and the lease that it has written last."""

    topic: Topic
    streams: int = 0
    lease: datetime | None = None

    def number(self, player_id: str) -> int:
        """Returns the player's number, which a join may change."""
        state = self.topic.state
        if state is None:
            raise ValueError("a stream begins with a state")
        return state.number_of(player_id)


@dataclass(slots=True)
class _Spectators:
    """How many spectators a game has in this process, and how many of them are written."""

    streams: int = 0
    written: int = 0


class Attendance:
    """The players and spectators whose streams are open in this process."""

    def __init__(
        self,
        database: Database,
        hub: Hub,
        *,
        renewal_seconds: float = _RENEWAL_SECONDS,
        grace_seconds: float = _GRACE_SECONDS,
    ) -> None:
        """Takes the hub whose watchers are told; writes nothing before the first stream.

        Leases are extended every RENEWAL_SECONDS. A lease ends GRACE_SECONDS after the stream.
        """
        self._database = database
        self._hub = hub
        self._renewal_seconds = renewal_seconds
        self._grace_seconds = grace_seconds
        self._worker_id = new_token()
        self._players: dict[_Key, _Player] = {}
        self._spectators: dict[str, _Spectators] = {}
        self._present = Batches(self._extend, "extending leases")
        self._absent = Batches(self._release, "ending leases")
        self._recounted = Batches(self._count, "counting spectators", _COUNT_PAUSE_SECONDS)
        self._requests = Batches(self._note_requests, "noting requests", _REQUEST_PAUSE_SECONDS)
        self._noted: TTLCache[tuple[str, int], None] = TTLCache(_NOTED_PLAYERS, _REQUEST_SECONDS)
        self._renewal: gevent.Greenlet[[], None] | None = None
        hub.on_presence = self._correct

    def arrive(self, subscription: Subscription, player_id: str | None) -> Callable[[], None]:
        """A stream of the game begins: of this player, or of a spectator if it is None.

        Returns what to call when the stream has ended; calling it again does nothing.
        """
        if self._renewal is None:
            self._renewal = gevent.spawn(self._renew)
        game_id, topic = subscription.game_id, subscription.topic
        if player_id is None:
            self._spectators.setdefault(game_id, _Spectators()).streams += 1
            self._recounted.add(game_id)
            if topic.presence is None:
                self._hub.refresh_presence(game_id)
            return _once(partial(self._spectator_leaves, game_id))
        key = game_id, player_id
        player = self._players.setdefault(key, _Player(topic))
        player.topic = topic
        player.streams += 1
        if player.streams == 1:
            self._present.add(key)
        return _once(partial(self._player_leaves, key))

    def ask(self, seen: SeenGame) -> None:
        """A player has asked for a game; does not wait."""
        game_id, number, player_id = seen.state.game_id, seen.number, seen.player_id
        if number is None or player_id is None or not seen.state.active:
            return
        key = game_id, number
        has_stream = (game_id, player_id) in self._players
        if has_stream or key in self._noted or len(self._requests) >= _MAX_REQUESTS:
            return
        self._noted[key] = None
        self._requests.add(key)

    def _spectator_leaves(self, game_id: str) -> None:
        self._spectators[game_id].streams -= 1
        self._recounted.add(game_id)

    def _player_leaves(self, key: _Key) -> None:
        self._players[key].streams -= 1
        if self._players[key].streams == 0:
            gevent.spawn_later(self._grace_seconds, self._absent.add, key)

    def _correct(self, state: GameState, presence: Presence) -> None:
        """Extends leases that another process has ended: it had a stream of this player, too."""
        for player_id, is_there in zip(state.seats, presence.players, strict=True):
            player = player_id and self._players.get((state.game_id, player_id))
            if player_id and player and player.streams and player.lease and not is_there:
                player.lease = None
                self._present.add((state.game_id, player_id))

    def _renew(self) -> None:
        while True:
            gevent.sleep(self._renewal_seconds)
            self._present.add(*self._players)
            self._recounted.add(*self._spectators)

    def _extend(self, keys: Collection[_Key]) -> None:
        players = self._numbered(keys)
        if not players:
            return
        rows = self._database.write(presence_statements.EXTEND, _arrays(players))
        changed = []
        for game_id, number, lease in rows:
            player = players[game_id, number]
            if player.lease is None or lease - player.lease > presence_statements.LEASE:
                changed.append(game_id)
            player.lease = lease
        self._hub.publish_presence(*changed)

    def _release(self, keys: Collection[_Key]) -> None:
        absent = [key for key in keys if key in self._players and not self._players[key].streams]
        players = {key: player for key, player in self._numbered(absent).items() if player.lease}
        leases = [players[key].lease for key in sorted(players)]
        if players:
            values = {**_arrays(players), "stream_lease": leases}
            rows = self._database.write(presence_statements.RELEASE, values)
            self._hub.publish_presence(*(game_id for (game_id,) in rows))
        for key in absent:
            if self._players[key].streams:
                # Has come back meanwhile.
                self._players[key].lease = None
                self._present.add(key)
            else:
                del self._players[key]

    def _count(self, game_ids: Collection[str]) -> None:
        numbers = {
            game_id: self._spectators[game_id].streams
            for game_id in sorted(game_ids)
            if game_id in self._spectators
        }
        if not numbers:
            return
        self._database.write(
            presence_statements.COUNT_SPECTATORS,
            {
                "game_id": list(numbers),
                "spectators": list(numbers.values()),
                "worker_id": self._worker_id,
            },
        )
        for game_id, number in numbers.items():
            spectators = self._spectators[game_id]
            if spectators.written != number:
                spectators.written = number
                self._hub.publish_presence(game_id)
            if spectators.streams == spectators.written == 0:
                del self._spectators[game_id]

    def _note_requests(self, keys: Collection[tuple[str, int]]) -> None:
        rows = self._database.write(presence_statements.NOTE_REQUESTS, _arrays(keys))
        self._hub.publish_presence(*(game_id for (game_id,) in rows))

    def _numbered(self, keys: Iterable[_Key]) -> dict[tuple[str, int], _Player]:
        """Returns those of the players who are known here, by game id and number."""
        return {
            (game_id, player.number(player_id)): player
            for game_id, player_id in keys
            if (player := self._players.get((game_id, player_id)))
        }


def _once(function: Callable[[], None]) -> Callable[[], None]:
    """Returns FUNCTION, but that only its first call does anything."""
    calls = [function]

    def call() -> None:
        if calls:
            calls.pop()()

    return call


def _arrays(players: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """Returns parameters: sorted, so that processes lock rows in the same order."""
    game_ids, numbers = zip(*sorted(players), strict=True)
    return {"game_id": list(game_ids), "seat": list(numbers)}
