"""Every error's answer: JSON, `{"error": message}`, as the contract has it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, json, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from connect4_server.database import DatabaseUnavailableError
from connect4_server.moves import ImpossibleBoardError, StaleMoveError
from connect4_server.refusals import RefusedError
from connect4_server.representation import representation

if TYPE_CHECKING:
    from flask import Flask

_RETRY_SECONDS = "1"


def register_error_handlers(app: Flask) -> None:
    """Has APP answer so, whatever goes wrong."""
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(StaleMoveError, _stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(ParseException, _malformed)
    app.register_error_handler(DatabaseUnavailableError, _unavailable)
    app.register_error_handler(ImpossibleBoardError, _impossible)
    app.register_error_handler(Exception, _broken)


def error_response(status: int, message: str, **more: Any) -> Response:
    """MORE are further fields of the body."""
    body = json.dumps({"error": message, **more})
    return Response(body, status, {"Cache-Control": "no-store"}, mimetype="application/json")


def unavailable(message: str) -> Response:
    """503, with when to ask again."""
    response = error_response(HTTPStatus.SERVICE_UNAVAILABLE, message)
    response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def http_error(error: HTTPException) -> Response:
    """The answer to one of Werkzeug's errors, with its headers."""
    theirs = error.get_response()
    status = HTTPStatus(theirs.status_code)
    # Werkzeug's own descriptions speak to somebody with a browser.
    is_ours = error.description != type(error).description
    response = error_response(status, (is_ours and error.description) or status.phrase)
    for name, value in theirs.headers.items():
        if not name.lower().startswith("content-"):
            response.headers[name] = value
    return response


def _refused(error: RefusedError) -> Response:
    return error_response(error.status, str(error))


def _stale(error: StaleMoveError) -> Response:
    return error_response(error.status, str(error), game=representation(error.seen))


def _malformed(_: ParseException) -> Response:
    # gunicorn reads a chunked body as the application does.
    return error_response(HTTPStatus.BAD_REQUEST, "The body is malformed")


def _unavailable(_: DatabaseUnavailableError) -> Response:
    # The reason is in the log, and in `/readyz`; players can do nothing about it.
    return unavailable("The database cannot be reached, try again")


def _impossible(error: ImpossibleBoardError) -> Response:
    current_app.logger.error("a row that no game leads to: %s", error)
    return _mistake()


def _broken(error: Exception) -> Response:
    # Not the URL, which may hold a player's secret.
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _mistake()


def _mistake() -> Response:
    return error_response(HTTPStatus.INTERNAL_SERVER_ERROR, "The server made a mistake")
