"""A server that is broken on purpose: it forgets what its clients say that they know.

So a move that is sent again may count again, a seat gets another secret than its player chose, and
a stream shows again what its watcher has seen. The checker has to find that out. It is started as
a program: `python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from connect4_server import __main__, games
from connect4_server.watching import stream

if TYPE_CHECKING:
    from connect4_server.game_state import SeenGame
    from connect4_server.watching.hub import Subscription


class _Games(games.Games):
    def join(
        self,
        game_id: str,
        new_player_id: str | None = None,  # noqa: ARG002
        name: str | None = None,
    ) -> SeenGame:
        return super().join(game_id, name=name)

    def move(self, game_id: str, player_id: str, column: int, ply: int | None = None) -> SeenGame:  # noqa: ARG002
        return super().move(game_id, player_id, column)


class _Stream(stream.Stream):
    def __init__(
        self,
        subscription: Subscription,
        player_id: str | None,
        last_id: int | None,  # noqa: ARG002
        *,
        stays: bool = False,
        keepalive: float | None = None,
    ) -> None:
        super().__init__(subscription, player_id, None, stays=stays, keepalive=keepalive)


if __name__ == "__main__":
    # Before the application takes them from there.
    games.Games = _Games  # type: ignore[misc]
    stream.Stream = _Stream  # type: ignore[misc]
    sys.exit(__main__.main())
