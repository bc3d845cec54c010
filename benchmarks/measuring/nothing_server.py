"""gunicorn with an application that does nothing, and the class of workers that WORKER names.

A program, with HOST, PORT and WORKER in its environment.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

# As large as a game.
_BODY = b"x" * 400


def nothing(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A WSGI application."""
    environ["wsgi.input"].read()
    length = ("Content-Length", str(len(_BODY)))
    start_response("200 OK", [("Content-Type", "text/plain"), length])
    return [_BODY]


class _Application(BaseApplication):
    def load_config(self) -> None:
        self.cfg.set("bind", f"{os.environ['HOST']}:{os.environ['PORT']}")
        self.cfg.set("worker_class", os.environ["WORKER"])
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        return nothing


if __name__ == "__main__":
    _Application().run()
