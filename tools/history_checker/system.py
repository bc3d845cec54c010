"""The servers, their PostgreSQL and the faulty network before them: to be killed and started."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import psutil
from psycopg2.extensions import parse_dsn
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from connect4_models.schema import Game, Player
from history_checker.fault_proxy import Fault, FaultProxy
from history_checker.verdict import FinalGame
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import TracebackType

    from sqlalchemy import Connection, Select

_IS_SETTLED = text(
    "SELECT count(*) = 0 FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_GAMES = select(
    Game.game_id,
    Game.active,
    Game.active_player,
    Game.winner,
    Game.board,
    Game.moves,
    Game.ending,
)
_PLAYERS = select(Player.game_id, Player.number, Player.player_id)


class System:
    """A context manager: within it several servers answer, each behind a proxy, on one database.

    Use it from one thread, which lasts as long: PostgreSQL ends with the thread that started it.
    """

    def __init__(  # noqa: PLR0913 - what there is to choose
        self,
        servers: int,
        *,
        module: str = "connect4_server",
        workers: int = 1,
        durable: bool = True,
        chances: Mapping[Fault, float] | None = None,
        delay_seconds: tuple[float, float] = (0.0, 0.1),
        seed: int = 0,
    ) -> None:
        """Takes the number of SERVERS, their program and how many workers each has.

        Without DURABLE, PostgreSQL says that a move is committed before it is on the disk.
        CHANCES, DELAY_SECONDS and SEED are the proxies'.
        """
        self._number = servers
        self._module = module
        self._workers = workers
        self._durable = durable
        self._chances = chances
        self._delay_seconds = delay_seconds
        self._seed = seed
        self._stack = ExitStack()
        self.servers: list[ServerProcess] = []
        self.proxies: list[FaultProxy] = []

    def __enter__(self) -> Self:
        """Starts everything. Raises LocalPostgresError, MigrationError and ServerProcessError."""
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="connect4-history-"))
            self._data_dir = Path(folder) / "data"
            self._postgres = stack.enter_context(
                LocalPostgres(self._data_dir, durable=self._durable)
            )
            upgrade(self._postgres.url())
            parameters = parse_dsn(self._postgres.url())
            # Each connection is a new one, since PostgreSQL gets killed; each statement commits.
            self._engine = create_engine(
                "postgresql+psycopg2://",
                connect_args=parameters,
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
            )
            stack.callback(self._stop_servers)
            for index in range(self._number):
                self.servers.append(self._start_server())
                proxy = FaultProxy(
                    _port(self.servers[-1]),
                    chances=self._chances,
                    delay_seconds=self._delay_seconds,
                    seed=self._seed + index,
                )
                self.proxies.append(stack.enter_context(proxy))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stops everything; the data go."""
        self._stack.close()

    @property
    def ports(self) -> list[int]:
        """Where clients reach the servers, each through its proxy."""
        return [proxy.port for proxy in self.proxies]

    def kill_server(self, index: int) -> None:
        """kill -9 of a server and its workers; then another one takes its place."""
        self.servers[index].crash()
        self.servers.pop(index).__exit__(None, None, None)  # it prints the server's log
        self.servers.insert(index, self._start_server())
        self.proxies[index].upstream = _port(self.servers[index])

    def kill_postgres(self) -> None:
        """kill -9 of PostgreSQL's first process, which the others follow; then a restart."""
        pid_file = self._data_dir / "postgres" / "postmaster.pid"
        psutil.Process(int(pid_file.read_text().partition("\n")[0])).kill()
        # Waits until the last backend has noticed: before that no other can start.
        self._postgres.stop()
        self._postgres.start()

    def calm(self) -> None:
        """The network is no longer faulty."""
        for proxy in self.proxies:
            proxy.calm()

    def settle(self) -> None:
        """Ends network and servers, and waits until nothing is under way in the database."""
        self.calm()
        for proxy in self.proxies:
            proxy.drop_all()
        self._stop_servers()
        with self._engine.connect() as connection:
            wait_until(lambda: connection.scalar(_IS_SETTLED))

    def final_games(self) -> list[FinalGame]:
        """What the database holds."""
        with self._engine.connect() as connection:
            return _games(connection, _GAMES, _PLAYERS)

    def games(self, only: Collection[str]) -> list[FinalGame]:
        """What the database holds of these games."""
        with self._engine.connect() as connection:
            return _games(
                connection,
                _GAMES.where(Game.game_id.in_(only)),
                _PLAYERS.where(Player.game_id.in_(only)),
            )

    def _start_server(self) -> ServerProcess:
        environ = {
            "DATABASE_URL": self._postgres.url(),
            "WEB_CONCURRENCY": str(self._workers),
            "RATE_LIMITS": "false",  # one address is all of the players
        }
        return ServerProcess(environ, self._module).__enter__()

    def _stop_servers(self) -> None:
        while self.servers:
            self.servers.pop().__exit__(None, None, None)


def _games(
    connection: Connection,
    games: Select[str, bool, int, int | None, str, str, str | None],
    players: Select[str, int, str],
) -> list[FinalGame]:
    # Games first: else a game could have a move of a player who is not in the list.
    rows = connection.execute(games).all()
    seats: dict[str, dict[int, str]] = defaultdict(dict)
    for game, number, player in connection.execute(players):
        seats[game][number] = player
    return [FinalGame(*row[:-1], seats[row.gameId], row.ending) for row in rows]


def _port(server: ServerProcess) -> int:
    port = urlsplit(server.url).port
    if port is None:
        raise ValueError(f"no port in {server.url}")
    return port
