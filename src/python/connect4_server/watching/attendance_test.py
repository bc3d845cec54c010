"""Who is there according to several processes on one database, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gevent
import pytest
from sqlalchemy import text

from connect4_server import presence_statements
from connect4_server.database import Database, DatabaseUnavailableError
from connect4_server.games import Games
from connect4_server.statements import READ_ONLY
from connect4_server.watching.attendance import Attendance
from connect4_server.watching.hub import Hub
from connect4_server.watching.presence import Presence, read_presences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Executable

    from connect4_server.database import Row
    from connect4_server.game_state import SeenGame
    from connect4_server.watching.hub import Subscription

LONG = 600.0
STALE_SPECTATORS = """
    INSERT INTO spectators VALUES ('{}', 'killed', 7, now() - interval '{} s')
"""


class CountingDatabase(Database):
    """Counts writes; fails while it is `down`."""

    writes = 0
    down = False

    def write(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[Row]:
        if self.down:
            raise DatabaseUnavailableError("gone")
        self.writes += 1
        return super().write(statement, values)


class Channel:
    """Notifications between the processes of a test."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, int], None]] = []

    def publish(self, game_id: str, version: int) -> None:
        for listener in self._listeners:
            gevent.spawn(listener, game_id, version)

    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        self._listeners.append(on_notification)
        on_subscribed()


@dataclass
class Watched:
    """A stream, without HTTP."""

    subscription: Subscription
    leave: Callable[[], None]

    @property
    def presence(self) -> Presence | None:
        return self.subscription.topic.presence

    def sees(self, *players: bool | None, spectators: int | None = None) -> bool:
        presence = self.presence
        if presence is None or presence.players != players:
            return False
        return spectators is None or presence.spectators == spectators

    def close(self) -> None:
        self.subscription.close()
        self.leave()


class Process:
    """A server process, without HTTP; `closed` streams count at once, if nothing else is said."""

    def __init__(
        self, database_url: str, channel: Channel, grace: float = 0.0, renewal: float = LONG
    ) -> None:
        self.database = CountingDatabase(database_url)
        # SQLAlchemy's first connection takes a lock of threads, which a server has patched.
        self.database.read(READ_ONLY)
        self.games = Games(self.database)
        self.hub = Hub(self.games.states, partial(read_presences, self.database), channel, LONG)
        self.games.on_change = self.hub.publish
        self.attendance = Attendance(
            self.database, self.hub, grace_seconds=grace, renewal_seconds=renewal
        )

    def watch(self, seen: SeenGame, *, as_spectator: bool = False) -> Watched:
        """Opens a stream of that player."""
        subscription = self.hub.subscribe(seen.state.game_id)
        self.hub.update(self.games.state(seen.state.game_id))
        player_id = None if as_spectator else seen.player_id
        return Watched(subscription, self.attendance.arrive(subscription, player_id))

    def presence(self, seen: SeenGame) -> Presence:
        """Who is there, as the database has it."""
        game_id = seen.state.game_id
        return read_presences(self.database, [game_id])[game_id]

    def start(self) -> tuple[SeenGame, SeenGame]:
        """Both seats of a new game."""
        first = self.games.create()
        return first, self.games.join(first.state.game_id)


def eventually(condition: Callable[[], object]) -> None:
    with gevent.Timeout(120):
        while not condition():
            gevent.sleep(0.01)


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def one(database_url: str, channel: Channel) -> Process:
    return Process(database_url, channel)


@pytest.fixture
def other(database_url: str, channel: Channel) -> Process:
    return Process(database_url, channel)


def test_players_at_several_processes_see_each_other_come_and_go(
    one: Process, other: Process
) -> None:
    first, second = one.start()
    watched = one.watch(first)
    eventually(lambda: watched.sees(True, None))
    stream = other.watch(second)
    eventually(lambda: watched.sees(True, True) and stream.sees(True, True))
    stream.close()
    eventually(lambda: watched.sees(True, False))
    stream = other.watch(second)
    eventually(lambda: watched.sees(True, True) and stream.sees(True, True))


@pytest.mark.parametrize("renews_last", [True, False])
def test_a_player_is_there_until_their_last_stream_ends_anywhere(
    one: Process, other: Process, renews_last: bool
) -> None:
    first, second = one.start()
    watched = one.watch(first)
    leaving = one.watch(second)
    eventually(lambda: watched.sees(True, True))
    writes = other.database.writes
    staying = other.watch(second)
    eventually(lambda: other.database.writes > writes and staying.presence)
    key = second.state.game_id, second.player_id or ""
    if renews_last:
        lease = one.attendance._players[key].lease
        one.attendance._present.add(key)
        eventually(lambda: one.attendance._players[key].lease != lease)
    leaving.close()
    eventually(lambda: key not in one.attendance._players)
    eventually(lambda: one.presence(second).players == (True, True))
    eventually(lambda: watched.sees(True, True))
    staying.close()
    eventually(lambda: watched.sees(True, False))


