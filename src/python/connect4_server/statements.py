"""What the server asks of the database, built from the models.

CREATE, JOIN, MOVE and GET take an array for each of their parameters, an item a request, so that
what is asked at the same time shares a statement (group_commit.py). The first column that they
return is the request's key.
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
    """The parameters as a table, a row a request; each is of the type of a column of the models."""
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

# Without a player's secret: what is not said cannot be logged.
GET = select(*_STATE).where(
    Game.game_id == any_(cast(bindparam("game_id"), ARRAY(Game.game_id.type)))
)
"""Of games: `_STATE`."""

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
"""New games, each with its first player: when they were created."""

_join = _requests(game_id=Game.game_id, player_id=Player.player_id)
_joined = (
    insert(Player)
    .from_select(
        [Player.player_id, Player.game_id, Player.number],
        # In order, so that servers do not wait for each other.
        select(_join.c.player_id, Game.game_id, literal(2))
        .join_from(_join, Game, Game.game_id == _join.c.game_id)
        .order_by(Game.game_id),
    )
    # Of many at once a constraint lets one in; a game that does not exist gets no row either.
    .on_conflict_do_nothing()
    .returning(Player.player_id)
    .cte("joined")
)
JOIN = select(_join.c.player_id, _join.c.player_id.in_(select(_joined)), *_STATE).join_from(
    _join, Game, Game.game_id == _join.c.game_id
)
"""Second players: whether they got the seat, and `_STATE` from before that."""

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
    # Optimistic locking: a board only ever gains discs, so an equal board is the same ply.
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
"""Moves: `Game.moves` after them, of those games that were still as their move expects."""

READ_ONLY = select(func.current_setting("transaction_read_only")).where(
    ~select(*_STATE).where(false()).exists()
)
"""Whether nothing can be written, `on` or `off`.

It fails where a column of `_STATE` is missing; one that is only ever written has to be added to it.
"""
