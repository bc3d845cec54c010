"""Fan-out within a process: slow watchers, lost notifications, and which rows are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import gevent
import pytest

from connect4_models import board_codec
from connect4_server.database import DatabaseUnavailableError
from connect4_server.game_state import GameState
from connect4_server.watching import stream
from connect4_server.watching.hub import Hub
from connect4_server.watching.notifications import BatchSender, decode, encode
from connect4_server.watching.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from connect4_server.watching.presence import Presence

GAME = GameState(
    game_id="g" * 32,
    seats=("p" * 32, "q" * 32),
    active=True,
    active_player=1,
    winner=None,
    board=board_codec.EMPTY,
    moves="",
    created=datetime.now(UTC),
)
OTHER = replace(GAME, game_id="h" * 32)


def after(moves: int, game: GameState = GAME) -> GameState:
    return replace(game, moves="0" * moves)


class FakeNotifications:
    def __init__(self) -> None:
        self.published: list[tuple[str, int]] = []
        self.notify: Callable[[str, int], None] = lambda *_: None
        self.subscribed: Callable[[], None] = lambda: None

    def publish(self, game_id: str, version: int) -> None:
        self.published.append((game_id, version))

    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        self.notify, self.subscribed = on_notification, on_subscribed


class FakeRows:
    """A database for the tests: its games, and which were read."""

    def __init__(self, *games: GameState) -> None:
        self.games = {game.game_id: game for game in games}
        self.asked: list[list[str]] = []
        self.failures = 0

    def read(self, game_ids: Collection[str]) -> list[GameState]:
        self.asked.append(list(game_ids))
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailableError("gone")
        return [self.games[game_id] for game_id in game_ids]


@pytest.fixture
def notifications() -> FakeNotifications:
    return FakeNotifications()


@pytest.fixture
def rows() -> FakeRows:
    return FakeRows(after(1), after(1, OTHER))


@pytest.fixture
def hub(rows: FakeRows, notifications: FakeNotifications) -> Hub:
    return Hub(rows.read, nobody, notifications)


def nobody(_game_ids: Collection[str]) -> dict[str, Presence]:
    return {}


def begin(hub: Hub, game: GameState = GAME) -> Stream:
    subscription = hub.subscribe(game.game_id)
    hub.update(game)
    return Stream(subscription, None, None)


def test_a_slow_watcher_finds_the_newest_state(hub: Hub) -> None:
    events = iter(begin(hub))
    assert b"id: 2\n" in next(events)
    for moves in range(1, 30):
        hub.publish(after(moves))
    assert next(events).startswith(b"id: 31\n")
    hub.publish(after(30))
    assert next(events).startswith(b"id: 32\n")


def test_a_comment_keeps_an_idle_stream_alive(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE_SECONDS", 0.01)
    events = iter(begin(hub))
    next(events)
    assert next(events) == next(events) == b": still here\n\n"
    hub.publish(after(1))
    assert next(events).startswith(b"id: 3\n")


def test_an_event_keeps_a_stream_alive_whose_client_asked_for_it(hub: Hub) -> None:
    subscription = hub.subscribe(GAME.game_id)
    hub.update(GAME)
    events = iter(Stream(subscription, None, None, keepalive=0.01))
    next(events)
    assert next(events) == next(events) == b"event: keepalive\ndata: {}\n\n"
    hub.publish(after(1))
    assert next(events).startswith(b"id: 3\n")


def test_older_states_are_not_shown(hub: Hub) -> None:
    events = iter(begin(hub, after(5)))
    next(events)
    hub.publish(after(4))
    hub.publish(after(6))
    assert next(events).startswith(b"id: 8\n")


def test_a_notification_has_a_watched_game_read(
    hub: Hub, rows: FakeRows, notifications: FakeNotifications
) -> None:
    events = iter(begin(hub))
    next(events)
    notifications.notify(OTHER.game_id, 3)
    notifications.notify(GAME.game_id, 2)
    notifications.notify(GAME.game_id, 3)
    assert next(events).startswith(b"id: 3\n")
    assert rows.asked == [[GAME.game_id]]


def test_a_notification_that_counts_no_changes_has_a_newer_game_read(
    hub: Hub, rows: FakeRows, notifications: FakeNotifications
) -> None:
    """A server of the release before counts players and moves alone."""
    changed = replace(GAME, changes=3)
    rows.games[GAME.game_id] = replace(after(1), changes=3)
    events = iter(begin(hub, changed))
    assert b"id: 5\n" in next(events)
    notifications.notify(GAME.game_id, 3)
    assert next(events).startswith(b"id: 6\n")


def test_who_stays_leaves_in_the_end(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE_SECONDS", 0.01)
    monkeypatch.setattr(stream, "_STAY_SECONDS", 0.05)
    ended = replace(GAME, active=False)
    subscription = hub.subscribe(GAME.game_id)
    hub.update(ended)
    blocks = list(Stream(subscription, None, None, stays=True))
    assert b"id: 2\n" in blocks[0]
    assert blocks[-1].endswith(b"event: end\ndata: {}\n\n")
    assert len(blocks) > 1


def test_a_new_subscription_has_all_watched_games_read(
    hub: Hub, rows: FakeRows, notifications: FakeNotifications
) -> None:
    streams = [iter(begin(hub)), iter(begin(hub, OTHER))]
    for events in streams:
        next(events)
    notifications.subscribed()
    for events in streams:
        assert next(events).startswith(b"id: 3\n")
    assert rows.asked == [[GAME.game_id, OTHER.game_id]]


def test_a_resync_finds_what_no_notification_told(
    rows: FakeRows, notifications: FakeNotifications
) -> None:
    events = iter(begin(Hub(rows.read, nobody, notifications, resync_seconds=0.01)))
    next(events)
    assert next(events).startswith(b"id: 3\n")


def test_a_resync_comes_even_when_notifications_never_cease(
    rows: FakeRows, notifications: FakeNotifications
) -> None:
    hub = Hub(rows.read, nobody, notifications, resync_seconds=0.05)
    events, _ = iter(begin(hub)), begin(hub, OTHER)
    next(events)

    def keep_saying() -> None:
        while True:
            notifications.notify(OTHER.game_id, 99)
            gevent.idle()

    others = gevent.spawn(keep_saying)
    try:
        with gevent.Timeout(120):
            assert next(events).startswith(b"id: 3\n")
    finally:
        others.kill()


def test_a_failed_read_is_retried(
    hub: Hub, rows: FakeRows, notifications: FakeNotifications
) -> None:
    rows.failures = 1
    events = iter(begin(hub))
    next(events)
    notifications.notify(GAME.game_id, 3)
    assert next(events).startswith(b"id: 3\n")
    assert len(rows.asked) == 2


def test_a_notification_during_a_read_has_the_game_read_again(
    rows: FakeRows, notifications: FakeNotifications
) -> None:
    may_answer = gevent.event.Event()

    def read(game_ids: Collection[str]) -> list[GameState]:
        found = rows.read(game_ids)
        may_answer.wait()
        return found

    events = iter(begin(Hub(read, nobody, notifications)))
    next(events)
    notifications.notify(GAME.game_id, 3)
    gevent.idle()
    assert rows.asked == [[GAME.game_id]]
    rows.games[GAME.game_id] = after(2)
    notifications.notify(GAME.game_id, 4)
    may_answer.set()
    with gevent.Timeout(120):
        while not next(events).startswith(b"id: 4\n"):
            pass


def test_a_game_without_watchers_is_not_read(
    hub: Hub, rows: FakeRows, notifications: FakeNotifications
) -> None:
    streams = [begin(hub), begin(hub), begin(hub, OTHER)]
    next(iter(streams[0]))
    for unwatched in streams[:2]:
        unwatched.close()
        unwatched.close()
    notifications.notify(GAME.game_id, 3)
    notifications.subscribed()
    gevent.idle()
    assert rows.asked == [[OTHER.game_id]]


def test_changes_are_published_to_other_processes(
    hub: Hub, notifications: FakeNotifications
) -> None:
    hub.publish(after(1))
    assert notifications.published == [(GAME.game_id, 3)]


def test_a_hub_that_closes_ends_its_streams(hub: Hub) -> None:
    events = iter(begin(hub))
    next(events)
    hub.publish(after(1))
    hub.close()
    last = list(events)
    assert len(last) == 1
    assert last[0].startswith(b"id: 3\n")
    assert b"event: reconnect\n" in last[0]
    assert b"event: reconnect\n" in b"".join(begin(hub))


def test_a_batch_collects_the_newest_versions_during_the_one_before() -> None:
    sent: list[dict[str, int]] = []
    done = gevent.event.Event()

    def send(batch: Mapping[str, int]) -> None:
        sent.append(dict(batch))
        gevent.idle()
        if len(sent) == 1:
            raise OSError("gone")
        done.set()

    outbox = BatchSender(send)
    outbox.put("a", 1)
    gevent.idle()
    for version in (2, 4, 3):
        outbox.put("a", version)
        outbox.put("b", version)
    assert done.wait(120)
    assert sent == [{"a": 1}, {"a": 4, "b": 4}]


def test_malformed_notifications_are_ignored() -> None:
    assert decode(encode("g" * 32, 7)) == ("g" * 32, 7)
    for text in ("", "x", "x ", "x y", "x ²"):
        assert decode(text) is None
