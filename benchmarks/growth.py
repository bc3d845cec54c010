"""Moves and reads beside ever more finished games: whether the server gets slower with them.

    ./pants run benchmarks/growth.py [-- --games NUMBER ... --rounds N --seconds N --connections N]

One PostgreSQL has a database for each number of finished games, with two players each, and as many
live games in all of them. A server each, and pgbench with the same SQL, take turns, with all
databases in each round, so that noise of the machine hits all alike; from the fewest games to the
most and, in the next round, back. What counts is the ratio of
the two beside that with the fewest games: what takes PostgreSQL itself longer slows pgbench, too.
10,000,000 games take some minutes to fill in, and 10 GB of disk, until it is done. Prints a table,
and writes dist/benchmarks/growth.json. Exit status 1 if a goal is missed, or if there is too little
room.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from measuring import finished_games, live_games
from measuring.http_load import put_under_load
from measuring.options import common_options
from measuring.percentiles import milliseconds
from measuring.pgbench import pgbench
from measuring.postgres import configure, fresh_postgres, settle
from measuring.report import Goal, Report, publish
from measuring.turns import in_turn
from migrations.commands import upgrade
from server_process import ServerProcess

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from local_postgres import LocalPostgres

GAMES = (1_000, 100_000, 10_000_000)
# Of the ratio with the fewest games.
GOAL = 0.9
WARM_UP_SECONDS = 1.0
# Live games: to read, and for moves so many a second, which on two cores are not used up.
READ = 20_000
MOVED = 1_000
KINDS = ("moves", "reads")


# Few and short: to see that it works.
QUICK = ("--games", "100", "2000", "--rounds=1", "--seconds=1", "--connections=2")


class Row(TypedDict):
    """What came out for a kind of request beside so many finished games."""

    kind: str
    games: int
    server_per_second: int
    server_relative: float
    p50_ms: float
    p99_ms: float
    pgbench_per_second: int
    pgbench_relative: float
    ratio: float
    ratio_relative: float


@dataclass
class Measured:
    """What both sides did a second, a round each, and how long the server's answers took."""

    server: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)


Results = dict[tuple[str, int], Measured]


def fill(postgres: LocalPostgres, options: Namespace) -> dict[int, str]:
    """A database for each number of finished games; returns the URLs."""
    configure(postgres, finished_games.FILLING)
    urls = {games: postgres.create_database(f"games_{games}") for games in options.games}
    for games, url in urls.items():
        upgrade(url)
        finished_games.add_finished_games(url, games)
        live_games.add_games(url, "p", READ, begun=True)
        seconds = WARM_UP_SECONDS + options.rounds * options.seconds
        live_games.add_games(url, "m", round(MOVED * seconds))
        settle(url)
    configure(postgres, finished_games.NOT_FILLING)
    return urls


def measure(urls: dict[int, str], options: Namespace) -> Results:
    """The rounds; the first one, shorter, only warms up."""
    results: Results = {(kind, games): Measured() for kind in KINDS for games in urls}
    connections = options.connections
    with ExitStack() as running:
        servers = {
            games: running.enter_context(
                ServerProcess(
                    {
                        "DATABASE_URL": url,
                        "REDIS_URL": "",
                        "WEB_CONCURRENCY": "1",
                        "RATE_LIMITS": "false",
                    }
                )
            )
            for games, url in urls.items()
        }
        numbers = {games: itertools.count(1) for games in urls}
        for number, kind in itertools.product(range(options.rounds + 1), KINDS):
            is_warm = number > 0
            seconds = options.seconds if is_warm else WARM_UP_SECONDS
            for games, url in in_turn([*urls.items()], number):
                if kind == "moves":
                    status, requests = 202, partial(live_games.moves, "m", numbers[games])
                else:
                    status, requests = 200, partial(live_games.reads, "p", READ)
                load = put_under_load(servers[games].url, connections, seconds, status, requests)
                ceiling = pgbench(url, kind, connections, seconds, games=READ)
                if is_warm:
                    measured = results[kind, games]
                    measured.server.append(load.per_second)
                    measured.latencies += load.latencies
                    measured.pgbench.append(ceiling.per_second)
    return results


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed, or if there is too little room."""
    parser = common_options("growth", __doc__, rounds=5, seconds=4)
    parser.add_argument(
        "--games", type=int, nargs="+", default=list(GAMES), help="from few to many (%(default)s)"
    )
    parser.add_argument("--connections", type=int, default=16, help="(%(default)d)")
    options = parser.parse_args(argv)
    needed = sum(options.games) * finished_games.BYTES_A_GAME + finished_games.BYTES_BESIDE
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < needed:
        sys.stderr.write(
            f"growth: {needed / 1e9:.1f} GB of disk are needed in {tempfile.gettempdir()}, and"
            f" {free / 1e9:.1f} GB are free; see --games and TMPDIR\n"
        )
        return 1
    with fresh_postgres() as postgres:
        urls = fill(postgres, options)
        results = measure(urls, options)
    return publish(report(results, options), options.output)


def summary(results: Results, fewest: int) -> list[Row]:
    """The figures that the report shows."""
    rows: list[Row] = []
    for (kind, games), measured in results.items():
        base = results[kind, fewest]
        server, ceiling = statistics.median(measured.server), statistics.median(measured.pgbench)
        server_relative = server / statistics.median(base.server)
        pgbench_relative = ceiling / statistics.median(base.pgbench)
        rows.append(
            {
                "kind": kind,
                "games": games,
                "server_per_second": round(server),
                "server_relative": round(server_relative, 3),
                "p50_ms": milliseconds(measured.latencies, 0.5),
                "p99_ms": milliseconds(measured.latencies, 0.99),
                "pgbench_per_second": round(ceiling),
                "pgbench_relative": round(pgbench_relative, 3),
                "ratio": round(server / ceiling, 3),
                "ratio_relative": round(server_relative / pgbench_relative, 3),
            }
        )
    return rows


def report(results: Results, options: Namespace) -> Report:
    """A row for every kind of request and number of games."""
    fewest = options.games[0]
    rows: Sequence[Row] = summary(results, fewest)
    return Report(
        name="growth",
        settings={
            "connections": options.connections,
            "rounds": options.rounds,
            "seconds": options.seconds,
        },
        results=rows,
        header=(
            *("", "finished games", "server, a second", "relative", "p50", "p99"),
            *("pgbench, a second", "relative", "ratio", "relative"),
        ),
        rows=[
            (
                row["kind"],
                f"{row['games']:,}",
                f"{row['server_per_second']:,}",
                f"{row['server_relative']:.2f}",
                f"{row['p50_ms']:.1f} ms",
                f"{row['p99_ms']:.1f} ms",
                f"{row['pgbench_per_second']:,}",
                f"{row['pgbench_relative']:.2f}",
                f"{row['ratio']:.2f}",
                f"{row['ratio_relative']:.2f}",
            )
            for row in rows
        ],
        goals=[
            Goal(
                f"ratio of {row['kind']}, {row['games']:,} finished games, of that with {fewest:,}",
                row["ratio_relative"],
                GOAL,
                at_least=True,
            )
            for row in rows
            if row["games"] != fewest
        ],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
