"""gunicorn with an application that does nothing: a program, the ceiling for what answers HTTP.

In its environment are HOST and PORT; WORKER, the class of its workers; WEB_CONCURRENCY, how many;
and APPLICATION, which is `flask`, for a route of Flask that returns a text, or `nothing`, for a
function that does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# As large as a game.
_GAME = '{"board":"' + 388 * "0" + '"}'
_BACKLOG = 2048


def bare_flask() -> WSGIApplication:
    """Two routes: /status, and /get_game, which finds no game."""
    app = Flask(__name__)

    @app.get("/status")
    def status() -> Response:
        return Response("Running", mimetype="text/plain")

    @app.get("/get_game")
    def get_game() -> Response:
        # What every such route does: whose game it is.
        request.args.get("gameId")
        return Response(_GAME, mimetype="application/json")

    return app


def nothing() -> WSGIApplication:
    """The same answer to everything."""
    body = _GAME.encode()
    head = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"].read()
        start_response("200 OK", head)
        return [body]

    return application


APPLICATIONS = {"flask": bare_flask, "nothing": nothing}


class _Application(BaseApplication):
    def load_config(self) -> None:
        self.cfg.set("bind", f"{os.environ['HOST']}:{os.environ['PORT']}")
        self.cfg.set("worker_class", os.environ["WORKER"])
        self.cfg.set("backlog", _BACKLOG)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        return APPLICATIONS[os.environ["APPLICATION"]]()


if __name__ == "__main__":
    _Application().run()
