"""Two servers behind a PgBouncer, in each of its modes: what works, and what does not.

    pgbouncer_check /usr/sbin/pgbouncer

A program of its own, since no package index has PgBouncer for the tests. It prints a line for each
thing that was tried, and its exit status is 1 if one is not as docs/several-servers.md says.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import psycopg2
import requests

from local_postgres import LocalPostgres
from migrations.commands import check, upgrade
from server_process import ServerProcess, wait_until
from server_process.database_proxy import DatabaseProxy
from server_process.pgbouncer_process import PgBouncerProcess

_SECONDS = 30.0
# The servers read every watched game so often, with or without notifications.
_ROUND_SECONDS = 15.0
_SOON_SECONDS = 5.0
_PLAYERS = 16
_MOVES = 8

Json = dict[str, Any]


class _Checks:
    """What has been tried, and whether it was as expected."""

    def __init__(self) -> None:
        self.failed = 0

    def expect(self, what: str, *, is_so: object) -> None:
        self.failed += not is_so
        sys.stdout.write(f"  {'ok   ' if is_so else 'FAILS'}  {what}\n")
        sys.stdout.flush()


class _Watcher:
    """The versions of a game that a server has shown."""

    def __init__(self, url: str, game_id: str) -> None:
        self.versions: list[int] = []
        self._response = requests.get(
            f"{url}/watch_game", {"gameId": game_id}, stream=True, timeout=_SECONDS
        )
        threading.Thread(target=self._read, daemon=True).start()

    def sees(self, version: int, seconds: float) -> bool:
        try:
            wait_until(lambda: version in self.versions, seconds)
        except TimeoutError:
            return False
        return True

    def _read(self) -> None:
        with suppress(requests.RequestException, AttributeError):
            for line in self._response.iter_lines():
                if line.startswith(b"id: "):
                    self.versions.append(int(line.removeprefix(b"id: ")))


def _post(url: str, path: str, body: Json | None = None) -> Json:
    response = requests.post(f"{url}/{path}", json=body, timeout=_SECONDS)
    response.raise_for_status()
    answer: Json = response.json()
    return answer


def _start(url: str) -> tuple[Json, Json]:
    first = _post(url, "create_game")
    return first, _post(url, "join_game", {"gameId": first["gameId"]})


def _move(url: str, seat: Json, column: int) -> Json:
    body = {"gameId": seat["gameId"], "playerId": seat["playerId"], "column": column}
    return _post(url, "make_move", body)


def _play(urls: tuple[str, str]) -> bool:
    """A game whose players are on different servers; whether every move of it counted."""
    seats = _start(urls[0])
    for ply in range(_MOVES):
        game = _move(urls[ply % 2], seats[ply % 2], ply % 7)
        if game["moves"] != [column % 7 for column in range(ply + 1)]:
            return False
    return True


def _ask(database_url: str, statement: str) -> list[Any]:
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return [value for (value,) in cursor.fetchall()]


def _settings(database_url: str, name: str) -> set[Any]:
    """The values of a setting in all sessions: as many at once as the pool has."""
    with ThreadPoolExecutor(20) as pool:
        asked = pool.map(
            lambda _: _ask(
                database_url,
                f"SELECT current_setting('{name}') FROM pg_sleep(0.2)",  # noqa: S608
            ),
            range(20),
        )
        return {value for values in asked for value in values}


def _try_games(checks: _Checks, urls: tuple[str, str], url: str) -> None:
    ready = requests.get(f"{urls[0]}/readyz", timeout=_SECONDS)
    checks.expect("the servers are ready", is_so=ready.text == "Ready")
    with ThreadPoolExecutor(_PLAYERS) as pool:
        played = list(pool.map(lambda _: _play(urls), range(_PLAYERS * 4)))
    checks.expect("games are played on two servers", is_so=all(played))
    checks.expect(
        "no session was left with synchronous_commit off: every move is durable",
        is_so=_settings(url, "synchronous_commit") == {"on"},
    )


def _try_watching(checks: _Checks, urls: tuple[str, str], *, hears: bool) -> None:
    seats = _start(urls[0])
    watchers = [_Watcher(url, seats[0]["gameId"]) for url in urls]
    checks.expect("streams begin", is_so=all(watcher.sees(2, _SECONDS) for watcher in watchers))
    soon = 0
    for ply in range(4):
        _move(urls[ply % 2], seats[ply % 2], ply)
        own, other = watchers[ply % 2], watchers[1 - ply % 2]
        checks.expect(
            "a move is seen at once on its own server", is_so=own.sees(3 + ply, _SOON_SECONDS)
        )
        soon += other.sees(3 + ply, _SOON_SECONDS)
        checks.expect(
            f"a move is seen on the other server within {_ROUND_SECONDS:.0f} s",
            is_so=other.sees(3 + ply, _ROUND_SECONDS + _SOON_SECONDS),
        )
    if hears:
        checks.expect(f"the other server heard of {soon} of 4 at once", is_so=soon == 4)
    else:
        sys.stdout.write(f"  (the other server heard of {soon} of 4 at once)\n")


def _try_ended_connections(checks: _Checks, urls: tuple[str, str], postgres: LocalPostgres) -> None:
    _ask(
        postgres.url(),
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )

    def serves() -> bool:
        with suppress(requests.HTTPError):
            return _play(urls)
        return False

    started = time.monotonic()
    wait_until(serves, 2 * _SECONDS)
    checks.expect(
        f"games go on {time.monotonic() - started:.1f} s after PostgreSQL ended every session",
        is_so=True,
    )


def _try(checks: _Checks, program: str, mode: str) -> None:
    sys.stdout.write(f"pool_mode = {mode}\n")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pgbouncer-check-")))
        postgres = stack.enter_context(LocalPostgres(folder / "data"))
        # PostgreSQL lets in this user alone, and PgBouncer of root's is another.
        way = stack.enter_context(DatabaseProxy(postgres.url()))
        pooler = stack.enter_context(PgBouncerProcess(program, way.url, mode))
        # Sessions with locks of their own: migrations belong to the session mode.
        upgrade(pooler.url if mode == "session" else postgres.url())
        checks.expect("the database is migrated", is_so=check(postgres.url()) == [])
        environ = {"DATABASE_URL": pooler.url, "REDIS_URL": ""}
        servers = [stack.enter_context(ServerProcess(environ)) for _ in range(2)]
        urls = servers[0].url, servers[1].url
        _try_games(checks, urls, pooler.url)
        _try_watching(checks, urls, hears=mode == "session")
        if mode == "session":
            timeouts = _settings(pooler.url, "lock_timeout")
            checks.expect("lock_timeout is left in no session", is_so=timeouts == {"0"})
        _try_ended_connections(checks, urls, postgres)
        tracebacks = [server.output().count("Traceback") for server in servers]
        checks.expect("no server logged a traceback", is_so=tracebacks == [0, 0])
        refused = "unsupported startup parameter" in pooler.output()
        checks.expect("PgBouncer refused no startup parameter", is_so=not refused)


def main() -> int:
    """Returns the exit status."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: pgbouncer_check PATH_OF_PGBOUNCER\n")
        return 2
    checks = _Checks()
    for mode in ("session", "transaction"):
        _try(checks, sys.argv[1], mode)
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
