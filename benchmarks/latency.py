"""From sending a move to the opponent's seeing it, beside boardgame.io and beside pgbench.

    ./pants run benchmarks/latency.py [-- --rounds N --seconds N --pairs N ...]

Pairs of clients play one game after the other: create, join, and all 42 moves of a draw; both watch
their game. Measured is a move: from just before it is sent until the opponent has seen it,
whereupon the opponent moves. The pairs play on one server with one worker and, in turn with it, on
boardgame.io, with its games in memory and with its games in the same PostgreSQL; then on two
servers, each player on another, that tell each other through PostgreSQL; then the same through
Redis. The ceiling, in turn with all of them: pgbench's transactions for a move, with as many
clients as there are pairs, which is how many moves are under way at once. Beside the figures stands
what the load has taken of the processor. Prints a table, and writes dist/benchmarks/latency.json.
Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from measuring import live_games
from measuring.boardgame_io_game import BoardgameIoGame
from measuring.http_game import HttpGame
from measuring.options import common_options
from measuring.pair import Pair
from measuring.percentiles import milliseconds
from measuring.pgbench import pgbench
from measuring.postgres import execute, fresh_postgres, settle
from measuring.reactor import Reactor
from measuring.report import Goal, Report, publish
from measuring.turns import in_turn
from server_process import ServerProcess
from server_process.redis_process import RedisProcess

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from measuring.pair import Game

ONE = "one"
TWO = "two, PostgreSQL"
TWO_WITH_REDIS = "two, Redis"
IN_MEMORY = "boardgame.io, in memory"
STORED = "boardgame.io, PostgreSQL"
PGBENCH = "pgbench"

# Who takes turns, with pgbench among them, and at which numbers of pairs.
GROUPS = {
    (ONE, IN_MEMORY, STORED): (1, 10, 50, 200),
    (TWO,): (1, 50, 200),
    (TWO_WITH_REDIS,): (1, 50, 200),
}
# At so many pairs the p99 is to be under so many ms; between them, what holds for more.
GOALS_MS = {
    ONE: {1: 2.5, 50: 45.0, 200: 140.0},
    TWO: {1: 10.0, 50: 50.0, 200: 200.0},
    TWO_WITH_REDIS: {1: 10.0, 50: 50.0, 200: 200.0},
}
# How many times the moves a second of those one server is to make.
GOALS_TIMES = {IN_MEMORY: 1.0, STORED: 8.0}
WARM_UP_SECONDS = 1.0
# For what takes longer: until every pair has made a move, and until one is made.
PATIENCE_SECONDS = 60.0
CEILING_GAMES = 20_000
# pgbench's clients, and the servers' connections beside them.
POSTGRES = {"max_connections": "300"}


# Few and short: to see that it works.
QUICK = ("--rounds=1", "--seconds=1", "--pairs", "2")


class Row(TypedDict):
    """What came out for so many pairs on those servers."""

    servers: str
    pairs: int
    moves_per_second: int
    p50_ms: float
    p99_ms: float
    pgbench_p50_ms: float
    pgbench_p99_ms: float
    p50_ratio: float
    p99_ratio: float
    load_us: float
    load_share: float


class Played(NamedTuple):
    """A round: how long each move took to be seen, and for how long the load was busy."""

    seconds: float
    latencies: list[float]
    load_seconds: float


@dataclass
class Measured:
    """All rounds of one of those who took turns."""

    rounds: list[Played] = field(default_factory=list)

    def summary(self, servers: str, pairs: int, ceiling: Sequence[float]) -> Row:
        """The figures that the report shows; the rate is a round's, the rest of all together."""
        latencies = [one for played in self.rounds for one in played.latencies]
        load = sum(played.load_seconds for played in self.rounds)
        p50, p99 = (milliseconds(latencies, share) for share in (0.5, 0.99))
        ceiling_p50, ceiling_p99 = (milliseconds(ceiling, share) for share in (0.5, 0.99))
        return {
            "servers": servers,
            "pairs": pairs,
            "moves_per_second": round(
                statistics.median(len(played.latencies) / played.seconds for played in self.rounds)
            ),
            "p50_ms": p50,
            "p99_ms": p99,
            "pgbench_p50_ms": ceiling_p50,
            "pgbench_p99_ms": ceiling_p99,
            "p50_ratio": round(p50 / ceiling_p50, 1),
            "p99_ratio": round(p99 / ceiling_p99, 1),
            "load_us": round(load / len(latencies) * 1e6, 1),
            "load_share": round(load / sum(played.seconds for played in self.rounds), 3),
        }


def play(
    make_game: Callable[[Reactor, Callable[[], None]], Game], pairs: int, seconds: float
) -> Played:
    """Has pairs play for so long, after a warm-up.

    Raises TimeoutError if nothing comes of it.
    """
    took: list[float] = []
    with Reactor() as reactor:
        players = [Pair(partial(make_game, reactor), took.append) for _ in range(pairs)]
        warm = time.perf_counter() + WARM_UP_SECONDS
        reactor.run(
            lambda: time.perf_counter() > warm and all(pair.has_moved for pair in players),
            WARM_UP_SECONDS + PATIENCE_SECONDS,
        )
        took.clear()
        began, idle = time.perf_counter(), time.process_time()
        end = began + seconds
        reactor.run(lambda: bool(took) and time.perf_counter() > end, seconds + PATIENCE_SECONDS)
        return Played(time.perf_counter() - began, took, time.process_time() - idle)


