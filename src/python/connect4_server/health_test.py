"""Health checks and the log, during outages of the database."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest
from sqlalchemy import make_url

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEFORE_MOVES = "418a443a1c97"


def execute(database_url: str, statement: str) -> None:
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def assert_it_runs(api: Api) -> None:
    for path, text in (("/status", "Running"), ("/healthz", "Healthy")):
        answer = api.request("GET", path)
        assert (answer.status_code, answer.text) == (200, text)
        assert answer.headers["Cache-Control"] == "no-store"


def why_it_is_not_ready(api: Api) -> str:
    answer = api.request("GET", "/readyz")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/json"
    reason: str = answer.json()["error"]
    return reason


def assert_it_is_ready(api: Api) -> None:
    answer = api.request("GET", "/readyz")
    assert (answer.status_code, answer.text) == (200, "Ready")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPostgres]:
    """A cluster that the test may stop."""
    folder: Path = tmp_path_factory.mktemp("postgres")
    with LocalPostgres(folder / "data", durable=False) as running:
        yield running


def test_the_database_stops_and_starts(cluster: LocalPostgres) -> None:
    url = cluster.create_database("stopped")
    upgrade(url)
    with ServerProcess({"DATABASE_URL": url}) as server:
        api = Api(server.url)
        assert_it_runs(api)
        assert_it_is_ready(api)
        cluster.stop()
        assert_it_runs(api)
        assert "No such file or directory" in why_it_is_not_ready(api)
        cluster.start()
        assert_it_is_ready(api)


@pytest.mark.parametrize(
    ("revision", "reason"),
    [
        (None, '42P01: relation "game" does not exist'),
        (BEFORE_MOVES, "42703: column game.moves does not exist"),
    ],
)
def test_a_schema_that_is_not_migrated(
    cluster: LocalPostgres, revision: str | None, reason: str
) -> None:
    url = cluster.create_database(f"at_{revision}")
    if revision is not None:
        upgrade(url, revision)
    with ServerProcess({"DATABASE_URL": url}) as server:
        api = Api(server.url)
        seat = {"gameId": new_token(), "playerId": new_token()}
        for _ in range(20):
            assert_it_runs(api)
            assert why_it_is_not_ready(api) == reason
            assert api.request("POST", "/create_game").status_code == 503
            assert api.request("GET", "/get_game", params=seat).status_code == 503
            assert api.try_move(seat, 3).status_code == 503
        assert server.output().splitlines() == [f"the database is lost: {reason}"]
        upgrade(url)
        assert_it_is_ready(api)
        api.play(3)


def test_the_database_is_read_only(cluster: LocalPostgres) -> None:
    url = cluster.create_database("read_only")
    upgrade(url)
    with ServerProcess({"DATABASE_URL": url}) as server:
        api = Api(server.url)
        name = make_url(url).database
        for how in ("on", "off"):
            # It counts for connections from then on: the server's first one, and then its next.
            execute(
                cluster.url(), f"ALTER DATABASE {name} SET default_transaction_read_only = {how}"
            )
            execute(
                cluster.url(),
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"  # noqa: S608
                f" WHERE datname = '{name}'",
            )
            if how == "on":
                assert why_it_is_not_ready(api) == "the database is read-only"
                assert_it_runs(api)
        assert_it_is_ready(api)
        assert server.output() == ""
