"""The SQL statements about who is there: leases of players, spectators, and claims of a win.

A player who has a stream holds a lease, which servers extend as long as the stream is open. A
player without streams counts as there for the same time after each request. All times are the
database's, so the servers' clocks do not matter.

Parameters are arrays, with an item per player or game, unless it says otherwise. `seat` is the
number of a player: SQLAlchemy would take `number` for the column.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import (
    ARRAY,
    Integer,
    Interval,
    String,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from connect4_models.schema import Game, Player, Spectators
from connect4_server.statements import requests_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import BindParameter

LEASE = timedelta(seconds=45)
"""How long a player counts as there after a server has seen their stream or their request."""
CLAIM_AFTER = timedelta(seconds=60)
"""How long a player has to be gone before the other one may claim the win."""


# Read when a statement runs, since the servers of some tests have shorter ones.
def _interval(name: str, value: Callable[[], timedelta]) -> BindParameter[timedelta]:
    return bindparam(name, type_=Interval(), callable_=value)


_lease = _interval("lease", lambda: LEASE)
_claim_after = _interval("claim_after", lambda: CLAIM_AFTER)

# The last move is a request, too: that of the player whose turn it is not.
_last_request = func.greatest(Player.asked, case((Player.number != Game.active_player, Game.moved)))
# What they asked while they had a stream says nothing once it has ended.
_there_until = case(
    (
        or_(Player.stream_lease.is_(None), _last_request > Player.stream_lease),
        _last_request + _lease,
    ),
    else_=Player.stream_lease,
)
# A player without streams may be thinking: nobody knows that they are gone. A move begins the time
# anew, since nobody can claim a game in which they have just been waited for.
_gone_since = case(
    (
        and_(Player.stream_lease.is_not(None), _there_until <= func.now()),
        func.greatest(_there_until, Game.moved),
    )
)
_spectators = (
    select(func.coalesce(func.sum(Spectators.number), 0))
    .where(Spectators.game_id == Game.game_id, Spectators.lease > func.now())
    .scalar_subquery()
)

PRESENCE = (
    select(
        Game.game_id,
        Player.number,
        _there_until > func.now(),
        _gone_since,
        _spectators,
        func.now(),
    )
    .join_from(Game, Player, Player.game_id == Game.game_id)
    .where(Game.game_id == any_(cast(bindparam("game_id"), ARRAY(String))))
)
"""Reads who is there, by `game_id`, with a row per player.

Returns `Game.game_id`, `Player.number`, whether the player is there (NULL: nobody has seen them),
since when they are gone (NULL: they are there, or it is not known), the number of spectators, and
the time.
"""

_stream = requests_table(game_id=Player.game_id, seat=Player.number)
EXTEND = (
    update(Player)
    .where(Player.game_id == _stream.c.game_id, Player.number == _stream.c.seat)
    .values({Player.stream_lease: func.now() + _lease})
    .returning(Player.game_id, Player.number, Player.stream_lease)
)
"""Extends the leases of players who have a stream, by `game_id` and `seat`.

Returns `Player.game_id`, `Player.number`, and the lease.
"""

# One of the release before does not know leases: whose stream has ended may have one there.
_older_server_is_connected = (
    exists()
    .where(
        column("datname") == func.current_database(),
        column("application_name") == "connect4_server",
    )
    .select_from(table("pg_stat_activity", column("datname"), column("application_name")))
)

_ended = requests_table(
    game_id=Player.game_id, seat=Player.number, stream_lease=Player.stream_lease
)
RELEASE = (
    update(Player)
    .where(
        Player.game_id == _ended.c.game_id,
        Player.number == _ended.c.seat,
        Player.stream_lease == _ended.c.stream_lease,
    )
    .values({Player.stream_lease: case((~_older_server_is_connected, func.now()))})
    .returning(Player.game_id)
)
"""Ends leases at once, by `game_id`, `seat` and the `stream_lease` that nobody has extended since.

Returns `Player.game_id`.
"""

_request = requests_table(game_id=Player.game_id, seat=Player.number)
NOTE_REQUESTS = (
    update(Player)
    .where(
        Player.game_id == _request.c.game_id,
        Player.number == _request.c.seat,
        or_(Player.stream_lease.is_(None), Player.stream_lease < func.now()),
    )
    .values({Player.asked: func.now()})
    .returning(Player.game_id)
)
"""Notes requests of players, by `game_id` and `seat`, if they have no stream.

Returns the `Player.game_id` of these.
"""

_counted = requests_table(game_id=Spectators.game_id, spectators=Spectators.number)
_worker_id = bindparam("worker_id", type_=Spectators.worker_id.type)
_inserted = insert(Spectators).from_select(
    [Spectators.game_id, Spectators.worker_id, Spectators.number, Spectators.lease],
    select(_counted.c.game_id, _worker_id, _counted.c.spectators, func.now() + _lease),
)
# Of a process that has been killed.
_cleaned = (
    delete(Spectators)
    .where(Spectators.worker_id != _worker_id, Spectators.lease < func.now() - _lease)
    .cte("cleaned")
)
COUNT_SPECTATORS = (
    _inserted.on_conflict_do_update(
        index_elements=[Spectators.game_id, Spectators.worker_id],
        set_={
            Spectators.number: _inserted.excluded.number,
            Spectators.lease: _inserted.excluded.lease,
        },
    )
    .add_cte(_cleaned)
    .returning(Spectators.game_id)
)
"""Sets the number of `spectators` that games have at one process, by `game_id`, for one lease.

`worker_id` is the process, for all of them. Returns `Spectators.game_id`.
"""

CLAIM = (
    update(Game)
    .where(
        Game.game_id == bindparam("game_id", type_=Game.game_id.type),
        Game.active,
        Player.game_id == Game.game_id,
        Player.number == 3 - bindparam("claimant", type_=Integer()),
        _gone_since <= func.now() - _claim_after,
        ~_older_server_is_connected,
    )
    .values(
        {
            Game.changes: Game.changes + 1,
            Game.active: false(),
            Game.winner: bindparam("claimant", type_=Integer()),
            Game.ending: "abandoned",
        }
    )
    .returning(Game.game_id)
)
"""Has player `claimant` win the game `game_id` (one of each), if the other one is gone long enough.

Returns `Game.game_id`, if so.
"""
