"""The server's SQL statements, built from the models.

CREATE, JOIN, MOVE and GET take an array for each of their parameters, with one item per request,
so that concurrent requests share a statement (group_commit.py). The first column of their rows is
the key of the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ScalarSelect,
    TableValuedAlias,
    any_,
    bindparam,
    cast,
    column,
    false,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from connect4_models.schema import Game, Player

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute


def _requests(**parameters: InstrumentedAttribute[Any]) -> TableValuedAlias:
    """Returns the parameters as a table with a row per request, with types of the models."""
    arrays = [cast(bindparam(name), ARRAY(like.type)) for name, like in parameters.items()]
    columns = [column(name, like.type) for name, like in parameters.items()]
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="request")


def _seat(number: int) -> ScalarSelect[str]:
    return (
        select(Player.player_id)
        .where(Player.game_id == Game.game_id, Player.number == number)
        .scalar_subquery()
    )


_STATE = (
    Game.game_id,
    Game.active,
    Game.active_player,
    Game.winner,
    Game.board,
    Game.moves,
    Game.created,
    _seat(1),
    _seat(2),
)

# Players are compared in Python: a secret that is not in a statement cannot be logged.
GET = select(*_STATE).where(
    Game.game_id == any_(cast(bindparam("game_id"), ARRAY(Game.game_id.type)))
)
"""Reads games, by `game_id`: the columns `_STATE`."""

_creation = _requests(game_id=Game.game_id, player_id=Player.player_id, board=Game.board)
_created = (
    insert(Game)
    .from_select(
        [Game.game_id, Game.active, Game.active_player, Game.board],
        select(_creation.c.game_id, true(), literal(1), _creation.c.board),
    )
    .returning(Game.game_id, Game.created)
    .cte("created")
)
_creator = (
    insert(Player)
    .from_select(
        [Player.player_id, Player.game_id, Player.number],
        select(_creation.c.player_id, _creation.c.game_id, literal(1)),
    )
    .cte("creator")
)
CREATE = select(_created).add_cte(_creator)
"""Creates games, each with its first player: `Game.game_id` and `Game.created`."""

_join = _requests(game_id=Game.game_id, player_id=Player.player_id)
_joined = (
    insert(Player)
    .from_select(
        [Player.player_id, Player.game_id, Player.number],
        # In a fixed order, so that two servers cannot deadlock.
        select(_join.c.player_id, Game.game_id, literal(2))
        .join_from(_join, Game, Game.game_id == _join.c.game_id)
        .order_by(Game.game_id),
    )
    # Of concurrent joins the unique constraint lets one in. An unknown game gets no row.
    .on_conflict_do_nothing()
    .returning(Player.player_id)
    .cte("joined")
)
JOIN = select(_join.c.player_id, _join.c.player_id.in_(select(_joined)), *_STATE).join_from(
    _join, Game, Game.game_id == _join.c.game_id
)
"""Adds second players: `player_id`, whether it got the seat, and `_STATE` from before."""

_move = _requests(
    game_id=Game.game_id,
    board_before=Game.board,
    column=Game.moves,
    board=Game.board,
    active=Game.active,
    active_player=Game.active_player,
    winner=Game.winner,
)
MOVE = (
    update(Game)
    # Optimistic locking. A board only gains discs, so an equal board means the same ply.
    .where(Game.game_id == _move.c.game_id, Game.board == _move.c.board_before)
    .values(
        {
            Game.moves: Game.moves + _move.c.column,
            Game.active: _move.c.active,
            Game.active_player: _move.c.active_player,
            Game.winner: _move.c.winner,
            Game.board: _move.c.board,
        }
    )
    .returning(Game.game_id, Game.moves)
)
"""Makes moves: `Game.game_id` and `Game.moves`, for games that still had `board_before`."""

READ_ONLY = select(func.current_setting("transaction_read_only")).where(
    ~select(*_STATE).where(false()).exists()
)
"""Reads whether the database is read-only, `on` or `off`.

It fails if a column of `_STATE` is missing. (All columns that are written are in it, too.)
"""
