"""A server that is broken on purpose: it forgets what a client says that it knows already.

So a move that is sent again may count again, a seat has another secret than was asked for, and a
stream tells again what was seen. The checker has to find that out. It is started as a program:
`python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from connect4_server import __main__, app_logic
from connect4_server.watching import stream

if TYPE_CHECKING:
    from connect4_server.game_logic import SeenGame
    from connect4_server.watching.hub import Hub, Watch


class _Games(app_logic.Games):
    def join(self, game_id: str, new_player_id: str | None = None) -> SeenGame:  # noqa: ARG002
        return super().join(game_id)

    def move(self, game_id: str, player_id: str, column: int, move: int | None = None) -> SeenGame:  # noqa: ARG002
        return super().move(game_id, player_id, column)


class _Stream(stream.Stream):
    def __init__(self, hub: Hub, watch: Watch, number: int | None, last_id: int | None) -> None:  # noqa: ARG002
        super().__init__(hub, watch, number, None)


if __name__ == "__main__":
    # Before the application takes them from there.
    app_logic.Games = _Games  # type: ignore[misc]
    stream.Stream = _Stream  # type: ignore[misc]
    sys.exit(__main__.main())
