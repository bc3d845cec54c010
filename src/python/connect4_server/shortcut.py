"""What a game consists of, answered without Flask's way from a request to a view and back.

That way takes longer than the view: docs/decisions/http.md. Only plain requests go by here, and
only until something is wrong with one; all others, and all errors, are Flask's. Which way a request
went cannot be seen from outside.
"""

from __future__ import annotations

from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError

from connect4_server.api_schemas import GetGame, JoinGame, MakeMove
from connect4_server.converter import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask import Flask

    from connect4_server.app_logic import Games
    from connect4_server.game_logic import SeenGame

_Model = TypeVar("_Model", bound=BaseModel)

_BEARER = "Bearer "
_HEADERS = (
    ("Content-Type", "application/json"),
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Allow-Origin", "*"),
)


class _NotPlainError(Exception):
    """Flask is to look at the request; nothing has been done about it."""


class Shortcut:
    """A WSGI application around that of a Flask app which pages of any origin may call."""

    def __init__(self, app: Flask, games: Games) -> None:
        self._app = app
        self._flask = app.wsgi_app
        self._games = games
        self._routes = {
            ("POST", "/create_game"): (HTTPStatus.CREATED, self._create),
            ("POST", "/join_game"): (HTTPStatus.ACCEPTED, self._join),
            ("GET", "/get_game"): (HTTPStatus.OK, self._get),
            ("POST", "/make_move"): (HTTPStatus.ACCEPTED, self._move),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        route = self._routes.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if route is None:
            return self._flask(environ, start_response)
        status, answer = route
        try:
            content = to_json(answer(environ))
        except _NotPlainError:
            return self._flask(environ, start_response)
        except Exception as error:
            with self._app.request_context(environ):
                response = self._app.handle_user_exception(error)
                return self._app.finalize_request(response)(environ, start_response)
        length = ("Content-Length", str(len(content)))
        start_response(f"{status:d} {status.phrase}", [*_HEADERS, length])
        return [content]

    def _create(self, _: WSGIEnvironment) -> SeenGame:
        return self._games.create()

    def _join(self, environ: WSGIEnvironment) -> SeenGame:
        given = _body(JoinGame, environ)
        return self._games.join(given.gameId, given.newPlayerId)

    def _get(self, environ: WSGIEnvironment) -> SeenGame:
        fields = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True)
        query = dict(fields)
        if len(query) < len(fields):
            raise _NotPlainError
        try:
            given = GetGame.model_validate(query)
        except ValidationError:
            raise _NotPlainError from None
        return self._games.get(given.gameId, _secret(given, environ))

    def _move(self, environ: WSGIEnvironment) -> SeenGame:
        given = _body(MakeMove, environ)
        secret = _secret(given, environ)
        return self._games.move(given.gameId, secret, given.column, given.move)


def _body(model: type[_Model], environ: WSGIEnvironment) -> _Model:
    if environ["CONTENT_TYPE"] != "application/json":
        raise _NotPlainError
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    # For Flask, if it comes to that.
    environ["wsgi.input"] = BytesIO(body)
    try:
        return model.model_validate_json(body)
    except ValidationError:
        raise _NotPlainError from None


def _secret(given: GetGame | MakeMove, environ: WSGIEnvironment) -> str:
    if "playerId" in given.model_fields_set:
        return given.playerId
    authorization: str = environ.get("HTTP_AUTHORIZATION", "")
    if not authorization.startswith(_BEARER):
        raise _NotPlainError
    return authorization.removeprefix(_BEARER)
