"""A server that is broken on purpose: it never hears of what other servers do.

It listens to no notices, and never reads the watched games anew: whoever watches here sees only
what happens here. The checker has to find that out. It is started as a program: `python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from connect4_server import __main__
from connect4_server.watching import hub, postgres_notices

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from connect4_server.game_state import GameState
    from connect4_server.watching.notices import Notices

# Longer than any run.
_ROUND_SECONDS = 24 * 60 * 60.0


class _Notices(postgres_notices.PostgresNotices):
    def listen(
        self, on_notice: Callable[[str, int], None], on_listening: Callable[[], None]
    ) -> None:
        pass


class _Hub(hub.Hub):
    def __init__(
        self,
        read: Callable[[Collection[str]], Iterable[GameState]],
        notices: Notices,
        round_seconds: float = _ROUND_SECONDS,
    ) -> None:
        super().__init__(read, notices, round_seconds)


if __name__ == "__main__":
    # Before the application takes them from there.
    postgres_notices.PostgresNotices = _Notices  # type: ignore[misc]
    hub.Hub = _Hub  # type: ignore[misc]
    sys.exit(__main__.main())
