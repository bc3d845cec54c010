"""Requests a second over HTTP, beside pgbench with the same SQL on the same PostgreSQL.

    ./pants run benchmarks/throughput.py [-- --rounds N --seconds N --connections N --workers N]

For moves, reads, new games and joins: the server and pgbench take turns on one durable PostgreSQL
(fsync and synchronous_commit are on), with as many connections each, and the load comes from the
same machine. What counts is the ratio of the medians: noise of the machine hits both. Prints a
table, and writes dist/benchmarks/throughput.json.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2

from acceptance_tests.scripts import SCRIPTS
from connect4_models import board_codec
from local_postgres import LocalPostgres
from local_postgres.binaries import program
from measuring.http_connection import get, post
from measuring.http_load import put_under_load
from measuring.machine import machine
from migrations.commands import upgrade
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTPUT = Path("dist/benchmarks/throughput.json")
GAMES = 20_000
# Of pgbench's joins, which fall on any of them, few fall on a game that is full.
JOINABLE = 400_000
# Of pgbench's transactions, for moves.
GOAL = 0.35
# All 42 moves, without a winner.
DRAW = next(script.columns for script in SCRIPTS if script.winner is None)

# What the server says to the database for each of them, in pgbench's words.
SQL = {
    "moves": r"""
        \set game random(1, :games)
        UPDATE game SET moves = '0', active = true, "activePlayer" = 2, winner = NULL,
            board = '1' || repeat('0', 41)
        WHERE "gameId" = md5('p' || :game) AND board = '1' || repeat('0', 41);
    """,
    "reads": r"""
        \set game random(1, :games)
        SELECT game.active, game."activePlayer", game.winner, game.board, game.moves, game.created,
               player.number,
               (SELECT count(*) FROM player AS seat WHERE seat."gameId" = game."gameId")
        FROM game LEFT JOIN player
            ON player."gameId" = game."gameId" AND player."playerId" = md5('1p' || :game)
        WHERE game."gameId" = md5('p' || :game);
    """,
    "new games": r"""
        WITH new_game AS (
            INSERT INTO game ("gameId", active, "activePlayer", board)
            VALUES (md5(random()::text), true, 1, repeat('0', 42)) RETURNING "gameId", created
        ), creator AS (
            INSERT INTO player ("playerId", "gameId", number)
            SELECT md5(random()::text), "gameId", 1 FROM new_game
        )
        SELECT created FROM new_game;
    """,
    "joins": r"""
        \set game random(1, :joinable)
        INSERT INTO player ("playerId", "gameId", number)
        SELECT md5(random()::text), "gameId", 2 FROM game
        WHERE "gameId" = md5('j' || :game)
        ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING;
    """,
}
_TPS = re.compile(r"tps = ([\d.]+)")


def fill(database_url: str) -> None:
    """Games for pgbench (p), with a disc; for moves (m), with two players; for joins (h and j)."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for prefix, games, board, moves, players in (
            ("p", GAMES, "1" + "0" * 41, "0", 2),
            ("m", GAMES, board_codec.EMPTY, "", 2),
            ("h", GAMES, board_codec.EMPTY, "", 1),
            ("j", JOINABLE, board_codec.EMPTY, "", 1),
        ):
            cursor.execute(
                'INSERT INTO game ("gameId", active, "activePlayer", board, moves)'
                " SELECT md5(%s || number), true, 1, %s, %s FROM generate_series(1, %s) AS number",
                [prefix, board, moves, games],
            )
            cursor.execute(
                'INSERT INTO player ("playerId", "gameId", number)'
                " SELECT md5(seat || %s || number), md5(%s || number), seat"
                " FROM generate_series(1, %s) AS number, generate_series(1, %s) AS seat",
                [prefix, prefix, games, players],
            )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


class Requests:
    """What is asked of the server: an endless supply for as many connections as there are."""

    def __init__(self, database_url: str) -> None:
        self._games = {prefix: iter(_ids(database_url, prefix)) for prefix in "mh"}
        self._read = _ids(database_url, "p")

    def moves(self) -> Iterator[bytes]:
        """A game after the other, every move of it."""
        for game_id, *players in self._games["m"]:
            for ply, column in enumerate(DRAW):
                move = {"gameId": game_id, "playerId": players[ply % 2], "column": column}
                yield post("/make_move", move)

    def reads(self) -> Iterator[bytes]:
        while True:
            game_id, player_id, _ = random.choice(self._read)  # noqa: S311
            yield get(f"/get_game?gameId={game_id}&playerId={player_id}")

    def new_games(self) -> Iterator[bytes]:
        while True:
            yield post("/create_game", {})

    def joins(self) -> Iterator[bytes]:
        for game_id, *_ in self._games["h"]:
            yield post("/join_game", {"gameId": game_id})


