"""Refuses with 429 what one client asks for too often, and slows who tries secrets."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import TooManyRequests

from connect4_server.client_address import ClientAddress
from connect4_server.config import NO_LIMITS
from connect4_server.refusals import PlayerNotFoundError
from connect4_server.request_id import log_fields
from connect4_server.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from connect4_server.config import Config
    from connect4_server.request_counter import Kind

logger = logging.getLogger(__name__)

# A stream may end at any time.
_STREAM_SECONDS = 10


class RateLimits:
    """The limits of a server; docs/limits.md says what each is for.

    Every method is about the current request. It raises TooManyRequests, with the seconds to wait,
    if that is beyond a limit.
    """

    def __init__(self, config: Config) -> None:
        """Takes the limits, the trusted proxies and the URL of Redis from CONFIG."""
        self._client_address = ClientAddress(config.trusted_proxies)
        self._most_streams = config.limits.streams
        self._streams: Counter[str] = Counter()
        self._counter = None
        if config.limits != NO_LIMITS:
            # A library that the launcher does not need.
            from connect4_server.request_counter import RequestCounter  # noqa: PLC0415

            self._counter = RequestCounter(config.limits, config.redis_url)

    def count_request(self) -> None:
        """Counts a request, by address."""
        self._count("requests", self._address())

    def count_new_game(self) -> None:
        """Counts a new game, by address."""
        self._count("new games", self._address())

    def count_change(self, game_id: str, player_id: str) -> None:
        """Counts a request that changes a game, by the game and the secret, be it right or wrong.

        So nobody uses up what belongs to a player whose secret they do not know.
        """
        if is_token(game_id) and is_token(player_id):
            self._count("changes", f"{game_id}/{player_id}")

    @contextmanager
    def guarded(self, game_id: str) -> Iterator[None]:
        """Logs and counts a wrong secret in the block (PlayerNotFoundError), by address and game.

        Beyond the limit the block is not entered.
        """
        key = f"{self._address()}/{game_id}"
        if self._counter is not None and (
            seconds := self._counter.seconds_left("wrong secrets", key)
        ):
            raise _refusal(seconds)
        try:
            yield
        except PlayerNotFoundError:
            logger.warning(
                "wrong secret: %s from %s", request.path, self._address(), extra=log_fields()
            )
            if self._counter is not None:
                self._counter.count("wrong secrets", key)
            raise

    def open_stream(self) -> Callable[[], None]:
        """Counts an open stream, by address; returns what ends it, which may be called again."""
        address = self._address()
        if self._most_streams and self._streams[address] >= self._most_streams:
            raise _refusal(_STREAM_SECONDS)
        self._streams[address] += 1
        is_open = True

        def close() -> None:
            nonlocal is_open
            if not is_open:
                return
            is_open = False
            self._streams[address] -= 1
            if not self._streams[address]:
                del self._streams[address]

        return close

    def _count(self, kind: Kind, key: str) -> None:
        if self._counter is not None and (seconds := self._counter.count(kind, key)):
            raise _refusal(seconds)

    def _address(self) -> str:
        return self._client_address.of(request.environ)


def _refusal(seconds: int) -> TooManyRequests:
    return TooManyRequests("Too many requests, try again later", retry_after=seconds)
