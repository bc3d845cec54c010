"""The OpenAPI document, served at /openapi.json; a copy of it stands beside this module.

./pants run src/python/connect4_server/openapi.py > src/python/connect4_server/openapi.json

Pydantic generates the schemas from the models that validate requests. The paths are written here;
a test compares them with the application's routes.
https://spec.openapis.org/oas/v3.1.1
"""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, json
from pydantic.json_schema import models_json_schema

from connect4_server.schemas import (
    CreateGame,
    Error,
    Game,
    JoinGame,
    MakeMove,
    Presence,
    Seat,
    StaleMoveAnswer,
    WatchedGame,
)

openapi = Blueprint("openapi", __name__)

Json = dict[str, Any]
Failures = dict[str, str]

_WATCHING = """\
Server-Sent Events: the whole game at first, and again after every change. The data of an event is a
`WatchedGame`. Its id is the game's `version`. A slow client may miss versions, but gets none twice
and none out of order.

A player sends their secret and sees what `get_game` shows. A client without a secret is a
spectator: `playerId` and `playerNumber` are null. With `Last-Event-ID` it gets newer versions only.

The event `presence`, without an id, says who is there, at first and when it changes. Its data is a
`Presence`.

Comments keep an idle connection open; with `keepalive` an event of this name does, so that a client
soon knows when nothing gets through. The event `end` follows the last state: do not connect again.
The event `reconnect` says that the server stops: connect again.
"""

# The secret in the header, which logs leave out, or where older clients send it.
_HEADER, _QUERY = "player", "playerInQuery"
_SECURITY_SCHEMES = {
    _HEADER: {
        "type": "http",
        "scheme": "bearer",
        "description": "The player's secret, `playerId`.",
    },
    _QUERY: {
        "type": "apiKey",
        "in": "query",
        "name": "playerId",
        "description": "The same in the URL, which proxies and browsers record.",
    },
}
_BY_HEADER: Json = {_HEADER: []}
_BY_QUERY: Json = {_QUERY: []}
_ANYBODY: Json = {}

_GAME_ID = {
    "name": "gameId",
    "in": "query",
    "required": True,
    "schema": {"type": "string", "examples": ["Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U"]},
}
_LAST_EVENT_ID = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "schema": {"type": "integer", "minimum": 1, "examples": [2]},
}

_STAY = {
    "name": "stay",
    "in": "query",
    "required": False,
    "description": "Whether to go on after the end of the game, until `nextGameId` is known, or for"
    " an hour.",
    "schema": {"type": "boolean", "default": False},
}

_KEEPALIVE = {
    "name": "keepalive",
    "in": "query",
    "required": False,
    "description": "Seconds: after so long without another event comes the event `keepalive`,"
    " instead of a comment after 15. The first one comes at once.",
    "schema": {"type": "integer", "minimum": 2, "maximum": 15},
}

_NOT_FOUND: Failures = {"404": "Game not found, or Player not found."}
_NOT_STARTED = "Game not started: it has one player."
_TRY_AGAIN: Failures = {
    "429": "Too many requests; `Retry-After` has the seconds to wait.",
    "503": "The database cannot be reached; try again.",
}
_FOREIGN = "A page from elsewhere sends this without CORS."
_BODY_FAILURES: Failures = {
    "400": "The body is not JSON.",
    "403": _FOREIGN,
    "413": "The body is too large.",
    "415": "The content type is not application/json.",
    "422": "A field is missing or of the wrong type.",
    **_TRY_AGAIN,
}


def _ref(schema: type) -> Json:
    return {"$ref": f"#/components/schemas/{schema.__name__}"}


def _content(schema: type) -> Json:
    return {"application/json": {"schema": _ref(schema)}}


def _answer(description: str, schema: type) -> Json:
    return {"description": description, "content": _content(schema)}


def _operation(  # noqa: PLR0913 - what an operation has
    name: str,
    summary: str,
    answers: dict[str, Json],
    failures: Failures | None = None,
    *,
    tag: str = "Game",
    body: type | None = None,
    **more: Any,
) -> Json:
    operation = {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "responses": {
            **{status: _answer(text, Error) for status, text in (failures or {}).items()},
            **answers,
        },
        **more,
    }
    if body is not None:
        operation["requestBody"] = {"required": True, "content": _content(body)}
    return operation


def _text(name: str, summary: str, says: str, *more: str, failures: Failures | None = None) -> Json:
    """Returns a path that answers in plain text, or in one of the media types MORE."""
    content = {mimetype: {"schema": {"type": "string"}} for mimetype in ("text/plain", *more)}
    answers = {"200": {"description": says, "content": content}}
    return {"get": _operation(name, summary, answers, failures, tag="Server")}


def _seat_change(name: str, summary: str, answer: str, failures: Failures) -> Json:
    """Returns a path by which a player changes a game; the request can be sent again."""
    return {
        "post": _operation(
            name,
            summary,
            {"202": _answer(answer, Game)},
            {**_NOT_FOUND, **_BODY_FAILURES, **failures},
            description="Sent again, it changes nothing more.",
            body=Seat,
            security=[_BY_HEADER, _ANYBODY],
        )
    }


