"""What a read's way through the server costs, without the database.

    ./pants run benchmarks/request_path.py [-- --rounds N --seconds N]

Calls WSGI applications with the same read, in turn so that noise hits all alike: a bare Flask
route, and the server's own with a game that has been made up. Then has gunicorn serve an
application that does nothing, with each of its gevent workers. The ratios are to the first of each,
of the medians. Prints a table, and writes dist/benchmarks/request_path.json.
"""

from __future__ import annotations

import io
import itertools
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connect4_models import board_codec
from connect4_server.app import create_app
from connect4_server.config import Config
from connect4_server.game_state import GameState
from measuring.bare_server import bare_flask
from measuring.http_connection import bearer, get
from measuring.http_load import put_under_load
from measuring.options import common_options
from measuring.report import Report, publish
from measuring.turns import in_turn
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

QUICK = ("--rounds=1", "--seconds=0.2")

CONNECTIONS = 16
CALLS = 400
WORKERS = {
    "gunicorn's gevent worker": "gevent",
    "gunicorn's gevent_pywsgi worker": "gevent_pywsgi",
}

SECRET = "p" * 32
STATE = GameState(
    game_id="g" * 32,
    seats=(SECRET, "q" * 32),
    active=True,
    active_player=1,
    winner=None,
    board=board_codec.EMPTY,
    moves="",
    created=datetime(2026, 11, 23, tzinfo=UTC),
)
PATH, QUERY = "/get_game", f"gameId={STATE.game_id}"


def the_server() -> WSGIApplication:
    """The application as it is, but for its database."""
    app = create_app(Config(database="postgresql://nobody@localhost/nothing"))
    app.extensions["games"].get = lambda _game_id, player_id: STATE.seen_by(player_id)
    return app


CONTENDERS: dict[str, Callable[[], WSGIApplication]] = {
    "Flask, bare": bare_flask,
    "the server": the_server,
}


def _call(application: WSGIApplication) -> None:
    statuses: list[str] = []
    answer = application(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": PATH,
            "QUERY_STRING": QUERY,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_AUTHORIZATION": f"Bearer {SECRET}",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        },
        lambda status, *_: statuses.append(status) or (lambda _: None),  # type: ignore[func-returns-value]
    )
    b"".join(answer)
    if not statuses[0].startswith("200"):
        raise RuntimeError(statuses[0])


def measure_calls(rounds: int) -> dict[str, float]:
    """Microseconds a call."""
    applications = {name: make() for name, make in CONTENDERS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in applications}
    for number in range(rounds):
        for name, application in in_turn([*applications.items()], number):
            started = time.perf_counter()
            for _ in range(CALLS):
                _call(application)
            seconds[name].append((time.perf_counter() - started) / CALLS)
    return {name: statistics.median(taken) * 1e6 for name, taken in seconds.items()}


def measure_workers(rounds: int, seconds: float) -> dict[str, float]:
    """Microseconds an answer, of a server that does nothing else."""
    taken: dict[str, list[float]] = {name: [] for name in WORKERS}
    content = get(f"{PATH}?{QUERY}", bearer(SECRET))
    for number in range(rounds):
        for name, worker in in_turn([*WORKERS.items()], number):
            environ = {"APPLICATION": "nothing", "WEB_CONCURRENCY": "1", "WORKER": worker}
            with ServerProcess(environ, "measuring.bare_server") as server:
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
