"""A server that is broken on purpose: it reads, decides and then writes, so the last one wins.

Nothing compares the row with what the decision was made on. The checker has to find that out. It
is started as a program: `python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from connect4_models.schema import Game
from connect4_server import __main__, games
from connect4_server.game_state import SeenGame
from connect4_server.moves import after_move

if TYPE_CHECKING:
    from connect4_server.database import Database

_OVERWRITE = (
    update(Game)
    .where(Game.game_id == bindparam("of"))
    .values(
        {
            column: bindparam(column.key)
            for column in (Game.active, Game.active_player, Game.winner, Game.board, Game.moves)
        }
    )
    .returning(Game.game_id)
)


class _Games(games.Games):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._rows = database

    def move(self, game_id: str, player_id: str, column: int, ply: int | None = None) -> SeenGame:
        seen = self.get(game_id, player_id)
        after = after_move(seen, column, ply)
        values = {
            "active": after.active,
            "active_player": after.active_player,
            "winner": after.winner,
            "board": after.board,
            "moves": after.moves,
        }
        self._rows.write(_OVERWRITE, {"of": game_id, **values})
        if self.on_change is not None:
            self.on_change(after)
        return SeenGame(after, seen.number)


if __name__ == "__main__":
    # Before the application takes it from there.
    games.Games = _Games  # type: ignore[misc]
    sys.exit(__main__.main())
