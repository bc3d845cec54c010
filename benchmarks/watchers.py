"""Thousands of idle streams on one worker: what each costs, and whether moves are still fast.

    ./pants run benchmarks/watchers.py [-- --streams N --rounds N --seconds N --connections N]

Two players watch each of 2,500 games in which nobody moves. Memory is that of the server's
processes, what they share counted once, before the streams and when each has had its first event;
what the kernel has for their sockets is not in it. Beside it, as the ceiling: gevent alone with as
many connections. Meanwhile other games are played over HTTP, with so many connections and each the
next move as soon as the last is answered: in turn on this server, on one without streams, and by
pgbench on the same PostgreSQL. As the page does, each stream asks for a keepalive every 2 s.
Prints a table, and writes dist/benchmarks/watchers.json. Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from measuring import live_games
from measuring.event_stream import EventStream
from measuring.http_connection import bearer, get
from measuring.http_load import put_under_load
from measuring.memory import memory
from measuring.options import common_options
from measuring.percentiles import milliseconds
from measuring.pgbench import pgbench
from measuring.postgres import fresh_postgres, settle
from measuring.reactor import Reactor
from measuring.report import Goal, Report, publish
from server_process import ServerProcess

if TYPE_CHECKING:
    from argparse import Namespace

STREAMS = 5_000
MOST_KB = 28.0
SLOWEST_MS = 50.0
WARM_UP_SECONDS = 1.0
CEILING_GAMES = 20_000
# So many a second are not played to their end, on two cores.
GAMES = 1_000
# Few and short: to see that it works.
QUICK = ("--streams=301", "--rounds=1", "--seconds=1", "--connections=2")
_OTHER_FILES = 200
# At once, so that none is refused where many would have to wait for their turn.
_OPENED_AT_ONCE = 250


@dataclass
class Moves:
    """How many a second, a round each, and how long each took."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    def add(self, rate: float, latencies: list[float]) -> None:
        """Takes what another round brought."""
        self.rates.append(rate)
        self.latencies += latencies

    @property
    def per_second(self) -> int:
        return round(statistics.median(self.rates))

    @property
    def p99_ms(self) -> float:
        return milliseconds(self.latencies, 0.99)


@dataclass(frozen=True)
class Measured:
    """Bytes for a stream, of the server and of gevent alone, and the moves of all three."""

    stream: float
    bare_stream: float
    without: Moves
    meanwhile: Moves
    ceiling: Moves


def allow_files(number: int) -> None:
    """Raises this process's limit for that many more; raises OSError where it may not."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number + _OTHER_FILES
    if most != resource.RLIM_INFINITY and most < wanted:
        raise OSError(f"{number} streams take {wanted} open files, and {most} are allowed")
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def bytes_a_stream(server: ServerProcess, reactor: Reactor, streams: int) -> float:
    """Opens so many streams, two to a game, and says what each has cost the server's processes."""
    before = memory(server.processes)
    opened: list[EventStream] = []
    for number in range(streams):
        game, seat = number // 2 + 1, number % 2 + 1
        path = f"/watch_game?gameId={live_games.game_id('w', game)}&keepalive=2"
        request = get(path, bearer(live_games.player_id("w", game, seat)))
        opened.append(EventStream(reactor, server.url, request, lambda: None))
        if len(opened) % _OPENED_AT_ONCE == 0 or len(opened) == streams:
            reactor.run(lambda: all(stream.version for stream in opened[-_OPENED_AT_ONCE:]), 60)
    return (memory(server.processes) - before) / streams


