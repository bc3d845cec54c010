"""Who is there in a game: its players, since when they are gone, and how many watch it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connect4_server import presence_statements

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from connect4_server.database import Database


@dataclass(frozen=True, slots=True)
class Presence:
    """Who is there: `players` 1 and 2 (None: not known), and the number of `spectators`.

    `gone_since` is a time of the database, `read_at` its time when this was read, and
    `read_at_monotonic` the same moment in seconds of this process's monotonic clock.
    """

    players: tuple[bool | None, bool | None]
    gone_since: tuple[datetime | None, datetime | None]
    spectators: int
    read_at: datetime = field(compare=False)
    read_at_monotonic: float = field(compare=False, default_factory=time.monotonic)

    @property
    def somebody_is_gone(self) -> bool:
        """Whether a player is known to be gone."""
        return self.gone_since != (None, None)

    def representation(self) -> dict[str, Any]:
        """Returns the fields of `schemas.Presence`, as of now."""
        return {
            "players": self.players,
            "gone": [since and self._seconds(since) for since in self.gone_since],
            "watchers": self.spectators,
        }

    def event(self) -> bytes:
        """Returns a server-sent event. It has no id, so it does not change `Last-Event-ID`."""
        return f"event: presence\ndata: {json.dumps(self.representation())}\n\n".encode()

    def _seconds(self, since: datetime) -> int:
        elapsed = time.monotonic() - self.read_at_monotonic
        return int((self.read_at - since).total_seconds() + elapsed)


def read_presences(database: Database, game_ids: Collection[str]) -> dict[str, Presence]:
    """Reads who is there in several games in one statement; raises what `Database.read` does."""
    rows = database.read(presence_statements.PRESENCE, {"game_id": list(game_ids)})
    found: dict[str, Presence] = {}
    for game_id, number, is_there, gone_since, spectators, now in rows:
        players: list[bool | None] = [None, None]
        since: list[datetime | None] = [None, None]
        if game_id in found:
            players[:] = found[game_id].players
            since[:] = found[game_id].gone_since
        # Silence of a player who never had a stream says nothing.
        players[number - 1] = True if is_there else None if gone_since is None else False
        since[number - 1] = gone_since
        found[game_id] = Presence(
            (players[0], players[1]), (since[0], since[1]), spectators, read_at=now
        )
    return found
