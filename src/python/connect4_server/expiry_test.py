"""Old games are removed and others are not, whatever players do at the same moment."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import gevent
import psycopg2
import pytest

from connect4_server import database, expiry
from connect4_server.database import Database, DatabaseError
from connect4_server.expiry import Ages, Expired, expire
from connect4_server.games import Games
from connect4_server.refusals import GameNotFoundError
from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg2.extensions import connection as Connection  # noqa: N812

    from connect4_server.game_state import SeenGame

DAY, WEEK = timedelta(days=1), timedelta(days=7)
OLD = "30 days"
ALL = Ages(DAY, WEEK, WEEK)
WON = (0, 1, 0, 1, 0, 1, 0)


class Players:
    """Who plays in a database, and whoever makes its games old."""

    def __init__(self, database_url: str, connection: Connection) -> None:
        self.url = database_url
        self.games = Games(Database(database_url))
        self._connection = connection

    def sql(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def start(self, *columns: int) -> list[SeenGame]:
        """Both seats of a game after these moves."""
        first = self.games.create()
        seats = [first, self.games.join(first.state.game_id)]
        for ply, column in enumerate(columns):
            self.games.move(*ids(seats[ply % 2]), column)
        return seats

    def make_old(self) -> None:
        """All games that there are are as they would be had nobody been there for a month."""
        self.sql("UPDATE game SET created = created - %s::interval", OLD)
        self.sql("UPDATE game SET moved = moved - %s::interval", OLD)
        self.sql("UPDATE player SET created = created - %s::interval", OLD)

    def expire(self, ages: Ages = ALL) -> int:
        return expire(self.url, ages, lambda: False).removed

    def has(self, seen: SeenGame) -> bool:
        game_id = seen.state.game_id
        players = self.sql('SELECT 1 FROM player WHERE "gameId" = %s', game_id)
        games = self.sql('SELECT 1 FROM game WHERE "gameId" = %s', game_id)
        assert bool(players) == bool(games)
        return bool(games)


@pytest.fixture
def players(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Players]:
    # Of two who meet, the slower one is to be served, too, on any machine.
    monkeypatch.setattr(database, "_SETTINGS", {"lock_timeout": "120s"})
    monkeypatch.setattr(database, "_TIMEOUT_SECONDS", 120)
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        yield Players(database_url, connection)


def ids(seen: SeenGame) -> tuple[str, str]:
    assert seen.player_id is not None
    return seen.state.game_id, seen.player_id


def test_a_game_that_nobody_joins_for_a_day_is_removed(players: Players) -> None:
    old = [players.games.create(), players.games.create(joiner_begins=True)]
    joined, _ = players.start()
    players.make_old()
    new = players.games.create()
    assert players.expire(Ages()) == 2
    assert [players.has(game) for game in (*old, joined, new)] == [False, False, True, True]


def test_a_creator_who_waits_is_not_disturbed(players: Players) -> None:
    game = players.games.create()
    players.make_old()
    players.sql("""UPDATE player SET "streamLease" = now() + interval '45 s'""")
    assert players.expire() == 0
    players.sql("""UPDATE player SET "streamLease" = now()""")
    assert players.expire() == 1
    assert not players.has(game)


def test_a_running_game_is_removed_only_if_asked(players: Players) -> None:
    game, _ = players.start(3, 3)
    players.make_old()
    assert players.expire(Ages(DAY, None, WEEK)) == 0
    assert players.expire(Ages(DAY, timedelta(days=31), WEEK)) == 0
    assert players.expire(Ages(DAY, WEEK, None)) == 1
    assert not players.has(game)


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE game SET moved = now()",
        "UPDATE player SET created = now() WHERE number = 2",
        "UPDATE player SET asked = now() WHERE number = 1",
        'UPDATE player SET "streamLease" = now() WHERE number = 2',
    ],
)
@pytest.mark.parametrize("columns", [(3,), WON])
def test_whoever_was_there_keeps_the_game(
    players: Players, touch: str, columns: tuple[int, ...]
) -> None:
    players.start(*columns)
    players.make_old()
    players.sql(touch)
    assert players.expire() == 0


def test_a_finished_game_is_removed_only_if_asked(players: Players) -> None:
    game, _ = players.start(*WON)
    players.make_old()
    assert players.expire(Ages(DAY, WEEK, None)) == 0
    assert players.expire(Ages(DAY, WEEK, WEEK)) == 1
    assert not players.has(game)


def test_a_rematch_that_nobody_joins_can_be_offered_again(players: Players) -> None:
    first, second = players.start(*WON)
    before = players.games.state(first.state.game_id)
    offered = players.games.rematch(*ids(first))
    players.make_old()
    assert players.expire(Ages()) == 1
    assert not players.has(offered)
    after = players.games.state(first.state.game_id)
    assert (after.next_game_id, after.rematch_offered_by) == (None, None)
    assert after.version == before.version + 2
    again = players.games.rematch(*ids(second))
    assert players.games.rematch(*ids(first)).state.game_id == again.state.game_id


def test_a_series_can_be_removed_in_any_order(players: Players) -> None:
    first, second = players.start(*WON)
    nexts = [players.games.rematch(*ids(seat)) for seat in (first, second)]
    players.make_old()
    assert players.expire(Ages(DAY, WEEK, None)) == 1
    assert not players.has(nexts[0])
    assert players.games.state(first.state.game_id).next_game_id is None
    nexts = [players.games.rematch(*ids(seat)) for seat in (first, second)]
    players.make_old()
    assert players.expire() == 2
    assert not any(players.has(game) for game in (first, *nexts))


def test_all_pages_and_batches_are_gone_through(
    players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry, "_PAGE", 5)
    monkeypatch.setattr(expiry, "_BATCH", 2)
    old = [players.games.create() for _ in range(17)]
    players.make_old()
    new = [players.games.create() for _ in range(6)]
    assert expire(players.url, ALL, lambda: False) == Expired(23, 17, is_complete=True)
    assert not any(map(players.has, old))
    assert all(map(players.has, new))


def test_it_stops_between_two_batches(players: Players, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "_BATCH", 2)
    old = [players.games.create() for _ in range(10)]
    players.make_old()
    asked = iter([False] * 3)
    done = expire(players.url, ALL, lambda: next(asked, True))
    assert (done.removed, done.is_complete) == (4, False)
    assert sum(map(players.has, old)) == 6


def test_an_unknown_database_is_a_database_error() -> None:
    with pytest.raises(DatabaseError, match="refused"):
        expire("postgresql://127.0.0.1:1/none", ALL, lambda: False)


def test_a_join_that_is_not_committed_yet_wins(players: Players) -> None:
    game = players.games.create()
    players.make_old()
    with closing(psycopg2.connect(players.url)) as joiner, joiner.cursor() as cursor:
        cursor.execute(
            """INSERT INTO player ("playerId", "gameId", number) VALUES (%s, %s, 2)""",
            ("j" * 32, game.state.game_id),
        )
        assert players.expire() == 0
        joiner.commit()
    assert players.has(game)


def test_a_move_that_is_not_committed_yet_wins(players: Players) -> None:
    game, _ = players.start(3)
    players.make_old()
    with closing(psycopg2.connect(players.url)) as mover, mover.cursor() as cursor:
        cursor.execute("UPDATE game SET moved = now()")
        assert players.expire() == 0
        mover.commit()
    assert players.has(game)


def after_locking(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    lock = expiry._lock

    def lock_and_act(*arguments: Any) -> Any:
        locked = lock(*arguments)
        act()
        return locked

    monkeypatch.setattr(expiry, "_lock", lock_and_act)


def before_locking(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    lock = expiry._lock

    def act_and_lock(*arguments: Any) -> Any:
        act()
        return lock(*arguments)

    monkeypatch.setattr(expiry, "_lock", act_and_lock)


def test_who_joins_just_before_the_lock_wins(
    players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = players.games.create()
    players.make_old()
    before_locking(monkeypatch, lambda: players.games.join(game.state.game_id))
    assert players.expire() == 0
    assert players.has(game)


def begin(players: Players, ask: Callable[[], object]) -> gevent.Greenlet[..., Any]:
    """Returns when what is asked waits for a lock."""
    asking = gevent.spawn(ask)

    def waits() -> bool:
        gevent.sleep(0.01)
        return bool(
            players.sql(
                "SELECT 1 FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
        )

    wait_until(waits)
    return asking


@pytest.mark.parametrize("joiner_begins", [False, True])
def test_who_joins_just_after_the_lock_finds_no_game(
    players: Players, monkeypatch: pytest.MonkeyPatch, joiner_begins: bool
) -> None:
    game = players.games.create(joiner_begins=joiner_begins)
    players.make_old()
    joining = []
    after_locking(
        monkeypatch,
        lambda: joining.append(begin(players, lambda: players.games.join(game.state.game_id))),
    )
    assert players.expire() == 1
    with pytest.raises(GameNotFoundError):
        joining[0].get()


def test_who_moves_just_after_the_lock_finds_no_game(
    players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    game, _ = players.start()
    players.make_old()
    moving = []
    after_locking(
        monkeypatch,
        lambda: moving.append(begin(players, lambda: players.games.move(*ids(game), 3))),
    )
    assert players.expire() == 1
    with pytest.raises(GameNotFoundError):
        moving[0].get()


def test_who_accepts_a_rematch_just_after_the_lock_offers_another(
    players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = players.start(*WON)
    old = players.games.rematch(*ids(first))
    players.make_old()
    accepting = []
    after_locking(
        monkeypatch,
        lambda: accepting.append(begin(players, lambda: players.games.rematch(*ids(second)))),
    )
    assert players.expire(Ages()) == 1
    new = accepting[0].get()
    assert new.state.game_id != old.state.game_id
    assert players.games.rematch(*ids(first)).state.player_count == 2


def test_of_many_joins_each_wins_or_finds_no_game(
    players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry, "_BATCH", 3)
    games = [players.games.create(joiner_begins=bool(number % 2)) for number in range(60)]
    players.make_old()
    joining: dict[str, gevent.Greenlet[..., Any]] = {}

    def join(game_id: str) -> gevent.Greenlet[..., Any]:
        if game_id not in joining:
            joining[game_id] = gevent.spawn(players.games.join, game_id)
        return joining[game_id]

    lock = expiry._lock

    def lock_among_joins(connection: Any, game_ids: list[str]) -> Any:
        join(game_ids[0]).join()
        locked = lock(connection, game_ids)
        join(game_ids[-1])
        join(games[-len(joining)].state.game_id)
        return locked

    monkeypatch.setattr(expiry, "_lock", lock_among_joins)
    removed = players.expire()
    gevent.joinall(list(joining.values()))
    assert {greenlet.successful() for greenlet in joining.values()} == {True, False}
    for game in games:
        joined = joining.get(game.state.game_id)
        if joined is not None and joined.successful():
            assert players.has(game)
        else:
            assert not players.has(game)
            assert joined is None or isinstance(joined.exception, GameNotFoundError)
    assert removed == sum(not players.has(game) for game in games)