def test_who_comes_back_at_once_has_not_been_gone(database_url: str, channel: Channel) -> None:
    process = Process(database_url, channel, grace=LONG)
    first, second = process.start()
    watched, leaving = process.watch(first), process.watch(second)
    eventually(lambda: watched.sees(True, True))
    presence = watched.presence
    leaving.close()
    process.watch(second)
    process.hub.refresh_presence(first.state.game_id)
    eventually(lambda: not process.hub._stale_presences)
    assert watched.presence is presence


def test_a_creator_whose_number_changes_keeps_their_lease(one: Process) -> None:
    creator = one.games.create(joiner_begins=True)
    watched, stream = one.watch(creator, as_spectator=True), one.watch(creator)
    eventually(lambda: watched.sees(True, None))
    one.games.join(creator.state.game_id)
    one.hub.refresh_presence(creator.state.game_id)
    eventually(lambda: watched.sees(None, True))
    stream.close()
    eventually(lambda: watched.sees(None, False))


def test_leases_are_extended_while_streams_are_open(database_url: str, channel: Channel) -> None:
    process = Process(database_url, channel, renewal=0.01)
    first, _ = process.start()
    process.watch(first)
    player = process.attendance._players[first.state.game_id, first.player_id or ""]
    eventually(lambda: player.lease)
    lease = player.lease
    assert lease
    eventually(lambda: player.lease and player.lease > lease)


def test_a_lease_ends_by_itself(one: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of a server that has been killed."""
    monkeypatch.setattr(presence_statements, "LEASE", presence_statements.LEASE * 0)
    first, _ = one.start()
    one.watch(first)
    eventually(lambda: one.presence(first).players == (False, None))


def test_a_request_shows_a_player_without_a_stream(one: Process, other: Process) -> None:
    first, second = one.start()
    watched = one.watch(first)
    eventually(lambda: watched.sees(True, None))
    other.attendance.ask(second)
    eventually(lambda: watched.sees(True, True))
    assert one.presence(first).gone_since == (None, None)


def test_requests_are_written_once_in_a_while(one: Process) -> None:
    first, second = one.start()
    one.database.writes = 0
    for _ in range(100):
        one.attendance.ask(first)
        one.attendance.ask(second)
    eventually(lambda: one.presence(first).players == (True, True))
    for _ in range(100):
        one.attendance.ask(first)
    gevent.idle()
    assert not one.attendance._requests
    assert one.database.writes == 1


def test_a_request_of_a_player_with_a_stream_is_not_written(one: Process) -> None:
    first, _ = one.start()
    one.watch(first)
    one.attendance.ask(first)
    assert not one.attendance._requests


def test_a_move_shows_a_player_without_a_stream(one: Process) -> None:
    first, second = one.start()
    assert one.presence(first).players == (None, None)
    one.games.move(first.state.game_id, first.player_id or "", 3)
    assert one.presence(second).players == (True, None)


def test_what_fails_is_written_when_the_database_is_back(one: Process) -> None:
    first, second = one.start()
    watched = one.watch(first)
    eventually(lambda: watched.sees(True, None))
    one.database.down = True
    stream = one.watch(second)
    one.attendance.ask(second)
    gevent.idle()
    one.database.down = False
    eventually(lambda: stream.sees(True, True))


def test_spectators_are_counted_over_all_processes(one: Process, other: Process) -> None:
    first, _ = one.start()
    watched = one.watch(first)
    spectators = [process.watch(first, as_spectator=True) for process in (one, other, other)]
    eventually(lambda: watched.sees(True, None, spectators=3))
    for spectator in spectators:
        assert spectator.presence
        spectator.close()
    eventually(lambda: watched.sees(True, None, spectators=0))
    assert not one.attendance._spectators
    assert not other.attendance._spectators


def test_spectators_of_a_killed_process_do_not_count(one: Process) -> None:
    first, _ = one.start()
    second, _ = one.start()
    for game, seconds in ((first, 1), (second, 600)):
        with one.database._engine.connect() as connection:
            connection.execute(text(STALE_SPECTATORS.format(game.state.game_id, seconds)))
        assert one.presence(game).spectators == 0
    watched = one.watch(first, as_spectator=True)
    eventually(lambda: watched.sees(None, None, spectators=1))
    with one.database._engine.connect() as connection:
        rows = connection.execute(text('SELECT "gameId", number FROM spectators')).all()
    assert sorted(number for _, number in rows) == [1, 7]
