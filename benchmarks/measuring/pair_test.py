"""Pairs play on real servers, whole games and more than one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from measuring.boardgame_io_game import BoardgameIoGame
from measuring.http_game import HttpGame
from measuring.live_games import DRAW
from measuring.pair import Pair
from measuring.postgres import count, fresh_postgres
from measuring.reactor import Reactor
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from measuring.pair import Game

GAMES = 2 * 3


def play(make_game: Callable[[Reactor, Callable[[], None]], Game]) -> int:
    """Has two pairs play three games each, or so; says how many moves there were."""
    took: list[float] = []
    with Reactor() as reactor:
        pairs = [Pair(partial(make_game, reactor), took.append) for _ in range(2)]
        reactor.run(lambda: len(took) >= GAMES * len(DRAW), 120)
        assert all(pair.has_moved for pair in pairs)
    assert all(0 < seconds < 120 for seconds in took)
    return len(took)


@pytest.mark.parametrize("servers", [1, 2])
def test_pairs_play_one_game_after_the_other(servers: int) -> None:
    with fresh_postgres() as postgres:
        environ = {"DATABASE_URL": postgres.url(), "REDIS_URL": ""}
        with ServerProcess(environ) as one, ServerProcess(environ) as other:
            urls = (one.url, one.url if servers == 1 else other.url)
            moves = play(lambda reactor, on_progress: HttpGame(reactor, urls, on_progress))
        assert count(postgres.url(), "SELECT sum(length(moves)) FROM game") >= moves
        finished = "SELECT count(*) FROM game WHERE NOT active AND winner IS NULL"
        assert count(postgres.url(), finished) >= GAMES - 2


def test_they_do_so_on_boardgame_io_too() -> None:
    with fresh_postgres() as postgres:
        url = postgres.create_database("boardgame_io")
        with ServerProcess({"DATABASE_URL": url}, "measuring.boardgame_io") as server:
            play(lambda reactor, on_progress: BoardgameIoGame(reactor, server.url, on_progress))
        # What is drawn is stored as drawn; the last moves may have been seen and not stored.
        drawn = """SELECT count(*) FROM "Games" WHERE gameover ->> 'draw' = 'true'"""
        assert count(url, drawn) >= GAMES - 4


def test_boardgame_io_keeps_games_in_memory_too() -> None:
    with ServerProcess({"DATABASE_URL": ""}, "measuring.boardgame_io") as server:
        play(lambda reactor, on_progress: BoardgameIoGame(reactor, server.url, on_progress))
