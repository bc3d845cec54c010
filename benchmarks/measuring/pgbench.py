"""The ceiling: pgbench with the SQL of the server, on the same PostgreSQL."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from local_postgres.binaries import program

# What the server says to the database for each of them, in pgbench's words. Games of the kind p
# have begun and have two players; every client joins those of the kind j one after another, and
# \gset fails where there is none left.
SQL = {
    "moves": r"""
        \set game random(1, :games)
        UPDATE game SET moves = moves || '', active = true, "activePlayer" = 2, winner = NULL,
            board = '1' || repeat('0', 41)
        WHERE "gameId" = md5('p' || :game) AND board = '1' || repeat('0', 41)
        RETURNING moves;
    """,
    "reads": r"""
        \set game random(1, :games)
        SELECT game."gameId", game.active, game."activePlayer", game.winner, game.board,
            game.moves, game.created,
            (SELECT "playerId" FROM player
                WHERE player."gameId" = game."gameId" AND number = 1),
            (SELECT "playerId" FROM player
                WHERE player."gameId" = game."gameId" AND number = 2)
        FROM game WHERE "gameId" = md5('p' || :game);
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
        \set joined :joined + 1
        \set game :joined * :clients + :client_id
        WITH joined AS (
            INSERT INTO player ("playerId", "gameId", number)
            SELECT md5(random()::text), "gameId", 2 FROM game WHERE "gameId" = md5('j' || :game)
            ON CONFLICT ON CONSTRAINT _game_number_constraint DO NOTHING RETURNING number
        )
        SELECT EXISTS (SELECT FROM joined), game."gameId", game.active, game."activePlayer",
            game.winner, game.board, game.moves, game.created,
            (SELECT "playerId" FROM player
                WHERE player."gameId" = game."gameId" AND number = 1),
            (SELECT "playerId" FROM player
                WHERE player."gameId" = game."gameId" AND number = 2)
        FROM game WHERE "gameId" = md5('j' || :game) \gset
    """,
}
_TPS = re.compile(r"tps = ([\d.]+)")
_MICROSECONDS = 1e-6


@dataclass(frozen=True)
class Transactions:
    """How many a second, and, where asked for, how long each took."""

    per_second: float
    latencies: list[float]


def pgbench(
    database_url: str,
    kind: str,
    clients: int,
    seconds: float,
    *,
    latencies: bool = False,
    **variables: int,
) -> Transactions:
    """Transactions of a kind, by so many clients for so many seconds (1 at least).

    VARIABLES are what the SQL takes. LATENCIES has a price, a tenth of the rate or so. Raises
    CalledProcessError.
    """
    with tempfile.TemporaryDirectory(prefix="connect4-pgbench-") as folder:
        script = Path(folder) / "script.sql"
        script.write_text(SQL[kind])
        ran = subprocess.run(
            [
                *(program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--file={script}"),
                *(f"--client={clients}", f"--jobs={min(clients, 2)}"),
                f"--time={max(1, round(seconds))}",
                *(f"--define={name}={value}" for name, value in variables.items()),
                f"--define=clients={clients}",
                *(["--log", f"--log-prefix={folder}/log"] if latencies else []),
                database_url,
            ],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        took = [
            int(line.split()[2]) * _MICROSECONDS
            for log in Path(folder).glob("log*")
            for line in log.read_text().splitlines()
        ]
    found = _TPS.search(ran.stdout)
    if found is None:
        raise RuntimeError(f"pgbench says nothing of tps: {ran.stdout}")
    return Transactions(float(found[1]), took)
