"""Pairs play on a real server, whole games and more than one."""

from __future__ import annotations

import pytest

from measuring.live_games import DRAW
from measuring.pair import Pair
from measuring.postgres import count, fresh_postgres
from measuring.reactor import Reactor
from server_process import ServerProcess


@pytest.mark.parametrize("servers", [1, 2])
def test_pairs_play_one_game_after_the_other(servers: int) -> None:
    took: list[float] = []
    games = 2 * 3
    with fresh_postgres() as postgres, Reactor() as reactor:
        environ = {"DATABASE_URL": postgres.url(), "REDIS_URL": ""}
        with ServerProcess(environ) as one, ServerProcess(environ) as other:
            urls = (one.url, one.url if servers == 1 else other.url)
            for _ in range(2):
                Pair(reactor, urls, took.append)
            reactor.run(lambda: len(took) >= games * len(DRAW), 120)
        assert count(postgres.url(), "SELECT sum(length(moves)) FROM game") >= len(took)
        finished = "SELECT count(*) FROM game WHERE NOT active AND winner IS NULL"
        assert count(postgres.url(), finished) >= games - 2
    assert all(0 < seconds < 120 for seconds in took)