def measure(database_url: str, options: Namespace) -> Measured:
    """Opens the streams, and has moves made on all sides in turn."""
    without, meanwhile, ceiling = Moves(), Moves(), Moves()
    moves = partial(live_games.moves, "m", itertools.count(1))
    environ = {
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "WEB_CONCURRENCY": "1",
        "RATE_LIMITS": "false",
    }
    connections = options.connections
    with ServerProcess(environ) as idle, ServerProcess(environ) as watched, Reactor() as reactor:
        for server in (idle, watched):
            put_under_load(server.url, connections, WARM_UP_SECONDS, 202, moves)
        stream = bytes_a_stream(watched, reactor, options.streams)
        for _ in range(options.rounds):
            for server, measured in ((idle, without), (watched, meanwhile)):
                load = put_under_load(server.url, connections, options.seconds, 202, moves)
                measured.add(load.per_second, load.latencies)
            transactions = pgbench(
                *(database_url, "moves", connections, options.seconds),
                latencies=True,
                games=CEILING_GAMES,
            )
            ceiling.add(transactions.per_second, transactions.latencies)
        # Fails if the server has closed one of them.
        reactor.turn(0)
    with ServerProcess({}, "measuring.bare_streams") as bare, Reactor() as reactor:
        bare_stream = bytes_a_stream(bare, reactor, options.streams)
    return Measured(stream, bare_stream, without, meanwhile, ceiling)


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed, or if so many files may not be open."""
    parser = common_options("watchers", __doc__, rounds=3, seconds=16)
    parser.add_argument("--streams", type=int, default=STREAMS, help="(%(default)d)")
    parser.add_argument("--connections", type=int, default=16, help="for moves (%(default)d)")
    options = parser.parse_args(argv)
    try:
        allow_files(options.streams)
    except OSError as error:
        sys.stderr.write(f"watchers: {error}\n")
        return 1
    with fresh_postgres() as postgres:
        url = postgres.url()
        live_games.add_games(url, "p", CEILING_GAMES, begun=True)
        live_games.add_games(url, "w", (options.streams + 1) // 2)
        seconds = 2 * (WARM_UP_SECONDS + options.rounds * options.seconds)
        live_games.add_games(url, "m", round(GAMES * seconds))
        settle(url)
        measured = measure(url, options)
    return publish(report(measured, options), options.output)


def report(measured: Measured, options: Namespace) -> Report:
    """A row for the memory, and two each for the moves without streams and with them."""
    kilobytes, bare = measured.stream / 1000, measured.bare_stream / 1000
    pgbench_moves = measured.ceiling
    streams = f"{options.streams:,} streams"
    rows = [
        (
            "memory a stream",
            f"{kilobytes:.1f} KB",
            "gevent alone",
            f"{bare:.1f} KB",
            kilobytes / bare,
        )
    ]
    for name, moves in (("no streams", measured.without), (streams, measured.meanwhile)):
        rows += [
            (
                f"moves a second, {name}",
                f"{moves.per_second:,}",
                "pgbench",
                f"{pgbench_moves.per_second:,}",
                moves.per_second / pgbench_moves.per_second,
            ),
            (
                f"p99 of a move, {name}",
                f"{moves.p99_ms:.1f} ms",
                "pgbench",
                f"{pgbench_moves.p99_ms:.1f} ms",
                moves.p99_ms / pgbench_moves.p99_ms,
            ),
        ]
    return Report(
        name="watchers",
        settings={
            "connections": options.connections,
            "rounds": options.rounds,
            "seconds": options.seconds,
        },
        results={
            "streams": options.streams,
            "kb_a_stream": round(kilobytes, 1),
            "bare_kb_a_stream": round(bare, 1),
            **{
                f"{side}_{figure}": getattr(moves, figure)
                for side, moves in (
                    ("without", measured.without),
                    ("meanwhile", measured.meanwhile),
                    ("pgbench", measured.ceiling),
                )
                for figure in ("per_second", "p99_ms")
            },
        },
        header=("", "server", "ceiling", "", "ratio"),
        rows=[(*row, f"{ratio:.2f}") for *row, ratio in rows],
        goals=[
            Goal("memory a stream", round(kilobytes, 1), MOST_KB, "KB"),
            Goal(f"p99 of a move, {streams}", measured.meanwhile.p99_ms, SLOWEST_MS, "ms"),
        ],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
