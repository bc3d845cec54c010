"""The API's routes."""

from http import HTTPStatus
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, json, request
from sqlalchemy import Engine
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from connect4_server import app_logic
from connect4_server.api_schemas import Game, GetGame, JoinGame, MakeMove
from connect4_server.converter import to_response
from connect4_server.game_logic import GameState

api = APIBlueprint("api", __name__, tag="Game")

_ANY_FAILURE = {503: "The database cannot be reached; try again."}
_BODY_FAILURES = {
    400: "The body is not JSON.",
    413: "The body is too large.",
    415: "The content type is not application/json.",
    422: "A field is missing or of the wrong type.",
    **_ANY_FAILURE,
}


_RUNNING: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {"description": "`Running`", "content": {"text/plain": {}}}
}


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine


def _respond(state: GameState, status: HTTPStatus) -> Response:
    return Response(json.dumps(to_response(state)), status, mimetype="application/json")


@api.before_request
def parse_body() -> None:
    """Refuses what is no JSON, which APIFlask would take for an empty object.

    `create_game` ignores its body: clients send all sorts of things there.
    """
    if request.method != "POST" or request.endpoint == "api.create_game":
        return
    try:
        request.get_json()
    except UnsupportedMediaType:
        raise UnsupportedMediaType("The content type has to be application/json") from None
    except (BadRequest, RecursionError):
        raise BadRequest("The body is not valid JSON") from None


@api.post("/create_game")
@api.output(Game, 201, description="The new game, seen by its creator.")
@api.doc(summary="Create a game", operation_id="create_game", responses=_ANY_FAILURE)
def create_game() -> Response:
    # Read it all the same, or a keep-alive connection would take it for the next request.
    request.get_data()
    return _respond(app_logic.create_game(_engine()), HTTPStatus.CREATED)


@api.post("/join_game")
@api.input(JoinGame, arg_name="body")
@api.output(Game, 202, description="The game, seen by its second player.")
@api.doc(
    summary="Join a game as its second player",
    operation_id="join_game",
    responses={404: "Game not found, or Game is full.", **_BODY_FAILURES},
)
def join_game(body: JoinGame) -> Response:
    return _respond(app_logic.join_game(_engine(), body.gameId), HTTPStatus.ACCEPTED)


@api.get("/get_game")
@api.input(GetGame, location="query", arg_name="query")
@api.output(Game, 200, description="The game as it is now.")
@api.doc(
    summary="See a game",
    operation_id="get_game",
    responses={
        404: "Game not found, or Player not found.",
        422: "gameId or playerId is missing.",
        **_ANY_FAILURE,
    },
)
def get_game(query: GetGame) -> Response:
    return _respond(app_logic.get_game(_engine(), query.gameId, query.playerId), HTTPStatus.OK)


@api.post("/make_move")
@api.input(MakeMove, arg_name="body")
@api.output(Game, 202, description="The game after the move.")
@api.doc(
    summary="Drop a disc",
    operation_id="make_move",
    responses={
        403: "Not your turn, or Game is over.",
        404: "Game not found, or Player not found.",
        409: "Column is full.",
        412: "Game not started: it has one player.",
        **_BODY_FAILURES,
    },
)
def make_move(body: MakeMove) -> Response:
    return _respond(
        app_logic.make_move(_engine(), body.gameId, body.playerId, body.column),
        HTTPStatus.ACCEPTED,
    )


@api.get("/status")
@api.doc(
    tags=["Server"],
    summary="Whether the server runs",
    operation_id="status",
    responses=_RUNNING,
)
def status() -> Response:
    return Response("Running", mimetype="text/plain")
