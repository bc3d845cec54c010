"""The server's SQL statements, built from the models.

They take an array for each of their parameters, with one item per request, so that concurrent
requests share a statement (group_commit.py). The first column of their rows is the key of the
request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    ColumnExpressionArgument,
    ScalarSelect,
    TableValuedAlias,
    any_,
    bindparam,
    case,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.orm import aliased

from connect4_models.schema import Game, Player, Spectators

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute


def requests_table(**parameters: InstrumentedAttribute[Any]) -> TableValuedAlias:
    """Returns the parameters as a table with a row per request, with types of the models."""
    arrays = [cast(bindparam(name), ARRAY(like.type)) for name, like in parameters.items()]
    columns = [column(name, like.type) for name, like in parameters.items()]
    return func.unnest(*arrays).table_valued(*columns).render_derived(name="request")


def _player(number: int) -> ScalarSelect[list[str | None]]:
    return (
        select(array([Player.player_id, Player.name]))
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
    _player(1),
    _player(2),
    Game.changes,
    Game.ending,
    Game.opening,
    Game.joiner_begins,
    Game.draw_offered_by,
    Game.draw_offered_ply,
    Game.rematch_offered_by,
    Game.next_game_id,
    Game.previous_game_id,
    Game.series_wins_1,
    Game.series_wins_2,
    Game.series_draws,
)

# Players are compared in Python: a secret that is not in a statement cannot be logged.
GET = select(*_STATE).where(
    Game.game_id == any_(cast(bindparam("game_id"), ARRAY(Game.game_id.type)))
)
"""Reads games, by `game_id`: the columns `_STATE`."""

_creation = requests_table(
    game_id=Game.game_id,
    player_id=Player.player_id,
    name=Player.name,
    board=Game.board,
    moves=Game.moves,
    opening=Game.opening,
    joiner_begins=Game.joiner_begins,
)
_created = (
    insert(Game)
    .from_select(
        [
            Game.game_id,
            Game.active,
            Game.active_player,
            Game.board,
            Game.moves,
            Game.opening,
            Game.joiner_begins,
        ],
        select(
            _creation.c.game_id,
            true(),
            literal(1),
            _creation.c.board,
            _creation.c.moves,
            _creation.c.opening,
            _creation.c.joiner_begins,
        ),
    )
    .returning(Game.game_id, Game.created)
    .cte("created")
)
_creator = (
    insert(Player)
    .from_select(
        [Player.player_id, Player.game_id, Player.number, Player.name],
        select(_creation.c.player_id, _creation.c.game_id, literal(1), _creation.c.name),
    )
    .cte("creator")
)
CREATE = select(_created).add_cte(_creator)
"""Creates games, each with its first player: `Game.game_id` and `Game.created`."""

# Not `name`: SQLAlchemy would set the column of that name in the UPDATE of JOIN_TO_BEGIN.
_join = requests_table(game_id=Game.game_id, player_id=Player.player_id, player_name=Player.name)


def _seat_of_joiner(
    number: ColumnElement[int], *conditions: ColumnExpressionArgument[bool]
) -> CTE[Any]:
    return (
        insert(Player)
        .from_select(
            [Player.player_id, Player.game_id, Player.number, Player.name],
            # In a fixed order, so that two servers cannot deadlock.
            select(_join.c.player_id, Game.game_id, number, _join.c.player_name)
            .join_from(_join, Game, Game.game_id == _join.c.game_id)
            .where(*conditions)
            .order_by(Game.game_id),
        )
        # Of concurrent joins the unique constraint lets one in. An unknown game gets no row.
        .on_conflict_do_nothing()
        .returning(Player.player_id, Player.number)
        .cte("joined")
    )


# The seats of a rematch are for the players of the game before it.
_joined = _seat_of_joiner(literal(2), ~Game.joiner_begins, Game.previous_game_id.is_(None))
JOIN = select(
    _join.c.player_id, _join.c.player_id.in_(select(_joined.c.player_id)), *_STATE
).join_from(_join, Game, Game.game_id == _join.c.game_id)
"""Adds second players: `player_id`, whether it got the seat, and `_STATE` from before."""

_other = aliased(Player)
# The creator becomes player 2, if the join can succeed.
_made_room = (
    update(Player)
    .where(
        Player.game_id == _join.c.game_id,
        Player.number == 1,
        ~exists().where(_other.game_id == Player.game_id, _other.number == 2),
        ~exists().where(_other.player_id == _join.c.player_id),
    )
    .values(number=2)
    .returning(Player.game_id)
    .cte("made_room")
)
_free_number = case(
    (Game.game_id.in_(select(_made_room)), literal(1)),
    (exists().where(_other.game_id == Game.game_id, _other.number == 1), literal(2)),
    else_=literal(1),
)
JOIN_TO_BEGIN = select(_seat_of_joiner(_free_number))
"""Adds players to games in which the joiner begins, with number 1: `player_id` and the number.

