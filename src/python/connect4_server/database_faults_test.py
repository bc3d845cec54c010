"""Every fault of the database is a 503 to players, and one line in the log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest
from sqlalchemy import make_url

from connect4_server.conftest import Api
from connect4_server.tokens import new_token
from local_postgres import LocalPostgres
from migrations.commands import upgrade
from server_process import ServerProcess, wait_until
from server_process.database_proxy import DatabaseProxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests
    from sqlalchemy import URL

LOST = "the database is lost: "
BACK = "the database is back"
NOT_HEARING = "hearing other servers is lost: "
WRONG = "open-sesame"


def execute(database_url: str, statement: str) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(database_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []


def ask_for_everything(url: str) -> list[requests.Response]:
    """Every route that needs the database, many at once."""
    seat = {"gameId": new_token(), "playerId": new_token()}

    def ask(number: int) -> requests.Response:
        api = Api(url)
        match number % 5:
            case 0:
                return api.request("POST", "/create_game")
            case 1:
                return api.request("POST", "/join_game", json={"gameId": new_token()})
            case 2:
                return api.request("GET", "/get_game", params=seat)
            case 3:
                return api.try_move(seat, 3)
            case _:
                return api.request("GET", "/watch_game", params=seat)

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(ask, range(50)))


def lines(server: ServerProcess, beginning: str) -> list[str]:
    return [line for line in server.output().splitlines() if line.startswith(beginning)]


@pytest.fixture
def proxy(database_url: str) -> Iterator[DatabaseProxy]:
    """A TCP proxy in front of a database."""
    with DatabaseProxy(database_url) as running:
        yield running


def with_password(database_url: str, admin_url: str) -> str:
    """The URL with a wrong password, of a role that has another."""
    execute(
        admin_url,
        "DO $$ BEGIN CREATE ROLE guest LOGIN PASSWORD 'secret'; "
        "EXCEPTION WHEN duplicate_object THEN END $$",
    )
    [[rules]] = execute(admin_url, "SHOW hba_file")
    others = Path(rules).read_text(encoding="utf-8")
    Path(rules).write_text(f"local all guest scram-sha-256\n{others}", encoding="utf-8")
    execute(admin_url, "SELECT pg_reload_conf()")
    url = make_url(database_url).set(username="guest", password=WRONG)
    return url.render_as_string(hide_password=False)


def unreachable(fault: str, proxy: DatabaseProxy, database_url: str, admin_url: str) -> str | URL:
    """Returns a URL with which no connection can be made."""
    match fault:
        case "wrong password":
            return with_password(database_url, admin_url)
        case "unknown host":
            return "postgresql://connect4@unknown.invalid/connect4"
        case "impossible host":
            return "postgresql://connect4@a..b/connect4"
        case "unknown database":
            return make_url(database_url).set(database="unknown")
        case "no TLS":
            return proxy.url_with(sslmode="require")
        case _:
            proxy.offers_tls = True
            return proxy.url_with(sslmode="verify-full", sslrootcert="/nonexistent")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("wrong password", "password authentication failed"),
        ("unknown host", "could not translate host name"),
        ("impossible host", "could not translate host name"),
        ("unknown database", "does not exist"),
        ("no TLS", "server does not support SSL"),
        ("no certificates", '"/nonexistent" does not exist'),
    ],
)
def test_a_failed_connection_is_503_and_one_line(
    fault: str, reason: str, proxy: DatabaseProxy, database_url: str, postgres: LocalPostgres
) -> None:
    url = str(unreachable(fault, proxy, database_url, postgres.admin_url()))
    with ServerProcess({"DATABASE_URL": url}) as server:
        answers = ask_for_everything(server.url)
        assert {answer.status_code for answer in answers} == {503}
        assert {answer.headers["Content-Type"] for answer in answers} == {"application/json"}
        wait_until(lambda: lines(server, NOT_HEARING))
        logged = server.output().splitlines()
    # One line for the requests, and one for the listener, which the stream has started.
    assert sorted(line.partition(": ")[0] + ": " for line in logged) == [NOT_HEARING, LOST]
    assert all(reason in line for line in logged)
    assert WRONG not in "".join(logged)
    assert reason not in "".join(answer.text for answer in answers)


def test_an_outage_of_postgres_is_logged_in_two_lines(tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False) as postgres:
        upgrade(postgres.url())
        with ServerProcess({"DATABASE_URL": postgres.url()}) as server:
            api = Api(server.url)
            first, second = api.play(3)
            watching = api.request("GET", "/watch_game", params=first, stream=True)
            postgres.stop()
            assert {answer.status_code for answer in ask_for_everything(server.url)} == {503}
            wait_until(lambda: lines(server, NOT_HEARING))
            postgres.start()
            assert api.move(second, 3)["moves"] == [3, 3]
            wait_until(
                lambda: server.output().count(" is back") == server.output().count(" is lost")
            )
            watching.close()
            logged = server.output().splitlines()
    # Two lines as well for notifications, if one was just being sent.
    for what in {line.partition(" is ")[0] for line in logged}:
        lost, back = (line for line in logged if line.startswith(what))
        assert lost.startswith(f"{what} is lost: ")
        assert back == f"{what} is back"
    assert BACK in logged
    [reason] = [line for line in logged if line.startswith(NOT_HEARING)]
    # PostgreSQL's last words, or libpq's where the connection ends before they are read.
    assert "terminating connection" in reason or "server closed the connection" in reason


def test_connections_closed_by_postgres_are_replaced(
    database_url: str, postgres: LocalPostgres
) -> None:
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        api = Api(server.url)
        first, second = api.start()
        for ply in range(6):
            end_connections(postgres, database_url)
            # A write, which is not tried twice.
            api.move((first, second)[ply % 2], ply)
        assert api.get(first)["moves"] == [0, 1, 2, 3, 4, 5]
        assert not lines(server, LOST)


def test_a_write_is_not_retried_after_a_lost_connection(proxy: DatabaseProxy) -> None:
    with ServerProcess({"DATABASE_URL": proxy.url}) as server:
        api = Api(server.url)
        first, second = api.play(3)
        proxy.lose_answers_to(b"UPDATE game")
        before = proxy.sent(b"UPDATE game")
        assert api.try_move(second, 3).status_code == 503
        assert proxy.sent(b"UPDATE game") == before + 1
        # It was committed all the same.
        assert api.get(first)["moves"] == [3, 3]


def test_a_read_is_retried_once_after_a_lost_connection(proxy: DatabaseProxy) -> None:
    with ServerProcess({"DATABASE_URL": proxy.url}) as server:
        api = Api(server.url)
        seat = api.create()
        asked = b"SELECT game"
        proxy.lose_answers_to(asked)
        assert api.get(seat) == seat
        assert proxy.sent(asked) == 2
        proxy.lose_answers_to(asked, asked, asked)
        assert api.request("GET", "/get_game", params=seat).status_code == 503
        assert proxy.sent(asked) == 4


def test_a_read_only_database_shows_its_games(database_url: str, postgres: LocalPostgres) -> None:
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        api = Api(server.url)
        first, second = api.play(3)
        make_read_only(postgres, database_url, "on")
        for _ in range(20):
            assert api.try_move(second, 3).status_code == 503
            assert api.request("POST", "/create_game").status_code == 503
            assert api.get(first)["moves"] == [3]
        make_read_only(postgres, database_url, "off")
        assert api.move(second, 3)["moves"] == [3, 3]
        wait_until(lambda: lines(server, BACK))
        lost, back = lines(server, "the database")
    assert lost == f"{LOST}25006: cannot execute UPDATE in a read-only transaction"
    assert back == BACK


def make_read_only(postgres: LocalPostgres, database_url: str, how: str) -> None:
    """Makes the database read-only for new connections, and closes the others."""
    name = make_url(database_url).database
    execute(postgres.url(), f"ALTER DATABASE {name} SET default_transaction_read_only = {how}")
    end_connections(postgres, database_url)


def end_connections(postgres: LocalPostgres, database_url: str) -> None:
    """Closes all connections to the database, and waits until they are closed."""
    name = make_url(database_url).database
    execute(
        postgres.url(),
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"  # noqa: S608
        f" WHERE datname = '{name}'",
    )
