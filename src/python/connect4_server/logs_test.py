"""Lines of the log: one for each event, in both formats, with the request's id and no secret."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any

import pytest

from connect4_server.conftest import Api
from connect4_server.logs import log_configuration
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

SANE = "Zz-09_.~+/=:@"
FORGED = "the database is lost: forged"


@pytest.fixture(scope="module")
def text_server(shared_database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": shared_database_url, "ACCESS_LOG": "true"}) as server:
        yield server


@pytest.fixture(scope="module")
def json_server(shared_database_url: str) -> Iterator[ServerProcess]:
    environ = {"DATABASE_URL": shared_database_url, "ACCESS_LOG": "true", "LOG_FORMAT": "json"}
    with ServerProcess(environ) as server:
        yield server


@pytest.fixture(params=["text", "json"])
def logging_server(request: pytest.FixtureRequest) -> ServerProcess:
    server: ServerProcess = request.getfixturevalue(f"{request.param}_server")
    return server


def ask(server: ServerProcess, path: str, **headers: str) -> tuple[requests.Response, str]:
    """The response, and its line in the access log."""
    response = Api(server.url).request("GET", path, headers=headers)
    identity = response.headers["X-Request-Id"]
    wait_until(lambda: identity in server.output())
    [line] = [line for line in server.output().splitlines() if identity in line]
    return response, line


def test_the_id_of_a_request_is_the_proxys(logging_server: ServerProcess) -> None:
    response, _ = ask(logging_server, "/status", **{"X-Request-Id": SANE})
    assert response.headers["X-Request-Id"] == SANE


@pytest.mark.parametrize("sent", ["", "x" * 129, "two words", 'a"b', "a\x80b"])
def test_an_id_that_is_none_is_replaced(logging_server: ServerProcess, sent: str) -> None:
    response, _ = ask(logging_server, "/status", **{"X-Request-Id": sent})
    assert len(response.headers["X-Request-Id"]) == 32


def test_ids_differ(logging_server: ServerProcess) -> None:
    ids = {ask(logging_server, "/status")[0].headers["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3


def test_a_path_cannot_forge_a_line(logging_server: ServerProcess) -> None:
    for separator in ("%0A", "%0D", "%C2%85", "%E2%80%A8"):
        _, line = ask(logging_server, f"/x{separator}{FORGED}")
        assert "/x" in line
        assert line in logging_server.output().split("\n")
    assert not any(line.startswith(FORGED) for line in logging_server.output().splitlines())


def test_no_line_has_a_secret(logging_server: ServerProcess) -> None:
    api = Api(logging_server.url)
    seats = api.start()
    for seat in seats:
        api.get(seat)
        assert api.try_move(seat, 9).status_code == 422
        assert api.ask("/rematch", seat).status_code == 409
        wrong = {**seat, "gameId": "x"}
        assert api.ask("/resign", wrong).status_code == 404
        _, line = ask(
            logging_server, f"/get_game?gameId={seat['gameId']}&playerId={seat['playerId']}"
        )
        assert "/get_game" in line
        assert seat["gameId"] not in line
    for seat in seats:
        assert seat["playerId"] not in logging_server.output()


def test_json_has_the_fields_of_a_request(json_server: ServerProcess) -> None:
    _, line = ask(json_server, "/nowhere", **{"X-Request-Id": "fields"})
    logged: dict[str, Any] = json.loads(line)
    assert logged["message"].startswith('127.0.0.1 "GET /nowhere HTTP/1.1" 404 ')
    assert logged["microseconds"] > 0
    assert logged["time"].endswith("+00:00")
    expected = {
        "level": "INFO",
        "logger": "gunicorn.access",
        "client": "127.0.0.1",
        "method": "GET",
        "path": "/nowhere",
        "protocol": "HTTP/1.1",
        "status": 404,
        "request_id": "fields",
    }
    assert {name: logged[name] for name in expected} == expected


def formatted(*, as_json: bool) -> str:
    """An error with a traceback, in the format of the application's lines."""
    settings = dict(log_configuration(as_json=as_json)["formatters"]["plain"])
    try:
        raise ValueError("a reason")
    except ValueError:
        record = logging.LogRecord(
            "connect4_server", logging.ERROR, __file__, 1, "%s failed", ("a\nb",), sys.exc_info()
        )
    record.request_id = SANE
    formatter: logging.Formatter = settings.pop("()")(**settings)
    return formatter.format(record)


def test_an_error_in_text_is_a_line_before_its_traceback() -> None:
    line, traceback, *_, reason = formatted(as_json=False).splitlines()
    assert line == f"a\\x0ab failed {SANE}"
    assert traceback.startswith("Traceback")
    assert reason == "ValueError: a reason"


def test_an_error_in_json_has_its_traceback_in_its_line() -> None:
    [line] = formatted(as_json=True).splitlines()
    logged = json.loads(line)
    assert (logged["level"], logged["message"], logged["request_id"]) == (
        "ERROR",
        "a\nb failed",
        SANE,
    )
    assert logged["exc_info"].endswith("ValueError: a reason")
