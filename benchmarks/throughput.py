"""Requests a second over HTTP, beside pgbench with the same SQL on the same PostgreSQL.

    ./pants run benchmarks/throughput.py [-- --rounds N --seconds N --connections N ... --workers N]

For moves, reads, new games and joins: the server and pgbench take turns on one durable PostgreSQL
(fsync and synchronous_commit are on), with as many connections each, and the load comes from the
same machine. What counts is the ratio of the medians: noise of the machine hits both. Prints a
table, and writes dist/benchmarks/throughput.json. Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import itertools
import statistics
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from measuring import live_games
from measuring.http_load import put_under_load
from measuring.options import common_options
from measuring.percentiles import milliseconds
from measuring.pgbench import pgbench
from measuring.postgres import fresh_postgres, settle
from measuring.report import Goal, Report, publish
from server_process import ServerProcess

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Mapping

# Of pgbench's transactions, for moves.
GOAL = 0.35
# For both sides alike, before each kind of request: not counted. pgbench takes whole seconds.
WARM_UP_SECONDS = 1.0
READ = 20_000
# Of the others so many a second: more than are used up, on two cores.
MOVED = 1_000
JOINED = 20_000


# Few and short: to see that it works.
QUICK = ("--rounds=1", "--seconds=1", "--connections", "2")


class Kind(NamedTuple):
    """A kind of request: the status of its answers, and what is asked."""

    status: int
    requests: Callable[[], Iterator[bytes]]


class Row(TypedDict):
    """What came out for a kind of request."""

    kind: str
    connections: int
    server_per_second: int
    pgbench_per_second: int
    ratio: float
    p50_ms: float
    p99_ms: float


@dataclass
class Measured:
    """What both sides did a second, a round each, and how long the server's answers took."""

    server: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.server) / statistics.median(self.pgbench)

    def summary(self, kind: str, connections: int) -> Row:
        """The figures that the report shows."""
        return {
            "kind": kind,
            "connections": connections,
            "server_per_second": round(statistics.median(self.server)),
            "pgbench_per_second": round(statistics.median(self.pgbench)),
            "ratio": round(self.ratio, 3),
            "p50_ms": milliseconds(self.latencies, 0.5),
            "p99_ms": milliseconds(self.latencies, 0.99),
        }


def fill(database_url: str, seconds: float) -> None:
    """Games for pgbench (p and j), for the server's moves (m) and for its joins (h)."""
    live_games.add_games(database_url, "p", READ, begun=True)
    live_games.add_games(database_url, "m", round(MOVED * seconds))
    for kind in "hj":
        live_games.add_games(database_url, kind, round(JOINED * seconds), players=1)
    settle(database_url)


def kinds_of_requests() -> dict[str, Kind]:
    """What is asked; of games to move in or to join each is given out once."""
    return {
        "moves": Kind(202, partial(live_games.moves, "m", itertools.count(1))),
        "reads": Kind(200, partial(live_games.reads, "p", READ)),
        "new games": Kind(201, live_games.new_games),
        "joins": Kind(202, partial(live_games.joins, "h", itertools.count(1))),
    }


def measure(
    database_url: str, server_url: str, connections: int, rounds: int, seconds: float
) -> dict[str, Measured]:
    """Every kind of request, the server and pgbench in turn."""
    results: dict[str, Measured] = {}
    for name, kind in kinds_of_requests().items():
        measured = results[name] = Measured()
        for number in range(rounds + 1):
            is_warm = number > 0
            duration = seconds if is_warm else WARM_UP_SECONDS
            load = put_under_load(server_url, connections, duration, *kind)
            joined = number * round(JOINED * seconds) // connections
            ceiling = pgbench(database_url, name, connections, duration, games=READ, joined=joined)
            if is_warm:
                measured.server.append(load.per_second)
                measured.latencies += load.latencies
                measured.pgbench.append(ceiling.per_second)
    return results


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed."""
    parser = common_options("throughput", __doc__, rounds=5, seconds=4)
    parser.add_argument(
        "--connections", type=int, nargs="+", default=[16], help="of both sides (%(default)s)"
    )
    parser.add_argument("--workers", type=int, default=1, help="of the server (%(default)d)")
    options = parser.parse_args(argv)
    results = {}
    for connections in options.connections:
        with fresh_postgres() as postgres:
            url = postgres.url()
            fill(url, (1 + options.rounds) * options.seconds)
            environ = {"DATABASE_URL": url, "WEB_CONCURRENCY": str(options.workers)}
            with ServerProcess(environ) as server:
                results[connections] = measure(
                    url, server.url, connections, options.rounds, options.seconds
                )
    return publish(report(results, options), options.output)


def report(results: Mapping[int, Mapping[str, Measured]], options: Namespace) -> Report:
    """A row for every kind of request and number of connections."""
    summaries = [
        measured.summary(name, connections)
        for connections, kinds in results.items()
        for name, measured in kinds.items()
    ]
    return Report(
        name="throughput",
        settings={
            "workers": options.workers,
            "rounds": options.rounds,
            "seconds": options.seconds,
        },
        results=summaries,
        header=("", "connections", "server, a second", "pgbench, a second", "ratio", "p50", "p99"),
        rows=[
            (
                row["kind"],
                str(row["connections"]),
                f"{row['server_per_second']:,}",
                f"{row['pgbench_per_second']:,}",
                f"{row['ratio']:.2f}",
                f"{row['p50_ms']:.1f} ms",
                f"{row['p99_ms']:.1f} ms",
            )
            for row in summaries
        ],
        goals=[
            Goal(
                f"moves of pgbench's, {row['connections']} connections",
                row["ratio"],
                GOAL,
                at_least=True,
            )
            for row in summaries
            if row["kind"] == "moves"
        ],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
