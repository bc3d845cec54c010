"""Removes old games in batches, while the servers run.

Each batch is a transaction of its own. It first locks the games with their players, and skips those
that somebody else has locked: so it waits for nobody, and cannot deadlock. Then it looks once more
whether they are expired. Whoever joins or moves in a game that is being removed waits for
milliseconds, and then finds no game.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from connect4_server.database import DatabaseError
from connect4_server.engine import cooperative_engine, reason_of
from connect4_server.expiry_statements import LOCK_GAMES, LOCK_PREVIOUS_GAMES, PAGE, REMOVE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Connection, Engine

_APPLICATION_NAME = "connect4_server expire"
# Games that one statement looks at, and games that one transaction removes.
_PAGE = 10_000
_BATCH = 500


@dataclass(frozen=True)
class Ages:
    """After what time games are removed; None is never.

    `unjoined` is the time since the creation of a running game with one player, who is not there.
    `untouched` and `finished` are the time since anybody moved, joined, or was there, in a running
    game of two and in one that is over.
    """

    unjoined: timedelta | None = timedelta(days=1)
    untouched: timedelta | None = None
    finished: timedelta | None = None


@dataclass(frozen=True)
class Expired:
    """What was done: how many games were looked at and removed, and whether all were looked at."""

    seen: int
    removed: int
    is_complete: bool


def expire(connection_string: str, ages: Ages, is_stopped: Callable[[], bool]) -> Expired:
    """Removes the games that are older than AGES from the database, a connection string of libpq.

    It stops between two batches when IS_STOPPED returns true. Raises DatabaseError.
    """
    parameters = asdict(ages)
    engine = cooperative_engine(connection_string, _APPLICATION_NAME, pool_size=1, max_overflow=0)
    seen = removed = 0
    after = ""
    try:
        while not is_stopped():
            number, last, expired = _next_page(engine, after, parameters)
            if number == 0:
                return Expired(seen, removed, is_complete=True)
            for begin in range(0, len(expired), _BATCH):
                if is_stopped():
                    break
                removed += _remove(engine, expired[begin : begin + _BATCH], parameters)
            seen, after = seen + number, last
    except DBAPIError as error:
        raise DatabaseError(reason_of(error)) from None
    finally:
        engine.dispose()
    return Expired(seen, removed, is_complete=False)


def _next_page(
    engine: Engine, after: str, parameters: Mapping[str, Any]
) -> tuple[int, str, Sequence[str]]:
    """Returns the number of games behind the id AFTER, the last id, and the expired ones."""
    with engine.connect() as connection:
        page = {"after": after, "size": _PAGE, **parameters}
        number, last, expired = connection.execute(PAGE, page).one()
        return number, last, expired or []


def _remove(engine: Engine, game_ids: Sequence[str], parameters: Mapping[str, Any]) -> int:
    """Removes those of the games that nobody uses now; returns their number."""
    with engine.connect() as connection:
        # Each statement has to see what was committed until it began.
        connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            locked = _lock(connection, game_ids)
            return len(connection.execute(REMOVE, {**locked, **parameters}).all())


def _lock(connection: Connection, game_ids: Sequence[str]) -> dict[str, list[str]]:
    """Locks the games as far as nobody else has; returns the ids of what is locked."""
    locked = connection.execute(LOCK_GAMES, {"game_id": list(game_ids)}).all()
    games = list({game_id for game_id, _ in locked})
    return {
        "game_id": games,
        "player_id": [player_id for _, player_id in locked],
        "previous_game_id": list(connection.scalars(LOCK_PREVIOUS_GAMES, {"game_id": games})),
    }
