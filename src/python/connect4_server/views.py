"""The API's routes."""

from __future__ import annotations

from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint, HTTPError
from flask import Response, current_app, request

from connect4_server.api_schemas import Game, GetGame, JoinGame, MakeMove, WatchedGame, WatchGame
from connect4_server.converter import to_json
from connect4_server.json_input import use_one_pass
from connect4_server.watching.stream import Stream

if TYPE_CHECKING:
    from connect4_server.app_logic import Games
    from connect4_server.game_logic import SeenGame
    from connect4_server.watching.hub import Hub

use_one_pass()
api = APIBlueprint("api", __name__, tag="Game")

PLAYER = "player"
# Either way: in the header, or where it has always been.
_SECRET_IN_HEADER: list[str | dict[str, list[Any]]] = [{PLAYER: []}, {}]

_ANY_FAILURE = {503: "The database cannot be reached; try again."}
_BODY_FAILURES = {
    400: "The body is not JSON.",
    413: "The body is too large.",
    415: "The content type is not application/json.",
    422: "A field is missing or of the wrong type.",
    **_ANY_FAILURE,
}


_Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]

_ERROR: dict[str, Any] = {"$ref": "#/components/schemas/HTTPError"}
_ERROR_WITH_GAME: dict[str, Any] = {
    "allOf": [
        _ERROR,
        {
            "type": "object",
            "properties": {"game": {"$ref": "#/components/schemas/Game"}},
            "description": "`game` is the present state, if the move was not its next.",
        },
    ]
}

_MOVE_FAILURES: _Responses = {
    status: {"description": description, "content": {"application/json": {"schema": schema}}}
    for status, description, schema in (
        (403, "Not your turn, or Game is over.", _ERROR),
        (404, "Game not found, or Player not found.", _ERROR),
        (409, "Column is full; or, with `move`, the game is at another one.", _ERROR_WITH_GAME),
        (412, "Game not started: it has one player.", _ERROR),
        *((status, description, _ERROR) for status, description in _BODY_FAILURES.items()),
    )
}

_RUNNING: _Responses = {200: {"description": "`Running`", "content": {"text/plain": {}}}}

_WATCHING = """\
Server-Sent Events: first the whole game, then the whole game again after every change. Each event's
id is the game's version: `playerCount` plus the number of moves. What changes faster than a watcher
reads is left out, never repeated and never out of order.

A player shows their secret and sees what `get_game` shows. Without one it is a spectator, to whom
`playerId` and `playerNumber` are null. With `Last-Event-ID` only newer versions are sent.

Comments keep an idle stream alive. After the last move comes an event `end`, upon which a client is
not to connect again; an event `reconnect` asks it to, when the server stops.
"""


def _games() -> Games:
    games: Games = current_app.extensions["games"]
    return games


def _respond(seen: SeenGame, status: HTTPStatus) -> Response:
    return Response(to_json(seen), status, mimetype="application/json")


def _given_secret(given: GetGame | MakeMove | WatchGame) -> str | None:
    """The player's secret as a field of the request, or else in its header."""
    if "playerId" in given.model_fields_set:
        return given.playerId
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer":
        return None
    return authorization.token or ""


def _secret(given: GetGame | MakeMove) -> str:
    secret = _given_secret(given)
    if secret is None:
        detail = {"request": {"playerId": ["Field required"]}}
        raise HTTPError(HTTPStatus.UNPROCESSABLE_ENTITY, detail=detail)
    return secret


@api.post("/create_game")
@api.output(Game, 201, description="The new game, seen by its creator.")
@api.doc(summary="Create a game", operation_id="create_game", responses=_ANY_FAILURE)
def create_game() -> Response:
    # Read it all the same, or a keep-alive connection would take it for the next request.
    request.get_data()
    return _respond(_games().create(), HTTPStatus.CREATED)


@api.post("/join_game")
@api.input(JoinGame, arg_name="body")
@api.output(Game, 202, description="The game, seen by its second player.")
@api.doc(
    summary="Join a game as its second player",
    operation_id="join_game",
    responses={
        404: "Game not found, or Game is full.",
        409: "newPlayerId is another game's player.",
        **_BODY_FAILURES,
    },
)
def join_game(body: JoinGame) -> Response:
    return _respond(_games().join(body.gameId, body.newPlayerId), HTTPStatus.ACCEPTED)


@api.get("/get_game")
@api.input(GetGame, location="query", arg_name="query")
@api.output(Game, 200, description="The game as it is now.")
@api.doc(
    summary="See a game",
    operation_id="get_game",
    security=_SECRET_IN_HEADER,
    responses={
        404: "Game not found, or Player not found.",
        422: "gameId or playerId is missing.",
        **_ANY_FAILURE,
    },
)
def get_game(query: GetGame) -> Response:
    return _respond(_games().get(query.gameId, _secret(query)), HTTPStatus.OK)


@api.post("/make_move")
@api.input(MakeMove, arg_name="body")
@api.output(Game, 202, description="The game after the move.")
@api.doc(
    summary="Drop a disc",
    operation_id="make_move",
    security=_SECRET_IN_HEADER,
    responses=_MOVE_FAILURES,
)
def make_move(body: MakeMove) -> Response:
    moved = _games().move(body.gameId, _secret(body), body.column, body.move)
    return _respond(moved, HTTPStatus.ACCEPTED)


@api.get("/watch_game")
@api.input(WatchGame, location="query", arg_name="query")
@api.output(WatchedGame, 200, description="A stream of events.", content_type="text/event-stream")
@api.doc(
    summary="Watch a game",
    description=_WATCHING,
    operation_id="watch_game",
    security=_SECRET_IN_HEADER,
    responses={
        404: "Game not found, or Player not found.",
        422: "gameId is missing.",
        **_ANY_FAILURE,
    },
)
def watch_game(query: WatchGame) -> Response:
    secret = _given_secret(query)
    hub: Hub = current_app.extensions["hub"]
    with ExitStack() as refused:
        watch = hub.watch(query.gameId)
        refused.callback(watch.close)
        seen = _games().watch(query.gameId)
        if secret is not None:
            seen = seen.state.seen_by(secret)
        hub.renew(seen.state)
        # From here on it ends with the response.
        refused.pop_all()
    last_id = request.headers.get("Last-Event-ID", type=int)
    response = Response(Stream(hub, watch, seen.number, last_id), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    # nginx would hold events back until they fill a buffer.
    response.headers["X-Accel-Buffering"] = "no"
    return response


@api.get("/status")
@api.doc(
    tags=["Server"],
    summary="Whether the server runs",
    operation_id="status",
    responses=_RUNNING,
)
def status() -> Response:
    return Response("Running", mimetype="text/plain")
