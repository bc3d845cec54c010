"""From sending a move to the opponent's seeing it, beside pgbench on the same PostgreSQL.

    ./pants run benchmarks/latency.py [-- --rounds N --seconds N --pairs N ...]

Pairs of clients play one game after the other over HTTP: create, join, and all 42 moves of a draw;
both watch their game. Measured is a move: from just before it is sent until the opponent's stream
has the event with it, whereupon the opponent moves. The pairs play on one server with one worker;
then on two, each player on another, that tell each other through PostgreSQL; then the same through
Redis. The ceiling, in turn with it: pgbench's transactions for a move, with as many clients as
there are pairs, which is how many moves are under way at once. Prints a table, and writes
dist/benchmarks/latency.json. Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from measuring import live_games
from measuring.options import common_options
from measuring.pair import Pair
from measuring.percentiles import milliseconds
from measuring.pgbench import pgbench
from measuring.postgres import fresh_postgres, settle
from measuring.reactor import Reactor
from measuring.report import Goal, Report, publish
from server_process import ServerProcess
from server_process.redis_process import RedisProcess

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

# At so many pairs the p99 is to be under so many ms; between them, what holds for more.
GOALS_MS = {1: 10.0, 50: 50.0, 200: 200.0}
WARM_UP_SECONDS = 1.0
CEILING_GAMES = 20_000
# pgbench's clients, and the servers' connections beside them.
POSTGRES = {"max_connections": "300"}

ONE = "one"
TWO = "two, PostgreSQL"
TWO_WITH_REDIS = "two, Redis"
SERVERS = (ONE, TWO, TWO_WITH_REDIS)


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


@dataclass
class Measured:
    """What both sides did, all rounds together; the rate is a round's."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    ceiling: list[float] = field(default_factory=list)

    def summary(self, servers: str, pairs: int) -> Row:
        """The figures that the report shows."""
        p50, p99 = (milliseconds(self.latencies, share) for share in (0.5, 0.99))
        ceiling_p50, ceiling_p99 = (milliseconds(self.ceiling, share) for share in (0.5, 0.99))
        return {
            "servers": servers,
            "pairs": pairs,
            "moves_per_second": round(statistics.median(self.rates)),
            "p50_ms": p50,
            "p99_ms": p99,
            "pgbench_p50_ms": ceiling_p50,
            "pgbench_p99_ms": ceiling_p99,
            "p50_ratio": round(p50 / ceiling_p50, 1),
            "p99_ratio": round(p99 / ceiling_p99, 1),
        }


def play(urls: tuple[str, str], pairs: int, seconds: float) -> tuple[float, list[float]]:
    """The moves a second, and how long each took to be seen, after a warm-up.

    Raises TimeoutError if nothing comes of it.
    """
    took: list[float] = []
    with Reactor() as reactor:
        for _ in range(pairs):
            Pair(reactor, urls, took.append)
        warm = time.perf_counter() + WARM_UP_SECONDS
        reactor.run(lambda: bool(took) and time.perf_counter() > warm, WARM_UP_SECONDS + 60)
        took.clear()
        began = time.perf_counter()
        end = began + seconds
        reactor.run(lambda: bool(took) and time.perf_counter() > end, seconds + 60)
        return len(took) / (time.perf_counter() - began), took


def measure(servers: str, database_url: str, pairs: int, options: Namespace) -> Measured:
    """Some rounds, on servers that are new in each, and pgbench in turn."""
    measured = Measured()
    for _ in range(options.rounds):
        with ExitStack() as running:
            environ = {"DATABASE_URL": database_url, "REDIS_URL": "", "WEB_CONCURRENCY": "1"}
            if servers == TWO_WITH_REDIS:
                environ["REDIS_URL"] = running.enter_context(RedisProcess()).url
            one = running.enter_context(ServerProcess(environ))
            other = one if servers == ONE else running.enter_context(ServerProcess(environ))
            rate, took = play((one.url, other.url), pairs, options.seconds)
        measured.rates.append(rate)
        measured.latencies += took
        measured.ceiling += pgbench(
            *(database_url, "moves", pairs, options.seconds), latencies=True, games=CEILING_GAMES
        ).latencies
    return measured


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed."""
    parser = common_options("latency", __doc__, rounds=3, seconds=4)
    parser.add_argument(
        "--pairs", type=int, nargs="+", default=list(GOALS_MS), help="(%(default)s), up to 200"
    )
    options = parser.parse_args(argv)
    rows = []
    with fresh_postgres(POSTGRES) as postgres:
        url = postgres.url()
        live_games.add_games(url, "p", CEILING_GAMES, begun=True)
        settle(url)
        for servers in SERVERS:
            for pairs in options.pairs:
                rows.append(measure(servers, url, pairs, options).summary(servers, pairs))
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
            )
            for row in rows
        ],
        goals=[
            Goal(
                f"p99, pairs: {row['pairs']}, servers: {row['servers']}",
                row["p99_ms"],
                next(limit for pairs, limit in GOALS_MS.items() if row["pairs"] <= pairs),
                "ms",
            )
            for row in rows
        ],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
