"""What validation and documentation cost a move, without a database and without HTTP.

    ./pants run benchmarks/request_path.py

Calls WSGI applications with the same request, in turn so that noise hits all alike: a bare Flask
route; Flask with Pydantic by hand; APIFlask, as the server has it; and APIFlask that validates
its response too. The ratios are to the bare route, of the medians.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from apiflask import APIFlask
from flask import Flask, Response, json, request

from connect4_server.api_schemas import Game, MakeMove

ROUNDS = 15
CALLS = 400

MOVE = json.dumps({"gameId": "g" * 32, "playerId": "p" * 32, "column": 3}).encode()
GAME: dict[str, Any] = {
    "gameId": "g" * 32,
    "playerId": "p" * 32,
    "playerNumber": 1,
    "playerCount": 2,
    "active": True,
    "activePlayer": 2,
    "winner": None,
    "board": [[1, 2, 0, 0, 0, 0]] * 7,
    "created": "2026-11-23T10:15:30.123456Z",
}


def _respond() -> Response:
    return Response(json.dumps(GAME), 202, mimetype="application/json")


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


def apiflask_with_response() -> WSGIApplication:
    app = APIFlask(__name__)

    @app.post("/make_move")
    @app.input(MakeMove, arg_name="body")
    @app.output(Game, 202)
    def make_move(body: MakeMove) -> dict[str, Any]:  # noqa: ARG001 - what is measured
        return GAME

    return app


CONTENDERS: dict[str, Callable[[], WSGIApplication]] = {
    "Flask, bare": bare_flask,
    "Flask, Pydantic by hand": flask_with_pydantic,
    "APIFlask, request validated": apiflask,
    "APIFlask, response too": apiflask_with_response,
}


def _call(application: WSGIApplication) -> None:
    statuses: list[str] = []
    body = application(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/make_move",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(MOVE)),
            "wsgi.input": io.BytesIO(MOVE),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        },
        lambda status, *_: statuses.append(status) or (lambda _: None),  # type: ignore[func-returns-value]
    )
    b"".join(body)
    if not statuses[0].startswith("202"):
        raise RuntimeError(statuses[0])


def main() -> None:
    applications = {name: make() for name, make in CONTENDERS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in applications}
    for _ in range(ROUNDS):
        for name, application in applications.items():
            started = time.perf_counter()
            for _ in range(CALLS):
                _call(application)
            seconds[name].append((time.perf_counter() - started) / CALLS)
    base = statistics.median(seconds["Flask, bare"])
    sys.stdout.write(f"{'':30} {'µs a call':>10} {'ratio':>6}\n")
    for name, measured in seconds.items():
        median = statistics.median(measured)
        sys.stdout.write(f"{name:30} {median * 1e6:10.0f} {median / base:6.2f}\n")


if __name__ == "__main__":
    main()
