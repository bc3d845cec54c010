"""The ceiling: pgbench with the statements of the server, on the same PostgreSQL."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from connect4_models import board_codec
from connect4_server import statements
from local_postgres.binaries import program
from measuring.pgbench_words import pgbench_words

_BEGUN = f"ARRAY['1{board_codec.EMPTY[1:]}']"
_MOVE = pgbench_words(
    statements.MOVE,
    game_id="ARRAY[md5('p' || :game)]",
    board_before=_BEGUN,
    column="ARRAY['']",
    board=_BEGUN,
    active="ARRAY[true]",
    active_player="ARRAY[2]",
    winner="ARRAY[NULL]",
)
_GET = pgbench_words(statements.GET, game_id="ARRAY[md5('p' || :game)]")
_CREATE = pgbench_words(
    statements.CREATE,
    game_id="ARRAY[md5('n' || :game)]",
    player_id="ARRAY[md5('1' || :player)]",
    name="ARRAY[NULL]",
    board=f"ARRAY['{board_codec.EMPTY}']",
    moves="ARRAY['']",
    opening="ARRAY[0]",
    joiner_begins="ARRAY[false]",
)
_JOIN = pgbench_words(
    statements.JOIN,
    game_id="ARRAY[md5('j' || :game)]",
    player_id="ARRAY[md5('2' || :player)]",
    player_name="ARRAY[NULL]",
)
# For an id that nobody else has.
_NEW = "random(1, 1000000000000000000)"

# What the server says to the database for each of them, with one request in a statement. Games of
# the kind p have begun and have two players, and a move leaves them as they are; every client joins
# those of the kind j one after another, and \gset fails where there is none left.
SQL = {
    "moves": rf"""
        \set game random(1, :games)
        {_MOVE};
    """,
    "reads": rf"""
        \set game random(1, :games)
        {_GET};
    """,
    "new games": rf"""
        \set game {_NEW}
        \set player {_NEW}
        {_CREATE};
    """,
    "joins": rf"""
        \set joined :joined + 1
        \set game :joined * :clients + :client_id
        \set player {_NEW}
        {_JOIN} \gset
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
