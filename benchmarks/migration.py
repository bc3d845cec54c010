"""An old database is brought to the head while people play: how long, and does anybody notice?

    ./pants run benchmarks/migration.py [-- --games NUMBER]

Fills a durable PostgreSQL with games of the original server (two players each), lets players go on
playing with that server's own SQL, first without and then with `migrations upgrade` beside them,
prints a table, and writes dist/benchmarks/migration.json. The longest lock is PostgreSQL's own
account of who of the players waited for how long for a lock; the slowest answer is what they saw,
noise of the machine included, and so has the one without a migration beside it. Exit status 1 if a
goal is missed.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
from psycopg2.extras import execute_values

from connect4_models import board_codec
from connect4_models.rules import Position
from local_postgres import LocalPostgres
from measuring.options import common_options
from measuring.percentiles import milliseconds
from measuring.postgres import execute
from measuring.report import Goal, Report, publish
from migrations.commands import upgrade
from players.releases import COURSE, OldServer
from players.scripts import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable

GAMES = 1_000_000
PLAYERS = 4
PAUSE_SECONDS = 0.005
LONGEST_LOCK_MS = 100.0
MOST_MEMORY_MB = 200.0
# Few and short: to see that it works.
QUICK = ("--games=2000", "--seconds=1")

_LOCK_WAIT = re.compile(r"old server .*process \d+ acquired \w+ on .* after ([\d.]+) ms")


@dataclass
class Playing:
    """Players on the original server, in games of their own, until they are stopped."""

    database_url: str
    seconds: list[float] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._play) for _ in range(PLAYERS)]

    def __enter__(self) -> Playing:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait(self, seconds: float) -> None:
        """Lets them play for so long."""
        self._stopped.wait(seconds)

    def _play(self) -> None:
        try:
            with OldServer(COURSE, self.database_url) as server:
                while not self._stopped.is_set():
                    self._play_game(server, random.choice(SCRIPTS).columns)  # noqa: S311
        except psycopg2.Error as error:
            self.failures.append(error)

    def _play_game(self, server: OldServer, columns: Iterable[int]) -> None:
        began = time.perf_counter()
        game_id, player_id = server.create()
        server.join(game_id)
        self.seconds.append(time.perf_counter() - began)
        for column in columns:
            if self._stopped.wait(PAUSE_SECONDS):
                return
            began = time.perf_counter()
            server.move(game_id, player_id, column)
            self.seconds.append(time.perf_counter() - began)


@dataclass(frozen=True)
class Migration:
    """What `migrations upgrade` did: its lines, a revision each, and what it took."""

    lines: list[str]
    seconds: float
    memory_mb: float


def positions(number: int, seed: int) -> list[Position]:
    """Positions of random games, from the empty board to the last move."""
    chance = random.Random(seed)  # noqa: S311
    found: list[Position] = []
    while len(found) < number:
        position = Position()
        found.append(position)
        while not position.is_over:
            position = position.play(chance.choice(position.legal_columns))
            found.append(position)
    return found[:number]


def fill(database_url: str, games: int) -> None:
    """A database at the original server's revision, with that many games of two."""
    upgrade(database_url, COURSE.head)
    kinds = [
        (
            index,
            not position.is_over,
            position.winner,
            position.player_to_move,
            board_codec.encode(position),
        )
        for index, position in enumerate(positions(1000, seed=4))
    ]
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(
            "CREATE TEMPORARY TABLE kind (id integer PRIMARY KEY, active boolean, winner integer,"
            " active_player integer, board varchar(42))"
        )
        execute_values(cursor, "INSERT INTO kind VALUES %s", kinds)
        cursor.execute(
            'INSERT INTO game ("gameId", active, winner, "activePlayer", board)'
            " SELECT md5('game' || number), active, winner, active_player, board"
            " FROM generate_series(1, %s) AS number JOIN kind ON kind.id = number %% 1000",
            [games],
        )
        cursor.execute(
            'INSERT INTO player ("playerId", "gameId", number)'
            " SELECT md5(seat || 'player' || number), md5('game' || number), seat"
            " FROM generate_series(1, %s) AS number, generate_series(1, 2) AS seat",
            [games],
        )
        cursor.execute("VACUUM ANALYZE")


