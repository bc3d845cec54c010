"""Notices by Redis's PUBLISH and SUBSCRIBE, which take that work off the database."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import gevent
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from connect4_server.watching.notices import Outbox, keep_listening, parsed, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CHANNEL = "connect4_games"
_SECONDS = 5.0
_HEALTH_SECONDS = 10.0


class RedisNotices:
    """One connection to listen, as soon as somebody wants to hear, and one to speak."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet."""
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=_SECONDS,
            socket_timeout=_SECONDS,
            health_check_interval=_HEALTH_SECONDS,
            # Once more, since the connection may be from before a restart of Redis.
            retry=Retry(NoBackoff(), 1),
        )
        self._outbox = Outbox(self._send)

    def say(self, game_id: str, version: int) -> None:
        self._outbox.put(game_id, version)

    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        gevent.spawn(keep_listening, partial(self._listen, on_notice), on_listening)

    def _send(self, batch: Mapping[str, int]) -> None:
        with self._redis.pipeline(transaction=False) as pipeline:
            for notice in batch.items():
                pipeline.publish(_CHANNEL, text_of(*notice))
            pipeline.execute()

    def _listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        """Returns never: it raises when the connection is lost."""
        with self._redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(_CHANNEL)
            while True:
                message = subscription.get_message(timeout=_HEALTH_SECONDS)
                if message is None:
                    continue
                # The library may have connected anew by itself, which is when this comes again.
                if message["type"] == "subscribe":
                    on_listening()
                elif message["type"] == "message" and (
                    notice := parsed(message["data"].decode(errors="replace"))
                ):
                    on_notice(*notice)
