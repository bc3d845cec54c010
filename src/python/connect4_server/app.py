"""The Flask application, put together."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from apiflask import APIFlask, HTTPError
from flask import Response, current_app, json, request
from werkzeug.exceptions import HTTPException

from connect4_server.api_schemas import Error
from connect4_server.app_logic import Games
from connect4_server.client_site import client_site, packaged_site
from connect4_server.config import Config
from connect4_server.converter import to_response
from connect4_server.cors import ANY_ORIGIN, cors
from connect4_server.database import Database, DatabaseUnreachableError
from connect4_server.exceptions import OtherStateError, RefusedError
from connect4_server.shortcut import Shortcut
from connect4_server.views import PLAYER, api
from connect4_server.watching.hub import Hub
from connect4_server.watching.notices import Notices
from connect4_server.watching.postgres_notices import PostgresNotices

_RETRY_SECONDS = "1"


class _App(APIFlask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Every function here is an ordinary one: nobody has to look at each, at every call."""
        return func


def create_app(config: Config) -> APIFlask:
    """The application for CONFIG; it connects to the database with the first request."""
    app = _App(
        "connect4_server",
        title="Connect 4",
        version="1.0.0",
        spec_path="/openapi.json",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask takes None, APIFlask hides it
        json_errors=False,
    )
    app.config.update(
        DEBUG=config.debug,
        TESTING=config.testing,
        SECRET_KEY=config.secret_key,
        OPENAPI_VERSION="3.1.0",
        HTTP_ERROR_SCHEMA=Error.model_json_schema(),
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        DESCRIPTION='Play Connect 4. Errors are JSON, {"error": message}.',
        SECURITY_SCHEMES={
            PLAYER: {
                "type": "http",
                "scheme": "bearer",
                "description": "The player's secret, `playerId`.",
            }
        },
    )
    database = Database(config.database)
    games = Games(database)
    hub = Hub(games.read, _notices(config, database))
    games.on_change = hub.publish
    app.extensions.update(games=games, hub=hub)
    app.register_blueprint(api)
    app.register_blueprint(client_site(config.client_directory or packaged_site()))
    app.register_error_handler(RefusedError, _refused)
    # Sets a handler for HTTPException as well, which the next line replaces.
    app.error_processor(_invalid)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(OtherStateError, _at_another_move)
    app.register_error_handler(DatabaseUnreachableError, _database_failed)
    app.register_error_handler(Exception, _broken)
    app.after_request(cors(config.cors_origins))
    app.after_request(_never_sniff)
    if ANY_ORIGIN in config.cors_origins:
        app.wsgi_app = Shortcut(app, games)  # type: ignore[method-assign]
    app.wsgi_app = _single_slashes(app.wsgi_app)  # type: ignore[assignment,method-assign]
    return app


def _notices(config: Config, database: Database) -> Notices:
    if config.redis_url is None:
        return PostgresNotices(database)
    # A large library, which most servers do without.
    from connect4_server.watching.redis_notices import RedisNotices  # noqa: PLC0415

    return RedisNotices(config.redis_url)


def error_body(message: str) -> str:
    return json.dumps({"error": message})


def _error(status: int, message: str, headers: Iterable[tuple[str, str]] = ()) -> Response:
    response = Response(error_body(message), status, mimetype="application/json")
    response.headers.extend(
        (name, value) for name, value in headers if not name.lower().startswith("content-")
    )
    return response


def _refused(error: RefusedError) -> Response:
    return _error(error.status, str(error))


def _at_another_move(error: OtherStateError) -> Response:
    body = {"error": str(error), "game": to_response(error.seen)}
    return Response(json.dumps(body), error.status, mimetype="application/json")


def _failed(error: HTTPException) -> Response:
    response = error.get_response()
    status = HTTPStatus(response.status_code)
    # Werkzeug's own descriptions speak to somebody with a browser.
    ours = error.description is not None and error.description != type(error).description
    message = error.description if ours and error.description else status.phrase
    return _error(status, message, response.headers.items())


def _invalid(error: HTTPError) -> Response:
    """Names the first field that is wrong: APIFlask's detail is {location: {field: [messages]}}."""
    for fields in error.detail.values():
        for field, messages in fields.items():
            where = "The body" if field == "_schema" else field
            return _error(error.status_code, f"{where}: {messages[0]}")
    return _error(error.status_code, HTTPStatus(error.status_code).phrase)


def _database_failed(_: DatabaseUnreachableError) -> Response:
    return _error(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database cannot be reached, try again",
        [("Retry-After", _RETRY_SECONDS)],
    )


def _broken(error: Exception) -> Response:
    # Not the URL, which may hold a player's secret.
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _error(HTTPStatus.INTERNAL_SERVER_ERROR, "The server made a mistake")


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
