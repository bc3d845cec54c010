"""Notifications by Redis's PUBLISH and SUBSCRIBE, which take this load off the database.

https://redis.io/docs/latest/develop/pubsub/
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import gevent
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from connect4_server.watching.notifications import BatchSender, decode, encode, keep_subscribed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHANNEL = "connect4_games"
_TIMEOUT_SECONDS = 5.0
_HEALTH_SECONDS = 10.0


class RedisNotifications:
    """`Notifications` by Redis: a pool of connections to publish, and one to subscribe."""

    def __init__(self, url: str) -> None:
        """Takes a redis://, rediss:// or unix:// URL; connects when it is first used."""
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            socket_timeout=_TIMEOUT_SECONDS,
            health_check_interval=_HEALTH_SECONDS,
            # One retry: an idle connection may be older than the last restart of Redis.
            retry=Retry(NoBackoff(), 1),
        )
        self._sender = BatchSender(self._send)

    def publish(self, game_id: str, version: int) -> None:
        """Notifies the other processes soon; neither waits nor raises."""
        self._sender.put(game_id, version)

    def subscribe(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        """Subscribes in a greenlet from now on; see `Notifications.subscribe`."""
        gevent.spawn(keep_subscribed, partial(self._listen, on_notification), on_subscribed)

    def _send(self, batch: Mapping[str, int]) -> None:
        with self._redis.pipeline(transaction=False) as pipeline:
            for notification in batch.items():
                pipeline.publish(_CHANNEL, encode(*notification))
            pipeline.execute()

    def _listen(
        self, on_notification: Callable[[str, int], None], on_subscribed: Callable[[], None]
    ) -> None:
        """Never returns; raises when the connection is lost."""
        with self._redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(_CHANNEL)
            while True:
                message = subscription.get_message(timeout=_HEALTH_SECONDS)
                if message is None:
                    continue
                # Comes again whenever the library has reconnected by itself.
                if message["type"] == "subscribe":
                    on_subscribed()
                elif message["type"] == "message" and (
                    notification := decode(message["data"].decode(errors="replace"))
                ):
                    on_notification(*notification)
