"""Error handlers: every error is answered with JSON, `{"error": message}`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, json, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from connect4_server import metrics
from connect4_server.database import DatabaseUnavailableError
from connect4_server.moves import ImpossibleBoardError, StaleMoveError
from connect4_server.refusals import PlayerNotFoundError, RefusedError
from connect4_server.representation import representation
from connect4_server.request_id import log_fields

if TYPE_CHECKING:
    from flask import Flask

_RETRY_SECONDS = "1"


def register_error_handlers(app: Flask) -> None:
    """Registers on APP a handler for every exception that a view can raise."""
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(PlayerNotFoundError, _wrong_secret)
    app.register_error_handler(StaleMoveError, _stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(ParseException, _malformed)
    app.register_error_handler(DatabaseUnavailableError, _unavailable)
    app.register_error_handler(ImpossibleBoardError, _impossible)
    app.register_error_handler(Exception, _unexpected)


def error_response(status: int, message: str, **more: Any) -> Response:
    """Returns a response with STATUS and MESSAGE; MORE are further fields of the body."""
    body = json.dumps({"error": message, **more})
    return Response(body, status, {"Cache-Control": "no-store"}, mimetype="application/json")


def unavailable(message: str) -> Response:
    """Returns 503 with MESSAGE, and `Retry-After` in seconds."""
    response = error_response(HTTPStatus.SERVICE_UNAVAILABLE, message)
    response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def http_error(error: HTTPException) -> Response:
    """Returns the response for one of Werkzeug's errors, with its status and headers."""
    theirs = error.get_response()
    status = HTTPStatus(theirs.status_code)
    # Werkzeug's own descriptions are for people in a browser, not for programs.
    is_ours = error.description != type(error).description
    response = error_response(status, (is_ours and error.description) or status.phrase)
    for name, value in theirs.headers.items():
        if not name.lower().startswith("content-"):
            response.headers[name] = value
    return response


def _refused(error: RefusedError) -> Response:
    return error_response(error.status, str(error))


def _wrong_secret(error: PlayerNotFoundError) -> Response:
    metrics.WRONG_SECRETS.inc()
    return _refused(error)


def _stale(error: StaleMoveError) -> Response:
    return error_response(error.status, str(error), game=representation(error.seen))


def _malformed(_: ParseException) -> Response:
    # gunicorn parses a chunked body only while the application reads it.
    return error_response(HTTPStatus.BAD_REQUEST, "The body is malformed")


def _unavailable(_: DatabaseUnavailableError) -> Response:
    # The reason is in the log and in `/readyz`; it does not help players.
    return unavailable("The database cannot be reached, try again")


def _impossible(error: ImpossibleBoardError) -> Response:
    current_app.logger.error("a row that no game leads to: %s", error, extra=log_fields())
    return _internal_error()


def _unexpected(error: Exception) -> Response:
    # Not the URL, which may hold a player's secret.
    current_app.logger.error(
        "%s %s failed", request.method, request.path, exc_info=error, extra=log_fields()
    )
    return _internal_error()


def _internal_error() -> Response:
    return error_response(HTTPStatus.INTERNAL_SERVER_ERROR, "The server made a mistake")
