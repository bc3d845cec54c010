"""The application factory: configuration in, Flask application out."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, request
from flask.sessions import NullSession, SessionInterface
from werkzeug.exceptions import BadRequest

from connect4_server.client_site import packaged_site, register_client_site
from connect4_server.cors import cors
from connect4_server.database import Database
from connect4_server.document import openapi
from connect4_server.errors import register_error_handlers
from connect4_server.foreign_pages import foreign_pages
from connect4_server.games import Games
from connect4_server.health import health
from connect4_server.rate_limits import RateLimits
from connect4_server.request_id import identify_requests
from connect4_server.request_metrics import measure_requests
from connect4_server.telemetry import start_telemetry
from connect4_server.views import api
from connect4_server.watching.attendance import Attendance
from connect4_server.watching.hub import Hub
from connect4_server.watching.postgres_notifications import PostgresNotifications
from connect4_server.watching.presence import read_presences

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.routing import MapAdapter

    from connect4_server.config import Config
    from connect4_server.watching.notifications import Notifications

_MAX_BODY_BYTES = 16 * 1024
_ANY_HOST = "localhost"
# `uri-host [ ":" port ]`: https://www.rfc-editor.org/rfc/rfc9110#section-7.2 and, for the host,
# https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2.
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.~!$&'()*+,;=%-]+)(:\d*)?", re.ASCII)


class _NoSession(SessionInterface):
    """No sessions, and so no cookies."""

    _none = NullSession()

    def open_session(self, _app: Flask, _request: Request) -> NullSession:
        return self._none


class _App(Flask):
    """Skips two steps of Flask's request path that no route here needs."""

    session_interface = _NoSession()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Returns FUNC as it is: no view is `async`, so none has to be checked at each call."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Binds the URL map to a fixed host, since routes depend on path and method alone.

        So `url_for` cannot make a URL with the real host.
        """
        if request is None:
            return super().create_url_adapter(None)
        return self.url_map.bind(
            _ANY_HOST, path_info=request.environ["PATH_INFO"], default_method=request.method
        )


def create_app(config: Config) -> Flask:
    """Returns the application for CONFIG; it connects to the database with the first request.

    Its `extensions` hold `database` (Database), `games` (Games), `hub` (Hub), `attendance`
    (Attendance) and `rate_limits` (RateLimits).
    """
    app = _App("connect4_server", static_folder=None)
    app.config.update(
        DEBUG=config.debug,
        TESTING=config.testing,
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=_MAX_BODY_BYTES,
    )
    database = Database(config.database)
    games = Games(database)
    hub = Hub(games.states, partial(read_presences, database), _notifications(config))
    games.on_change = hub.publish
    attendance = Attendance(database, hub)
    rate_limits = RateLimits(config)
    app.extensions.update(
        database=database, games=games, hub=hub, attendance=attendance, rate_limits=rate_limits
    )
    measure_requests(app)
    identify_requests(app)
    start_telemetry(app)
    for blueprint in (api, health, openapi):
        app.register_blueprint(blueprint)
    register_error_handlers(app)
    register_client_site(app, config.client_directory or packaged_site(), config.network_url)
    app.before_request(_refuse_malformed)
    app.before_request(foreign_pages(config.cors_origins))
    app.before_request(partial(_count_request, rate_limits))
    app.after_request(cors(config.cors_origins))
    app.after_request(_forbid_sniffing)
    return app


def _notifications(config: Config) -> Notifications:
    if config.redis_url is None:
        return PostgresNotifications(config.database)
    # A large library that most servers do not need.
    from connect4_server.watching.redis_notifications import RedisNotifications  # noqa: PLC0415

    return RedisNotifications(config.redis_url)


def _refuse_malformed() -> None:
    """Refuses with 400 what gunicorn lets through and RFC 9112 forbids.

    https://www.rfc-editor.org/rfc/rfc9112#section-3.2 (Host) and #section-6.1 (transfer codings).
    """
    environ = request.environ
    host = environ.get("HTTP_HOST")
    is_missing = host is None and environ["SERVER_PROTOCOL"] != "HTTP/1.0"
    if is_missing or (host is not None and not _HOST.fullmatch(host)):
        raise BadRequest("The Host header is missing or malformed")
    if environ.get("HTTP_TRANSFER_ENCODING", "chunked").lower() != "chunked":
        raise BadRequest("The only transfer coding is chunked")


def _count_request(rate_limits: RateLimits) -> None:
    """Counts requests to the API alone: a proxy may ask for the health, and caches for the site."""
    if request.blueprint == api.name:
        rate_limits.count_request()


def _forbid_sniffing(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