def _ids(database_url: str, prefix: str) -> list[tuple[str, ...]]:
    """The ids of all games of a kind, and of their players; the second's may be of nobody."""
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(%s || number), md5('1' || %s || number), md5('2' || %s || number)"
            " FROM generate_series(1, %s) AS number",
            [prefix, prefix, prefix, GAMES],
        )
        return cursor.fetchall()


def pgbench(database_url: str, script: Path, connections: int, seconds: float) -> float:
    """Transactions a second of a script; raises CalledProcessError."""
    ran = subprocess.run(
        [
            *(program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--file={script}"),
            *(f"--client={connections}", "--jobs=2", f"--time={max(1, round(seconds))}"),
            *(f"--define=games={GAMES}", f"--define=joinable={JOINABLE}", database_url),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = _TPS.search(ran.stdout)
    if found is None:
        raise RuntimeError(f"pgbench says nothing of tps: {ran.stdout}")
    return float(found[1])


@dataclass
class Measured:
    """What both sides did a second, a round each, and how long the server's answers took."""

    server: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.server) / statistics.median(self.pgbench)

    def summary(self) -> dict[str, float]:
        """The figures that the report shows."""
        ordered = sorted(self.latencies)
        return {
            "server_per_second": round(statistics.median(self.server)),
            "pgbench_per_second": round(statistics.median(self.pgbench)),
            "ratio": round(self.ratio, 3),
            "p50_ms": round(ordered[len(ordered) // 2] * 1000, 2),
            "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1000, 2),
        }


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if the goal for moves is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks/throughput.py", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="(%(default)d)")
    parser.add_argument("--seconds", type=float, default=4.0, help="a round (%(default)g)")
    parser.add_argument("--connections", type=int, default=16, help="(%(default)d)")
    parser.add_argument("--workers", type=int, default=1, help="of the server (%(default)d)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="(%(default)s)")
    options = parser.parse_args(argv)
    measured = {name: Measured() for name in SQL}
    with tempfile.TemporaryDirectory(prefix="connect4-benchmark-") as folder:
        for name, sql in SQL.items():
            (Path(folder) / name).write_text(sql)
        with LocalPostgres(Path(folder) / "data") as postgres:
            url = postgres.url()
            upgrade(url)
            fill(url)
            environ = {"DATABASE_URL": url, "WEB_CONCURRENCY": str(options.workers)}
            with ServerProcess(environ) as server:
                requests = Requests(url)
                supplies = {
                    "moves": (202, requests.moves),
                    "reads": (200, requests.reads),
                    "new games": (201, requests.new_games),
                    "joins": (202, requests.joins),
                }
                for name, (status, supply) in supplies.items():
                    for _ in range(options.rounds):
                        load = put_under_load(
                            server.url, options.connections, options.seconds, status, supply
                        )
                        measured[name].server.append(load.per_second)
                        measured[name].latencies += load.latencies
                        script = Path(folder) / name
                        measured[name].pgbench.append(
                            pgbench(url, script, options.connections, options.seconds)
                        )
    summaries = {name: result.summary() for name, result in measured.items()}
    settings = {
        "machine": machine(),
        "connections": options.connections,
        "workers": options.workers,
        "rounds": options.rounds,
        "seconds": options.seconds,
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps({**settings, "results": summaries}, indent=2) + "\n")
    sys.stdout.write(
        f"{machine()}; {options.connections} connections, {options.workers} worker(s)\n\n"
        "| | server, a second | pgbench, a second | ratio | p50 | p99 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
    )
    for name, row in summaries.items():
        sys.stdout.write(
            f"| {name} | {row['server_per_second']:,.0f} | {row['pgbench_per_second']:,.0f} |"
            f" {row['ratio']:.2f} | {row['p50_ms']:.1f} ms | {row['p99_ms']:.1f} ms |\n"
        )
    return int(summaries["moves"]["ratio"] < GOAL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
