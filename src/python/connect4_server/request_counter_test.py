"""Requests are counted in this process, or in Redis; without Redis the game goes on."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from connect4_server import request_counter
from connect4_server.config import Limits
from connect4_server.request_counter import RequestCounter
from server_process.redis_process import RedisProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connect4_server.request_counter import Kind

LIMITS = Limits(
    requests_per_minute=3, new_games_per_hour=3, changes_per_minute=0, wrong_secrets_per_minute=3
)
HOUR = 3600


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    with RedisProcess() as redis:
        yield redis


def count(counter: RequestCounter, times: int, kind: Kind, key: str = "a") -> list[bool]:
    """Whether each of so many requests was within the limit."""
    return [counter.count(kind, key) == 0 for _ in range(times)]


@pytest.mark.parametrize("kind", ["requests", "new games", "wrong secrets"])
def test_each_key_has_its_own_count(kind: Kind) -> None:
    counter = RequestCounter(LIMITS, None)
    for key in "ab":
        assert count(counter, 5, kind, key) == [True] * 3 + [False] * 2


def test_kinds_are_counted_apart() -> None:
    counter = RequestCounter(LIMITS, None)
    assert not all(count(counter, 4, "requests"))
    assert all(count(counter, 3, "wrong secrets"))


def test_zero_is_no_limit() -> None:
    assert all(count(RequestCounter(LIMITS, None), 1000, "changes"))


def test_who_is_beyond_the_limit_waits_for_the_end_of_the_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = RequestCounter(LIMITS, None)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    assert all(count(counter, 3, "requests"))
    assert counter.seconds_left("wrong secrets", "a") == 0
    monkeypatch.setattr(time, "time", lambda: now + 50)
    assert counter.count("requests", "a") == 10
    assert counter.seconds_left("requests", "a") == 10
    monkeypatch.setattr(time, "time", lambda: now + 60)
    assert counter.seconds_left("requests", "a") == 0
    assert all(count(counter, 3, "requests"))


def test_looking_does_not_count() -> None:
    counter = RequestCounter(LIMITS, None)
    for _ in range(10):
        assert counter.seconds_left("wrong secrets", "a") == 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_counter, "_MOST_COUNTERS", 10)
    counter = RequestCounter(LIMITS, None)
    assert not all(count(counter, 4, "requests", "first"))
    for number in range(10):
        counter.count("requests", str(number))
    assert counter.count("requests", "first") == 0, "it was forgotten"


def test_servers_with_one_redis_count_new_games_together(redis: RedisProcess) -> None:
    one, other = RequestCounter(LIMITS, redis.url), RequestCounter(LIMITS, redis.url)
    assert count(one, 2, "new games") == [True, True]
    assert count(other, 2, "new games") == [True, False]
    assert HOUR - 600 < one.count("new games", "a") <= HOUR


def test_without_redis_each_server_counts_alone(
    redis: RedisProcess, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = RequestCounter(LIMITS, redis.url), RequestCounter(LIMITS, redis.url)
    assert not all(count(one, 4, "new games"))
    redis.stop()
    for counter in (one, other):
        assert count(counter, 4, "new games") == [True] * 3 + [False]
    assert [message.partition(" is ")[0] for message in caplog.messages] == [
        "the Redis of the limits",
        "the Redis of the limits",
    ]
    redis.start()
    later = time.monotonic() + 3600
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert count(one, 2, "new games", "b") == [True, True]
    assert count(other, 2, "new games", "b") == [True, False]


def test_a_redis_that_does_not_answer_is_not_waited_for_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(request_counter, "_TIMEOUT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        counter = RequestCounter(LIMITS, f"redis://127.0.0.1:{silent.getsockname()[1]}")
        assert count(counter, 20, "new games") == [True] * 3 + [False] * 17
        silent.setblocking(False)
        asked = 0
        with suppress(BlockingIOError):
            while True:
                silent.accept()[0].close()
                asked += 1
    assert asked == 2, "once more on a new connection, and not again"
