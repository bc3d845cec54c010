"""The game's routes."""

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

# An answer holds its player's secret.
_NOT_KEPT = {"Cache-Control": "no-store"}


def _games() -> Games:
    games: Games = current_app.extensions["games"]
    return games


def _response(seen: SeenGame, status: HTTPStatus) -> Response:
    return Response(json_of(seen), status, _NOT_KEPT, mimetype="application/json")


@api.post("/create_game")
def create_game() -> Response:
    # Whatever it is, it is ignored, unless it is too large.
    request.get_data(cache=False)
    return _response(_games().create(), HTTPStatus.CREATED)


@api.post("/join_game")
def join_game() -> Response:
    join = body(JoinGame)
    return _response(_games().join(join.gameId, join.newPlayerId), HTTPStatus.ACCEPTED)


@api.get("/get_game")
def get_game() -> Response:
    asked = query(GetGame)
    return _response(_games().get(asked.gameId, secret(asked)), HTTPStatus.OK)


@api.post("/make_move")
def make_move() -> Response:
    move = body(MakeMove)
    after = _games().move(move.gameId, secret(move), move.column, move.move)
    return _response(after, HTTPStatus.ACCEPTED)


@api.get("/watch_game")
def watch_game() -> Response:
    asked = query(GetGame)
    player_id = optional_secret(asked)
    hub: Hub = current_app.extensions["hub"]
    with ExitStack() as refused:
        # Before reading, so that no change is missed.
        subscription = hub.subscribe(asked.gameId)
        refused.callback(subscription.close)
        state = _games().state(asked.gameId)
        seen = SeenGame(state, None) if player_id is None else state.seen_by(player_id)
        hub.renew(state)
        # From here on it ends with the response.
        refused.pop_all()
    last_id = request.headers.get("Last-Event-ID", type=int)
    return Response(
        Stream(hub, subscription, seen.number, last_id),
        # nginx would hold events back until they fill a buffer.
        headers={**_NOT_KEPT, "X-Accel-Buffering": "no"},
        mimetype="text/event-stream",
    )