def log_lock_waits(admin_url: str) -> None:
    """From now on PostgreSQL writes down whoever waits for a lock for longer than 1 ms."""
    execute(
        admin_url,
        "ALTER SYSTEM SET deadlock_timeout = '1ms'",
        "ALTER SYSTEM SET log_lock_waits = on",
        "ALTER SYSTEM SET log_line_prefix = '%a '",
        "SELECT pg_reload_conf()",
        "CHECKPOINT",
    )


def migrate(database_url: str) -> Migration:
    """Upgrades as far as the players' server can play on, as a process of its own.

    Raises RuntimeError if that fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "migrations", "upgrade", str(COURSE.last)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DATABASE_URL": database_url,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None  # noqa: S101
    lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"migrations upgrade failed with status {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Migration(lines, time.perf_counter() - began, kilobytes / 1024)


def longest_lock_ms(log: Path, start: int) -> float:
    """The longest time that a player waited for a lock, by PostgreSQL's log from there on."""
    with log.open(errors="replace") as lines:
        lines.seek(start)
        return max(
            (float(found[1]) for line in lines if (found := _LOCK_WAIT.search(line))), default=0.0
        )


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed."""
    parser = common_options("migration", __doc__, seconds=10)
    parser.add_argument("--games", type=int, default=GAMES, help="(%(default)d)")
    arguments = parser.parse_args(argv)
    with (
        tempfile.TemporaryDirectory(prefix="connect4-benchmark-") as folder,
        LocalPostgres(Path(folder) / "data") as postgres,
    ):
        url = postgres.url()
        fill(url, arguments.games)
        log_lock_waits(postgres.admin_url())
        with Playing(url) as before:
            before.wait(arguments.seconds)
        start = postgres.log.stat().st_size
        with Playing(url) as during:
            during.wait(1)
            migration = migrate(url)
        lock_ms = longest_lock_ms(postgres.log, start)
        for failure in (*before.failures, *during.failures):
            raise failure

    rows = [
        ("games, players", f"{arguments.games:,}, {2 * arguments.games:,}"),
        *(
            line.rsplit(" (", 1)
            for line in (line.rstrip(")") for line in migration.lines)
            if "->" in line
        ),
        ("tried again for a lock", str(sum("trying again" in line for line in migration.lines))),
        ("all revisions", f"{migration.seconds:.1f} s"),
        ("longest lock, for a player", f"{lock_ms:.1f} ms"),
        ("peak memory", f"{migration.memory_mb:.0f} MB"),
        ("answers meanwhile", f"{len(during.seconds):,}"),
        ("p99 of the answers, before", f"{milliseconds(before.seconds, 0.99):.1f} ms"),
        ("p99 of the answers, meanwhile", f"{milliseconds(during.seconds, 0.99):.1f} ms"),
        ("slowest answer, before", f"{milliseconds(before.seconds, 1):.1f} ms"),
        ("slowest answer, meanwhile", f"{milliseconds(during.seconds, 1):.1f} ms"),
    ]
    return publish(
        Report(
            name="migration",
            settings={"players": PLAYERS, "seconds before": arguments.seconds},
            results={name.strip(): figure for name, figure in rows},
            header=("", ""),
            rows=[(name.strip(), figure) for name, figure in rows],
            goals=[
                Goal("longest lock, for a player", round(lock_ms, 1), LONGEST_LOCK_MS, "ms"),
                Goal("peak memory", round(migration.memory_mb), MOST_MEMORY_MB, "MB"),
            ],
        ),
        arguments.output,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
