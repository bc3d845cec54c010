"""What a move's way through the server costs, without the database.

    ./pants run benchmarks/request_path.py [-- --rounds N --seconds N]

Calls WSGI applications with the same move, in turn so that noise hits all alike: a bare Flask
route; Flask with Pydantic by hand; APIFlask with the request validated; and the server's own, with
a game that has been made up, through Flask and by its shortcut. Then has gunicorn serve an
application that does nothing, with its own gevent workers and with the server's. The ratios are to
the first of each, of the medians. Prints a table, and writes dist/benchmarks/request_path.json.
"""

from __future__ import annotations

import io
import itertools
import json
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import Flask, Response, request
from sqlalchemy import make_url

from connect4_models import board_codec
from connect4_server.api_schemas import Game, MakeMove
from connect4_server.app import create_app
from connect4_server.config import Config
from connect4_server.converter import to_json
from connect4_server.game_logic import GameState, SeenGame, after_move
from connect4_server.worker import Worker
from measuring.http_connection import post
from measuring.http_load import put_under_load
from measuring.options import common_options
from measuring.report import Report, publish
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

QUICK = ("--rounds=1", "--seconds=0.2")

CONNECTIONS = 16
CALLS = 400
WORKERS = {
    "gunicorn's gevent worker": "gevent",
    "the server's worker": f"{Worker.__module__}.{Worker.__name__}",
}

STATE = GameState(
    game_id="g" * 32,
    seats=("p" * 32, "q" * 32),
    active=True,
    active_player=1,
    winner=None,
    board=board_codec.EMPTY,
    moves="",
    created=datetime(2026, 11, 23, tzinfo=UTC),
)
MOVE = {"gameId": STATE.game_id, "playerId": STATE.seats[0], "column": 3}
GAME = to_json(SeenGame(STATE, 1))


def _respond() -> Response:
    return Response(GAME, 202, mimetype="application/json")


def bare_flask() -> WSGIApplication:
    app = Flask(__name__)

    @app.post("/make_move")
    def make_move() -> Response:
        request.get_json()
        return _respond()

    return app


def flask_with_pydantic() -> WSGIApplication:
    app = Flask(__name__)

    @app.post("/make_move")
    def make_move() -> Response:
        MakeMove.model_validate_json(request.get_data())
        return _respond()

    return app


def apiflask() -> WSGIApplication:
    app = APIFlask(__name__)

    @app.post("/make_move")
    @app.input(MakeMove, arg_name="body")
    @app.output(Game, 202)
    def make_move(body: MakeMove) -> Response:  # noqa: ARG001 - what is measured
        return _respond()

    return app


def _server() -> APIFlask:
    app = create_app(Config(database=make_url("postgresql://nobody@localhost/nothing")))

    def move(_game_id: str, player_id: str, column: int, move: int | None) -> SeenGame:
        seen = STATE.seen_by(player_id)
        return SeenGame(after_move(seen, column, move), seen.number)

    app.extensions["games"].move = move
    return app


def through_flask() -> WSGIApplication:
    app = _server()
    return lambda *call: type(app).wsgi_app(app, *call)


def by_the_shortcut() -> WSGIApplication:
    return _server().wsgi_app


CONTENDERS: dict[str, Callable[[], WSGIApplication]] = {
    "Flask, bare": bare_flask,
    "Flask, Pydantic by hand": flask_with_pydantic,
    "APIFlask, request validated": apiflask,
    "the server, through Flask": through_flask,
    "the server, by its shortcut": by_the_shortcut,
}


def _call(application: WSGIApplication) -> None:
    statuses: list[str] = []
    body = json.dumps(MOVE).encode()
    answer = application(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/make_move",
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        },
        lambda status, *_: statuses.append(status) or (lambda _: None),  # type: ignore[func-returns-value]
    )
    b"".join(answer)
    if not statuses[0].startswith("202"):
        raise RuntimeError(statuses[0])


def measure_calls(rounds: int) -> dict[str, float]:
    """Microseconds a call."""
    applications = {name: make() for name, make in CONTENDERS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in applications}
    for _ in range(rounds):
        for name, application in applications.items():
            started = time.perf_counter()
            for _ in range(CALLS):
                _call(application)
            seconds[name].append((time.perf_counter() - started) / CALLS)
    return {name: statistics.median(taken) * 1e6 for name, taken in seconds.items()}


def measure_workers(rounds: int, seconds: float) -> dict[str, float]:
    """Microseconds an answer, of a server that does nothing else."""
    taken: dict[str, list[float]] = {name: [] for name in WORKERS}
    content = post("/make_move", MOVE)
    for _ in range(rounds):
        for name, worker in WORKERS.items():
            with ServerProcess({"WORKER": worker}, "measuring.nothing_server") as server:
                load = put_under_load(
                    server.url, CONNECTIONS, seconds, 200, lambda: itertools.repeat(content)
                )
            taken[name].append(1e6 / load.per_second)
    return {name: statistics.median(answers) for name, answers in taken.items()}


def main(argv: list[str]) -> int:
    """Returns the exit status, 0: there is no goal."""
    parser = common_options("request_path", __doc__, rounds=9, seconds=2)
    options = parser.parse_args(argv)
    results: dict[str, dict[str, float]] = {
        "a call": measure_calls(options.rounds),
        "an answer over HTTP": measure_workers(options.rounds, options.seconds),
    }
    rows = []
    for measured in results.values():
        base = next(iter(measured.values()))
        rows += [(name, f"{us:.0f} µs", f"{us / base:.2f}") for name, us in measured.items()]
    report = Report(
        name="request_path",
        settings={"rounds": options.rounds, "seconds": options.seconds},
        results=results,
        header=("", "each", "ratio"),
        rows=rows,
        goals=[],
    )
    return publish(report, options.output)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