def play_on(servers: str, urls: dict[str, str], pairs: int, seconds: float) -> Played:
    """The same, on servers that are new."""
    with ExitStack() as running:
        if servers in (IN_MEMORY, STORED):
            stored = {"DATABASE_URL": urls[servers] if servers == STORED else ""}
            game_server = running.enter_context(ServerProcess(stored, "measuring.boardgame_io"))
            return play(
                lambda reactor, on_progress: BoardgameIoGame(reactor, game_server.url, on_progress),
                *(pairs, seconds),
            )
        environ = {
            "DATABASE_URL": urls[ONE],
            "REDIS_URL": "",
            "WEB_CONCURRENCY": "1",
            "RATE_LIMITS": "false",
        }
        if servers == TWO_WITH_REDIS:
            environ["REDIS_URL"] = running.enter_context(RedisProcess()).url
        one = running.enter_context(ServerProcess(environ))
        other = one if servers == ONE else running.enter_context(ServerProcess(environ))
        return play(
            lambda reactor, on_progress: HttpGame(reactor, (one.url, other.url), on_progress),
            *(pairs, seconds),
        )


def measure(
    group: Sequence[str], urls: dict[str, str], pairs: int, options: Namespace
) -> list[Row]:
    """Some rounds, in which all of a group and pgbench take turns."""
    measured = {servers: Measured() for servers in group}
    ceiling: list[float] = []
    for number in range(options.rounds):
        for servers in in_turn([*group, PGBENCH], number):
            # What somebody else has written is not for this one to write out.
            execute(urls[ONE], "CHECKPOINT")
            if servers == PGBENCH:
                ceiling += pgbench(
                    *(urls[ONE], "moves", pairs, options.seconds),
                    latencies=True,
                    games=CEILING_GAMES,
                ).latencies
            else:
                played = play_on(servers, urls, pairs, options.seconds)
                measured[servers].rounds.append(played)
    return [one.summary(servers, pairs, ceiling) for servers, one in measured.items()]


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed."""
    parser = common_options("latency", __doc__, rounds=3, seconds=4)
    parser.add_argument(
        "--pairs",
        type=int,
        nargs="+",
        help="up to 200 (of one server 1, 10, 50 and 200, of two 1, 50 and 200)",
    )
    options = parser.parse_args(argv)
    rows: list[Row] = []
    with fresh_postgres(POSTGRES) as postgres:
        urls = {ONE: postgres.url(), STORED: postgres.create_database("boardgame_io")}
        live_games.add_games(urls[ONE], "p", CEILING_GAMES, begun=True)
        settle(urls[ONE])
        for group, numbers in GROUPS.items():
            for pairs in options.pairs or numbers:
                rows += measure(group, urls, pairs, options)
    return publish(report(rows, options), options.output)


def report(rows: Sequence[Row], options: Namespace) -> Report:
    """A row for every number of pairs on every kind of servers."""
    return Report(
        name="latency",
        settings={"rounds": options.rounds, "seconds": options.seconds},
        results=rows,
        header=(
            *("servers", "pairs", "moves a second", "p50", "p99"),
            *("pgbench, p50", "pgbench, p99", "ratio of p50", "ratio of p99"),
            *("load, a move", "load, of a core"),
        ),
        rows=[
            (
                row["servers"],
                str(row["pairs"]),
                f"{row['moves_per_second']:,}",
                f"{row['p50_ms']:.1f} ms",
                f"{row['p99_ms']:.1f} ms",
                f"{row['pgbench_p50_ms']:.1f} ms",
                f"{row['pgbench_p99_ms']:.1f} ms",
                f"{row['p50_ratio']:.1f}",
                f"{row['p99_ratio']:.1f}",
                f"{row['load_us']:.0f} µs",
                f"{row['load_share']:.0%}".replace("%", " %"),
            )
            for row in rows
        ],
        goals=goals(rows),
    )


def goals(rows: Sequence[Row]) -> list[Goal]:
    """Of how long a move takes to be seen, and of how many there are beside boardgame.io's."""
    moves = {(row["servers"], row["pairs"]): row["moves_per_second"] for row in rows}
    return [
        Goal(
            f"p99, pairs: {row['pairs']}, servers: {row['servers']}",
            row["p99_ms"],
            next(limit for pairs, limit in limits.items() if row["pairs"] <= pairs),
            "ms",
        )
        for row in rows
        if (limits := GOALS_MS.get(row["servers"]))
    ] + [
        Goal(
            f"times the moves of {servers}, pairs: {pairs}",
            round(moves[ONE, pairs] / per_second, 2),
            GOALS_TIMES[servers],
            at_least=True,
        )
        for (servers, pairs), per_second in moves.items()
        if servers in GOALS_TIMES
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
