"""The SQL statements that remove games; expiry.py says in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Interval,
    String,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from connect4_models.schema import Game, Player

if TYPE_CHECKING:
    from sqlalchemy import CollectionAggregate
    from sqlalchemy.orm import InstrumentedAttribute


def _is_before(
    time: ColumnElement[Any] | InstrumentedAttribute[Any], age: str
) -> ColumnElement[bool]:
    """Returns whether a time is longer ago than the parameter AGE; never, if that is NULL."""
    limit = func.now() - cast(bindparam(age), Interval)
    # Without the first part it would be NULL, and PostgreSQL would evaluate what comes behind it.
    return and_(limit.is_not(None), time < limit)


def _is_expired(game: type[Game]) -> ColumnElement[bool]:
    """Returns whether a game is older than the parameters allow; what costs most is at the end."""
    its_players = Player.game_id == game.game_id
    players = select(func.count()).where(its_players).scalar_subquery()
    somebody_is_there = exists().where(its_players, Player.stream_lease > func.now())
    players_touched = (
        select(func.max(func.greatest(Player.created, Player.stream_lease, Player.asked)))
        .where(its_players)
        .scalar_subquery()
    )
    touched = func.greatest(game.created, game.moved, players_touched)
    return or_(
        and_(game.active, _is_before(game.created, "unjoined"), players < 2, ~somebody_is_there),
        and_(
            game.active,
            _is_before(game.created, "untouched"),
            players == 2,
            _is_before(touched, "untouched"),
        ),
        and_(~game.active, _is_before(game.created, "finished"), _is_before(touched, "finished")),
    )


def _any_of(name: str) -> CollectionAggregate[Any]:
    return any_(cast(bindparam(name), ARRAY(String)))


_page = aliased(
    Game,
    select(Game)
    .where(Game.game_id > bindparam("after", type_=String()))
    .order_by(Game.game_id)
    .limit(bindparam("size", type_=Integer()))
    .subquery("page"),
)
PAGE = select(
    func.count(),
    func.max(_page.game_id),
    func.array_agg(_page.game_id).filter(_is_expired(_page)),
)
"""Reads the next `size` games by id, behind `after`.

Returns their number, the last id, and the ids of those that are expired (NULL: none).
"""

LOCK_GAMES = (
    select(Game.game_id, Player.player_id)
    .join_from(Game, Player, Player.game_id == Game.game_id)
    .where(Game.game_id == _any_of("game_id"))
    .with_for_update(skip_locked=True)
)
"""Locks games, by `game_id`, and their players, without those that somebody else has locked.

Returns a `Game.game_id` and a `Player.player_id` for each player.
"""

_next = aliased(Game)
LOCK_PREVIOUS_GAMES = (
    select(Game.game_id)
    .where(
        Game.game_id.in_(select(_next.previous_game_id).where(_next.game_id == _any_of("game_id")))
    )
    .with_for_update(skip_locked=True)
)
"""Locks the games before these in a series, likewise. Returns `Game.game_id`."""

_previous = aliased(Game)
_doomed = (
    select(Game.game_id, Game.previous_game_id)
    .where(
        Game.game_id == _any_of("game_id"),
        _is_expired(Game),
        ~exists().where(
            Player.game_id == Game.game_id, ~(Player.player_id == _any_of("player_id"))
        ),
        or_(
            Game.previous_game_id == _any_of("previous_game_id"),
            ~exists().where(_previous.game_id == Game.previous_game_id),
        ),
    )
    .cte("doomed")
)
_doomed_ids = select(_doomed.c.game_id)
_without_players = delete(Player).where(Player.game_id.in_(_doomed_ids)).cte("without_players")
_without_next_game = (
    update(Game)
    .where(
        Game.game_id.in_(select(_doomed.c.previous_game_id)),
        Game.game_id.not_in(_doomed_ids),
        Game.next_game_id.in_(_doomed_ids),
    )
    .values(
        {
            Game.changes: Game.changes + 1,
            Game.next_game_id: None,
            Game.rematch_offered_by: None,
        }
    )
    .cte("without_next_game")
)
REMOVE = (
    delete(Game)
    .where(Game.game_id.in_(_doomed_ids))
    .add_cte(_without_players, _without_next_game)
    .returning(Game.game_id)
)
"""Removes those of the locked games (`game_id`) that are still expired, with their players.

Players (`player_id`) and previous games (`previous_game_id`) have to be locked, too. Of a previous
game the offer of a rematch is taken back. Returns `Game.game_id`.
"""
