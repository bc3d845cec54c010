"""Requests a second over HTTP, beside pgbench with the same SQL on the same PostgreSQL.

    ./pants run benchmarks/throughput.py [-- --rounds N --connections N ... --workers N ...]

For moves, reads, new games and joins: the server and pgbench take turns on one durable PostgreSQL
(fsync and synchronous_commit are on), with as many connections each, and the load comes from the
same machine. For reads the bare stack takes its turn, too: the same workers of gunicorn's, as many,
with a route of Flask that does nothing. What counts is the ratio of the medians: noise of the
machine hits all. Prints a table, and writes dist/benchmarks/throughput.json. Exit status 1 if a
goal is missed.
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
from measuring.turns import in_turn
from server_process import ServerProcess

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Sequence

# Of pgbench's transactions, for moves: by workers and connections.
GOALS = {(1, 16): 0.22, (1, 64): 0.30, (2, 64): 0.40}
# Of what the bare stack answers, for reads.
BARE_GOAL = 0.6
# For both sides alike, before each kind of request: not counted. pgbench takes whole seconds.
WARM_UP_SECONDS = 1.0
READ = 20_000
# Of the others so many a second: more than are used up, on two cores.
MOVED = 1_000
JOINED = 20_000


# Few and short: to see that it works.
QUICK = ("--rounds=1", "--seconds=1", "--connections", "16", "--workers", "1")


class Kind(NamedTuple):
    """A kind of request: the status of its answers, and what is asked."""

    status: int
    requests: Callable[[], Iterator[bytes]]


class Row(TypedDict):
    """What came out for a kind of request; what is None was not measured."""

    kind: str
    workers: int
    connections: int
    server_per_second: int
    pgbench_per_second: int
    ratio: float
    bare_per_second: int | None
    bare_ratio: float | None
    p50_ms: float
    p99_ms: float


@dataclass
class Measured:
    """What all sides did a second, a round each, and how long the server's answers took."""

    server: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Takes what another round brought."""
        self.server += other.server
        self.pgbench += other.pgbench
        self.bare += other.bare
        self.latencies += other.latencies

    def summary(self, kind: str, workers: int, connections: int) -> Row:
        """The figures that the report shows."""
        server, ceiling = statistics.median(self.server), statistics.median(self.pgbench)
        bare = statistics.median(self.bare) if self.bare else None
        return {
            "kind": kind,
            "workers": workers,
            "connections": connections,
            "server_per_second": round(server),
            "pgbench_per_second": round(ceiling),
            "ratio": round(server / ceiling, 3),
            "bare_per_second": None if bare is None else round(bare),
            "bare_ratio": None if bare is None else round(server / bare, 3),
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
    database_url: str, workers: int, connections: int, options: Namespace
) -> dict[str, Measured]:
    """Every kind of request, everybody in turn; the first round, shorter, only warms up."""
    environ = {"WEB_CONCURRENCY": str(workers), "RATE_LIMITS": "false"}
    bare_environ = {**environ, "APPLICATION": "flask", "WORKER": "gevent"}
    results: dict[str, Measured] = {}
    with (
        ServerProcess({**environ, "DATABASE_URL": database_url}) as server,
        ServerProcess(bare_environ, "measuring.bare_server") as bare,
    ):
        for name, kind in kinds_of_requests().items():
            sides = ["server", "pgbench", *(["bare"] if name == "reads" else [])]
            measured = results[name] = Measured()
            for number in range(options.rounds + 1):
                is_warm = number > 0
                seconds = options.seconds if is_warm else WARM_UP_SECONDS
                taken = Measured()
                for side in in_turn(sides, number):
                    if side == "pgbench":
                        joined = number * round(JOINED * options.seconds) // connections
                        ceiling = pgbench(
                            database_url, name, connections, seconds, games=READ, joined=joined
                        )
                        taken.pgbench.append(ceiling.per_second)
                    elif side == "server":
                        load = put_under_load(server.url, connections, seconds, *kind)
                        taken.server.append(load.per_second)
                        taken.latencies += load.latencies
                    else:
                        load = put_under_load(bare.url, connections, seconds, *kind)
                        taken.bare.append(load.per_second)
                if is_warm:
                    measured.add(taken)
    return results


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed."""
    parser = common_options("throughput", __doc__, rounds=5, seconds=4)
    parser.add_argument(
        "--connections", type=int, nargs="+", default=[16, 64], help="of all sides (%(default)s)"
    )
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2], help="of the server (%(default)s)"
    )
    options = parser.parse_args(argv)
    rows: list[Row] = []
    for workers, connections in itertools.product(options.workers, options.connections):
        with fresh_postgres() as postgres:
            url = postgres.url()
            fill(url, (1 + options.rounds) * options.seconds)
            results = measure(url, workers, connections, options)
        rows += [one.summary(kind, workers, connections) for kind, one in results.items()]
    return publish(report(rows, options), options.output)


def report(rows: Sequence[Row], options: Namespace) -> Report:
    """A row for every kind of request and number of workers and connections."""
    return Report(
        name="throughput",
        settings={"rounds": options.rounds, "seconds": options.seconds},
        results=rows,
        header=(
            *("", "workers", "connections", "server, a second", "pgbench, a second", "ratio"),
            *("bare stack, a second", "ratio", "p50", "p99"),
        ),
        rows=[
            (
                row["kind"],
                str(row["workers"]),
                str(row["connections"]),
                f"{row['server_per_second']:,}",
                f"{row['pgbench_per_second']:,}",
                f"{row['ratio']:.2f}",
                "" if row["bare_per_second"] is None else f"{row['bare_per_second']:,}",
                "" if row["bare_ratio"] is None else f"{row['bare_ratio']:.2f}",
                f"{row['p50_ms']:.1f} ms",
                f"{row['p99_ms']:.1f} ms",
            )
            for row in rows
        ],
        goals=goals(rows),
    )


def goals(rows: Sequence[Row]) -> list[Goal]:
    """For moves beside pgbench, and for reads beside the bare stack."""
    found = []
    for row in rows:
        workers, connections = row["workers"], row["connections"]
        where = f"{workers} workers" if workers > 1 else "1 worker"
        limit = GOALS.get((workers, connections))
        if row["kind"] == "moves" and limit is not None:
            name = f"moves of pgbench's, {where}, {connections} connections"
            found.append(Goal(name, row["ratio"], limit, at_least=True))
        if row["bare_ratio"] is not None:
            name = f"reads of the bare stack's, {where}, {connections} connections"
            found.append(Goal(name, row["bare_ratio"], BARE_GOAL, at_least=True))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
