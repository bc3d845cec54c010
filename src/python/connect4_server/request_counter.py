"""Counts requests in fixed windows of time: in this process, or in Redis for all servers.

https://limits.readthedocs.io/en/stable/strategies.html#fixed-window
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Literal

from cachetools import LRUCache
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from connect4_server.outage import Outage

if TYPE_CHECKING:
    from limits import RateLimitItem

    from connect4_server.config import Limits

Kind = Literal["requests", "new games", "changes", "wrong secrets"]

# Only what is rare: asking Redis takes a quarter of the processor time of a move.
_SHARED: tuple[Kind, ...] = ("new games",)
# About 400 bytes each.
_MOST_COUNTERS = 100_000
_TIMEOUT_SECONDS = 1.0
# For so long Redis is not asked again: every request would wait for it.
_PAUSE_SECONDS = 5.0


class RequestCounter:
    """Counts requests, of each kind by a key of its own."""

    def __init__(self, limits: Limits, redis_url: str | None) -> None:
        """Counts what LIMITS has a limit for. It connects to REDIS_URL when it is first used.

        New games are counted in Redis, everything else in this process; without REDIS_URL, or while
        Redis does not answer, new games are, too.
        """
        minute, hour = RateLimitItemPerMinute, RateLimitItemPerHour
        of_kinds: dict[Kind, RateLimitItem] = {
            "requests": minute(limits.requests_per_minute, namespace="requests"),
            "new games": hour(limits.new_games_per_hour, namespace="new games"),
            "changes": minute(limits.changes_per_minute, namespace="changes"),
            "wrong secrets": minute(limits.wrong_secrets_per_minute, namespace="wrong secrets"),
        }
        self._limits = {kind: limit for kind, limit in of_kinds.items() if limit.amount}
        self._local = FixedWindowRateLimiter(_BoundedStorage())
        self._redis = None if redis_url is None else _RedisCounter(redis_url)

    def count(self, kind: Kind, key: str) -> int:
        """Counts a request; returns 0 if it is within the limit.

        Otherwise returns the seconds until the window ends, at least 1.
        """
        limit = self._limits.get(kind)
        if limit is None:
            return 0
        if self._redis is not None and kind in _SHARED:
            seconds = self._redis.count(limit, key)
            if seconds is not None:
                return seconds
        return _count(self._local, limit, key)

    def seconds_left(self, kind: Kind, key: str) -> int:
        """Returns 0 if another request would be within the limit; it is not counted.

        Otherwise returns the seconds until the window ends. Not for new games.
        """
        limit = self._limits.get(kind)
        if limit is None or self._local.test(limit, key):
            return 0
        return _seconds_left(self._local, limit, key)


class _RedisCounter:
    def __init__(self, url: str) -> None:
        storage = RedisStorage(
            url,
            key_prefix="connect4_limits",
            socket_connect_timeout=_TIMEOUT_SECONDS,
            socket_timeout=_TIMEOUT_SECONDS,
            # One retry: an idle connection may be older than the last restart of Redis.
            retry=Retry(NoBackoff(), 1),  # type: ignore[arg-type]
        )
        self._limiter = FixedWindowRateLimiter(storage)
        self._outage = Outage("the Redis of the limits")
        self._paused_until = 0.0

    def count(self, limit: RateLimitItem, key: str) -> int | None:
        """Like that of RequestCounter; None if Redis does not answer."""
        if time.monotonic() < self._paused_until:
            return None
        try:
            seconds = _count(self._limiter, limit, key)
        except RedisError as error:
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            self._outage.failed(str(error) or type(error).__name__)
            return None
        self._outage.succeeded()
        return seconds


class _BoundedStorage(Storage):
    """Counters in this process, only the last ones that were used.

    The library's own keeps as many as strangers make, and looks through all of them up to a hundred
    times a second.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        # A count, and when its window ends.
        self._counters: LRUCache[str, tuple[int, float]] = LRUCache(_MOST_COUNTERS)

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        count, end = self._counter(key)
        count += amount
        self._counters[key] = (count, end or time.time() + expiry)
        return count

    def get(self, key: str) -> int:
        return self._counter(key)[0]

    def get_expiry(self, key: str) -> float:
        return self._counter(key)[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        count = len(self._counters)
        self._counters.clear()
        return count

    def clear(self, key: str) -> None:
        self._counters.pop(key, None)

    def _counter(self, key: str) -> tuple[int, float]:
        """Returns the count and the end of the window; zeros if none is running."""
        counter = self._counters.get(key)
        return counter if counter is not None and time.time() < counter[1] else (0, 0.0)


def _count(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: str) -> int:
    return 0 if limiter.hit(limit, key) else _seconds_left(limiter, limit, key)


def _seconds_left(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: str) -> int:
    end = limiter.get_window_stats(limit, key).reset_time
    return max(1, math.ceil(end - time.time()))
