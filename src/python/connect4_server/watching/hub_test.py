"""Fan-out within a process: slow watchers, lost notices, and who reads what."""

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
from connect4_server.watching.notices import Outbox, parsed, text_of
from connect4_server.watching.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

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


class FakeNotices:
    def __init__(self) -> None:
        self.said: list[tuple[str, int]] = []
        self.hear: Callable[[str, int], None] = lambda *_: None
        self.begin: Callable[[], None] = lambda: None

    def say(self, game_id: str, version: int) -> None:
        self.said.append((game_id, version))

    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        self.hear, self.begin = on_notice, on_listening


class FakeRows:
    """The database: what is in it, and what has been asked for."""

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
def notices() -> FakeNotices:
    return FakeNotices()


@pytest.fixture
def rows() -> FakeRows:
    return FakeRows(after(1), after(1, OTHER))


@pytest.fixture
def hub(rows: FakeRows, notices: FakeNotices) -> Hub:
    return Hub(rows.read, notices)


def begin(hub: Hub, game: GameState = GAME) -> Stream:
    subscription = hub.subscribe(game.game_id)
    hub.renew(game)
    return Stream(hub, subscription, None, None)


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


def test_older_states_are_not_shown(hub: Hub) -> None:
    events = iter(begin(hub, after(5)))
    next(events)
    hub.publish(after(4))
    hub.publish(after(6))
    assert next(events).startswith(b"id: 8\n")


def test_a_notice_makes_it_read_what_is_watched(
    hub: Hub, rows: FakeRows, notices: FakeNotices
) -> None:
    events = iter(begin(hub))
    next(events)
    notices.hear(OTHER.game_id, 3)
    notices.hear(GAME.game_id, 2)
    notices.hear(GAME.game_id, 3)
    assert next(events).startswith(b"id: 3\n")
    assert rows.asked == [[GAME.game_id]]


def test_whoever_begins_to_listen_reads_all(hub: Hub, rows: FakeRows, notices: FakeNotices) -> None:
    streams = [iter(begin(hub)), iter(begin(hub, OTHER))]
    for events in streams:
        next(events)
    notices.begin()
    for events in streams:
        assert next(events).startswith(b"id: 3\n")
    assert rows.asked == [[GAME.game_id, OTHER.game_id]]


def test_without_any_notice_it_is_read_in_the_next_round(
    rows: FakeRows, notices: FakeNotices
) -> None:
    events = iter(begin(Hub(rows.read, notices, round_seconds=0.01)))
    next(events)
    assert next(events).startswith(b"id: 3\n")


def test_without_its_notice_it_is_read_in_the_next_round_however_many_others_come(
    rows: FakeRows, notices: FakeNotices
) -> None:
    hub = Hub(rows.read, notices, round_seconds=0.05)
    events, _ = iter(begin(hub)), begin(hub, OTHER)
    next(events)

    def keep_saying() -> None:
        while True:
            notices.hear(OTHER.game_id, 99)
            gevent.idle()

    others = gevent.spawn(keep_saying)
    try:
        with gevent.Timeout(120):
            assert next(events).startswith(b"id: 3\n")
    finally:
        others.kill()


def test_what_could_not_be_read_is_read_later(
    hub: Hub, rows: FakeRows, notices: FakeNotices
) -> None:
    rows.failures = 1
    events = iter(begin(hub))
    next(events)
    notices.hear(GAME.game_id, 3)
    assert next(events).startswith(b"id: 3\n")
    assert len(rows.asked) == 2


def test_what_is_heard_of_while_it_reads_is_read_again(
    rows: FakeRows, notices: FakeNotices
) -> None:
    may_answer = gevent.event.Event()

    def read(game_ids: Collection[str]) -> list[GameState]:
        found = rows.read(game_ids)
        may_answer.wait()
        return found

    events = iter(begin(Hub(read, notices)))
    next(events)
    notices.hear(GAME.game_id, 3)
    gevent.idle()
    assert rows.asked == [[GAME.game_id]]
    rows.games[GAME.game_id] = after(2)
    notices.hear(GAME.game_id, 4)
    may_answer.set()
    with gevent.Timeout(120):
        while not next(events).startswith(b"id: 4\n"):
            pass


def test_nothing_is_left_of_a_game_that_nobody_watches(
    hub: Hub, rows: FakeRows, notices: FakeNotices
) -> None:
    streams = [begin(hub), begin(hub), begin(hub, OTHER)]
    next(iter(streams[0]))
    for unwatched in streams[:2]:
        unwatched.close()
        unwatched.close()
    notices.hear(GAME.game_id, 3)
    notices.begin()
    gevent.idle()
    assert rows.asked == [[OTHER.game_id]]


def test_the_other_processes_are_told(hub: Hub, notices: FakeNotices) -> None:
    hub.publish(after(1))
    assert notices.said == [(GAME.game_id, 3)]


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


def test_an_outbox_gathers_while_it_sends_and_says_the_newest() -> None:
    sent: list[dict[str, int]] = []
    done = gevent.event.Event()

    def send(batch: Mapping[str, int]) -> None:
        sent.append(dict(batch))
        gevent.idle()
        if len(sent) == 1:
            raise OSError("gone")
        done.set()

    outbox = Outbox(send)
    outbox.put("a", 1)
    gevent.idle()
    for version in (2, 4, 3):
        outbox.put("a", version)
        outbox.put("b", version)
    assert done.wait(120)
    assert sent == [{"a": 1}, {"a": 4, "b": 4}]


def test_what_is_no_notice_is_not_taken_for_one() -> None:
    assert parsed(text_of("g" * 32, 7)) == ("g" * 32, 7)
    for text in ("", "x", "x ", "x y", "x ²"):
        assert parsed(text) is None
