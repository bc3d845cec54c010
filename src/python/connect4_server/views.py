"""The routes of the game; `document.py` describes their requests and responses."""

from __future__ import annotations

from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, request

from connect4_server.game_state import SeenGame
from connect4_server.representation import json_of
from connect4_server.request_input import body, optional_secret, query, secret
from connect4_server.schemas import GetGame, JoinGame, MakeMove
from connect4_server.watching.stream import Stream

if TYPE_CHECKING:
    from connect4_server.games import Games
    from connect4_server.watching.hub import Hub

api = Blueprint("api", __name__)

# A response holds its player's secret.
_NO_STORE = {"Cache-Control": "no-store"}


def _games() -> Games:
    games: Games = current_app.extensions["games"]
    return games


def _response(seen: SeenGame, status: HTTPStatus) -> Response:
    return Response(json_of(seen), status, _NO_STORE, mimetype="application/json")


@api.post("/create_game")
def create_game() -> Response:
    """Creates a game and returns it as its creator sees it: 201. A body is ignored."""
    # Raises 413 if it is too large.
    request.get_data(cache=False)
    return _response(_games().create(), HTTPStatus.CREATED)


@api.post("/join_game")
def join_game() -> Response:
    """Joins a game as its second player (JoinGame in the body): 202."""
    join = body(JoinGame)
    return _response(_games().join(join.gameId, join.newPlayerId), HTTPStatus.ACCEPTED)


@api.get("/get_game")
def get_game() -> Response:
    """Returns a game as one of its players sees it (GetGame in the query): 200."""
    asked = query(GetGame)
    return _response(_games().get(asked.gameId, secret(asked)), HTTPStatus.OK)


@api.post("/make_move")
def make_move() -> Response:
    """Drops a disc (MakeMove in the body) and returns the game after it: 202."""
    move = body(MakeMove)
    after = _games().move(move.gameId, secret(move), move.column, move.move)
    return _response(after, HTTPStatus.ACCEPTED)


@api.get("/watch_game")
def watch_game() -> Response:
    """Streams a game as Server-Sent Events (GetGame in the query): 200.

    `Last-Event-ID` is the version that the client already has.
    """
    asked = query(GetGame)
    player_id = optional_secret(asked)
    hub: Hub = current_app.extensions["hub"]
    with ExitStack() as on_error:
        # Subscribe first, then read: no change is missed.
        subscription = hub.subscribe(asked.gameId)
        on_error.callback(subscription.close)
        state = _games().state(asked.gameId)
        seen = SeenGame(state, None) if player_id is None else state.seen_by(player_id)
        hub.update(state)
        # From here on the subscription ends with the response.
        on_error.pop_all()
    last_id = request.headers.get("Last-Event-ID", type=int)
    return Response(
        Stream(hub, subscription, seen.number, last_id),
        # Or nginx buffers events:
        # https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        headers={**_NO_STORE, "X-Accel-Buffering": "no"},
        mimetype="text/event-stream",
    )
