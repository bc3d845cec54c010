"""The Flask application, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, request
from flask.sessions import NullSession, SessionInterface
from werkzeug.exceptions import BadRequest

from connect4_server.client_site import packaged_site, register_client_site
from connect4_server.cors import cors
from connect4_server.database import Database
from connect4_server.document import openapi
from connect4_server.errors import register_error_handlers
from connect4_server.games import Games
from connect4_server.health import health
from connect4_server.views import api
from connect4_server.watching.hub import Hub
from connect4_server.watching.postgres_notices import PostgresNotices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from werkzeug.routing import MapAdapter

    from connect4_server.config import Config
    from connect4_server.watching.notices import Notices

_MOST_BODY_BYTES = 16 * 1024
_ANY_HOST = "localhost"
# The characters of https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2, and a port.
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.~!$&'()*+,;=%-]+)(:\d*)?", re.ASCII)


class _NoSession(SessionInterface):
    """Nothing is kept in cookies."""

    _none = NullSession()

    def open_session(self, _app: Flask, _request: Request) -> NullSession:
        return self._none


class _App(Flask):
    """Leaves out, by what Flask lets applications override, what no route here needs."""

    session_interface = _NoSession()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Every function here is an ordinary one: nobody has to look at each, at every call."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Routes depend on path and method alone, so nobody has to work out the host.

        For the same reason `url_for` cannot make a URL that names it.
        """
        if request is None:
            return super().create_url_adapter(None)
        return self.url_map.bind(
            _ANY_HOST, path_info=request.environ["PATH_INFO"], default_method=request.method
        )


def create_app(config: Config) -> Flask:
    """The application for CONFIG; it connects to the database with the first request."""
    app = _App("connect4_server", static_folder=None)
    app.config.update(
        DEBUG=config.debug,
        TESTING=config.testing,
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=_MOST_BODY_BYTES,
    )
    database = Database(config.database)
    games = Games(database)
    hub = Hub(games.states, _notices(config))
    games.on_change = hub.publish
    app.extensions.update(database=database, games=games, hub=hub)
    for blueprint in (api, health, openapi):
        app.register_blueprint(blueprint)
    register_error_handlers(app)
    register_client_site(app, config.client_directory or packaged_site(), config.network_url)
    app.before_request(_refuse_malformed)
    app.after_request(cors(config.cors_origins))
    app.after_request(_never_sniff)
    app.wsgi_app = _single_slashes(app.wsgi_app)  # type: ignore[assignment,method-assign]
    return app


def _notices(config: Config) -> Notices:
    if config.redis_url is None:
        return PostgresNotices(config.database)
    # A large library, which most servers do without.
    from connect4_server.watching.redis_notices import RedisNotices  # noqa: PLC0415

    return RedisNotices(config.redis_url)


def _refuse_malformed() -> None:
    """What gunicorn leaves to applications: https://www.rfc-editor.org/rfc/rfc9112."""
    environ = request.environ
    host = environ.get("HTTP_HOST")
    is_missing = host is None and environ["SERVER_PROTOCOL"] != "HTTP/1.0"
    if is_missing or (host is not None and not _HOST.fullmatch(host)):
        raise BadRequest("The Host header is missing or malformed")
    if environ.get("HTTP_TRANSFER_ENCODING", "chunked").lower() != "chunked":
        raise BadRequest("The only transfer coding is chunked")


def _never_sniff(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _single_slashes(application: WSGIApplication) -> WSGIApplication:
    """A base URL that ends in / makes paths such as //create_game."""

    def collapsed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("//"):
            environ["PATH_INFO"] = "/" + path.lstrip("/")
        return application(environ, start_response)

    return collapsed