Returns no row for who does not get in. Fails with a unique violation if a server of the release
before lets somebody in at the same time.
"""

_move = requests_table(
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
    .where(Game.game_id == _move.c.game_id, Game.board == _move.c.board_before, Game.active)
    .values(
        {
            Game.moves: Game.moves + _move.c.column,
            Game.active: _move.c.active,
            Game.active_player: _move.c.active_player,
            Game.winner: _move.c.winner,
            Game.board: _move.c.board,
            Game.moved: func.now(),
        }
    )
    .returning(Game.game_id, Game.moves, Game.changes, Game.draw_offered_by, Game.draw_offered_ply)
)
"""Makes moves in games that are active and still have `board_before`.

Returns `Game.game_id`, and what the move was not decided on: `Game.moves`, `Game.changes`,
`Game.draw_offered_by` and `Game.draw_offered_ply`.
"""

_change = requests_table(
    game_id=Game.game_id,
    board_before=Game.board,
    changes_before=Game.changes,
    active=Game.active,
    winner=Game.winner,
    ending=Game.ending,
    draw_offered_by=Game.draw_offered_by,
    draw_offered_ply=Game.draw_offered_ply,
)
CHANGE = (
    update(Game)
    .where(
        Game.game_id == _change.c.game_id,
        Game.board == _change.c.board_before,
        Game.changes == _change.c.changes_before,
        Game.active,
    )
    .values(
        {
            Game.changes: Game.changes + 1,
            Game.active: _change.c.active,
            Game.winner: _change.c.winner,
            Game.ending: _change.c.ending,
            Game.draw_offered_by: _change.c.draw_offered_by,
            Game.draw_offered_ply: _change.c.draw_offered_ply,
        }
    )
    .returning(Game.game_id)
)
"""Makes changes between moves, in games that are active and had no move or change since.

Returns `Game.game_id`.
"""

_rematch = requests_table(
    game_id=Game.game_id,
    number=Player.number,
    next_game=Game.game_id,
    next_board=Game.board,
    next_moves=Game.moves,
    next_opening=Game.opening,
    wins_1=Game.series_wins_1,
    wins_2=Game.series_wins_2,
    draws=Game.series_draws,
    player_id=Player.player_id,
    player_name=Player.name,
)
_offered = (
    update(Game)
    .where(
        Game.game_id == _rematch.c.game_id,
        ~Game.active,
        or_(Game.next_game_id.is_(None), Game.rematch_offered_by == 3 - _rematch.c.number),
    )
    .values(
        {
            Game.changes: Game.changes + 1,
            Game.next_game_id: func.coalesce(Game.next_game_id, _rematch.c.next_game),
            Game.rematch_offered_by: case((Game.next_game_id.is_(None), _rematch.c.number)),
        }
    )
    .returning(Game.next_game_id, Game.rematch_offered_by, *_rematch.c)
    .cte("offered")
)
_next_game = (
    insert(Game)
    .from_select(
        [
            Game.game_id,
            Game.active,
            Game.active_player,
            Game.board,
            Game.moves,
            Game.opening,
            Game.previous_game_id,
            Game.series_wins_1,
            Game.series_wins_2,
            Game.series_draws,
        ],
        select(
            _offered.c.next_game_id,
            true(),
            literal(1),
            _offered.c.next_board,
            _offered.c.next_moves,
            _offered.c.next_opening,
            _offered.c.game_id,
            _offered.c.wins_1,
            _offered.c.wins_2,
            _offered.c.draws,
        )
        # Who asks second joins it.
        .where(_offered.c.rematch_offered_by.is_not(None)),
    )
    .cte("next_game")
)
_seated = (
    insert(Player)
    .from_select(
        [Player.player_id, Player.game_id, Player.number, Player.name],
        select(
            _offered.c.player_id,
            _offered.c.next_game_id,
            3 - _offered.c.number,
            _offered.c.player_name,
        ),
    )
    .cte("seated")
)
REMATCH = select(_offered.c.game_id).add_cte(_next_game, _seated)
"""Seats players of ended games in the next game, which the first of the two to ask creates.

Returns the `game_id` of the ended game, for a player who is not there yet. Fails with a unique
violation if a server of the release before has given the seat to somebody else.
"""

READ_ONLY = select(func.current_setting("transaction_read_only")).where(
    ~select(*_STATE, Game.moved).where(false()).exists(),
    ~select(Player.stream_lease, Player.asked).where(false()).exists(),
    ~select(Spectators.game_id).where(false()).exists(),
)
"""Reads whether the database is read-only, `on` or `off`.

It fails if a column that the server uses is missing.
"""