def _paths() -> Json:
    page = "`Game Server`; to a browser the game's page, if the client is packaged"
    return {
        "/": _text("root", "What this is", page, "text/html"),
        "/status": _text("status", "Whether the server runs", "`Running`"),
        "/healthz": _text("healthz", "Whether the process serves", "`Healthy`"),
        "/readyz": _text(
            "readyz",
            "Whether it can do its work: the database answers and has the right schema",
            "`Ready`",
            failures={"503": "The reason why not."},
        ),
        "/create_game": {
            "post": _operation(
                "create_game",
                "Create a game",
                {"201": _answer("The new game, seen by its creator.", Game)},
                {
                    "403": _FOREIGN,
                    "413": "The body is too large.",
                    "422": "A field has a wrong value.",
                    **_TRY_AGAIN,
                },
                description="A body that is not a JSON object with one of these fields is ignored.",
                requestBody={"required": False, "content": _content(CreateGame)},
            )
        },
        "/join_game": {
            "post": _operation(
                "join_game",
                "Join a game as its second player",
                {"202": _answer("The game, seen by its second player.", Game)},
                {
                    "404": "Game not found, or Game is full.",
                    "409": "newPlayerId is another game's player.",
                    **_BODY_FAILURES,
                },
                body=JoinGame,
            )
        },
        "/get_game": {
            "get": _operation(
                "get_game",
                "See a game",
                {"200": _answer("The game as it is now.", Game)},
                {**_NOT_FOUND, "422": "gameId or playerId is missing.", **_TRY_AGAIN},
                parameters=[_GAME_ID],
                security=[_BY_HEADER, _BY_QUERY],
            )
        },
        "/make_move": {
            "post": _operation(
                "make_move",
                "Drop a disc",
                {
                    "202": _answer("The game after the move.", Game),
                    "409": _answer(
                        "Column is full; or `move` is not the current number of moves.",
                        StaleMoveAnswer,
                    ),
                },
                {
                    **_NOT_FOUND,
                    **_BODY_FAILURES,
                    "403": f"Not your turn, or Game is over. {_FOREIGN}",
                    "412": _NOT_STARTED,
                },
                body=MakeMove,
                security=[_BY_HEADER, _ANYBODY],
            )
        },
        "/resign": _seat_change(
            "resign",
            "Give a game up",
            "The game, which the other player has won.",
            {"403": f"Game is over. {_FOREIGN}", "412": _NOT_STARTED},
        ),
        "/offer_draw": _seat_change(
            "offer_draw",
            "Offer a draw, or accept the other player's offer",
            "The game with the offer, or drawn.",
            {"403": f"Game is over. {_FOREIGN}", "412": _NOT_STARTED},
        ),
        "/decline_draw": _seat_change(
            "decline_draw",
            "Decline the other player's offer of a draw, or take back one's own",
            "The game without an offer.",
            {},
        ),
        "/claim_win": _seat_change(
            "claim_win",
            "Claim the win, since the other player is gone",
            "The game, which the caller has won.",
            {
                "403": f"Game is over. {_FOREIGN}",
                "409": "The other player is not gone: not for 60 s, or not known to be.",
                "412": _NOT_STARTED,
            },
        ),
        "/rematch": _seat_change(
            "rematch",
            "Ask for another game after this one",
            "The next game, with the player's secret in it. The seats are swapped. It has one"
            " player until both have asked, and nobody else can join it.",
            {"409": "Game is not over."},
        ),
        "/watch_game": {
            "get": _operation(
                "watch_game",
                "Watch a game",
                {
                    "200": {
                        "description": "A stream of events.",
                        "content": {
                            "text/event-stream": {
                                "schema": {
                                    "type": "string",
                                    "contentMediaType": "application/json",
                                    "contentSchema": _ref(WatchedGame),
                                    "description": "What an event's data is.",
                                }
                            }
                        },
                    }
                },
                {**_NOT_FOUND, "422": "A parameter is missing or invalid.", **_TRY_AGAIN},
                description=_WATCHING,
                parameters=[_GAME_ID, _STAY, _KEEPALIVE, _LAST_EVENT_ID],
                security=[_BY_HEADER, _BY_QUERY, _ANYBODY],
            )
        },
    }


@cache
def document() -> Json:
    """Returns the OpenAPI document, to be serialized as JSON."""
    models = (
        Game,
        WatchedGame,
        Presence,
        CreateGame,
        JoinGame,
        MakeMove,
        Seat,
        Error,
        StaleMoveAnswer,
    )
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Connect 4",
            "version": "1.0.0",
            "description": 'Play Connect 4. Errors are JSON, {"error": message}.',
        },
        "tags": [{"name": "Game"}, {"name": "Server"}],
        "paths": _paths(),
        "components": {"schemas": schemas["$defs"], "securitySchemes": _SECURITY_SCHEMES},
    }


@openapi.get("/openapi.json")
def serve_document() -> Response:
    """Serves the document as JSON: 200."""
    return Response(json.dumps(document()), mimetype="application/json")
