"""The routes of the game; `document.py` describes their requests and responses."""

from __future__ import annotations

from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, request

from connect4_server.representation import json_of
from connect4_server.request_input import body, optional_body, optional_secret, query, secret
from connect4_server.schemas import CreateGame, GetGame, JoinGame, MakeMove, Seat, WatchGame
from connect4_server.watching.disconnection import Disconnection
from connect4_server.watching.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from connect4_server.game_state import SeenGame
    from connect4_server.games import Games
    from connect4_server.watching.attendance import Attendance
    from connect4_server.watching.hub import Hub

api = Blueprint("api", __name__)

# A response holds its player's secret.
_NO_STORE = {"Cache-Control": "no-store"}


def _games() -> Games:
    games: Games = current_app.extensions["games"]
    return games


def _attendance() -> Attendance:
    attendance: Attendance = current_app.extensions["attendance"]
    return attendance


def _response(seen: SeenGame, status: HTTPStatus) -> Response:
    return Response(json_of(seen), status, _NO_STORE, mimetype="application/json")


@api.post("/create_game")
def create_game() -> Response:
    """Creates a game and returns it as its creator sees it: 201.

    A body that is not a JSON object with a field of CreateGame is ignored.
    """
    chosen = optional_body(CreateGame)
    created = _games().create(
        chosen.name,
        joiner_begins=chosen.first == "joiner",
        is_balanced=chosen.opening == "balanced",
    )
    return _response(created, HTTPStatus.CREATED)


@api.post("/join_game")
def join_game() -> Response:
    """Joins a game as its second player (JoinGame in the body): 202."""
    join = body(JoinGame)
    joined = _games().join(join.gameId, join.newPlayerId, join.name)
    return _response(joined, HTTPStatus.ACCEPTED)


@api.get("/get_game")
def get_game() -> Response:
    """Returns a game as one of its players sees it (GetGame in the query): 200."""
    asked = query(GetGame)
    seen = _games().get(asked.gameId, secret(asked))
    _attendance().ask(seen)
    return _response(seen, HTTPStatus.OK)


@api.post("/make_move")
def make_move() -> Response:
    """Drops a disc (MakeMove in the body) and returns the game after it: 202."""
    move = body(MakeMove)
    after = _games().move(move.gameId, secret(move), move.column, move.move)
    return _response(after, HTTPStatus.ACCEPTED)


@api.post("/resign")
def resign() -> Response:
    """Gives a game up (Seat in the body) and returns it: 202."""
    return _response_to_seat(_games().resign)


@api.post("/offer_draw")
def offer_draw() -> Response:
    """Offers or accepts a draw (Seat in the body) and returns the game after it: 202."""
    return _response_to_seat(_games().offer_draw)


@api.post("/decline_draw")
def decline_draw() -> Response:
    """Declines or takes back the offer of a draw (Seat in the body), returns the game: 202."""
    return _response_to_seat(_games().decline_draw)


@api.post("/claim_win")
def claim_win() -> Response:
    """Claims the win, since the other player is gone (Seat in the body), returns the game: 202."""
    return _response_to_seat(_games().claim_win)


@api.post("/rematch")
def rematch() -> Response:
    """Asks for another game after one (Seat in the body) and returns the next one: 202."""
    return _response_to_seat(_games().rematch)


def _response_to_seat(change: Callable[[str, str], SeenGame]) -> Response:
    seat = body(Seat)
    seen = change(seat.gameId, secret(seat))
    _attendance().ask(seen)
    return _response(seen, HTTPStatus.ACCEPTED)


@api.get("/watch_game")
def watch_game() -> Response:
    """Streams a game as Server-Sent Events (WatchGame in the query): 200.

    `Last-Event-ID` is the version that the client already has.
    """
    asked = query(WatchGame)
    player_id = optional_secret(asked)
    hub: Hub = current_app.extensions["hub"]
    with ExitStack() as on_error:
        # Subscribe first, then read: no change is missed.
        subscription = hub.subscribe(asked.gameId)
        on_error.callback(subscription.close)
        state = _games().state(asked.gameId)
        state.seen_by(player_id)  # raises PlayerNotFoundError
        hub.update(state)
        # From here on the subscription ends with the response.
        on_error.pop_all()
    last_id = request.headers.get("Last-Event-ID", type=int)
    response = Response(
        Stream(hub, subscription, player_id, last_id, stays=asked.stay),
        # Or nginx buffers events:
        # https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        headers={**_NO_STORE, "X-Accel-Buffering": "no"},
        mimetype="text/event-stream",
    )
    leave = _attendance().arrive(subscription, player_id)
    response.call_on_close(leave)
    response.call_on_close(Disconnection(request.environ["gunicorn.socket"].fileno(), leave).stop)
    return response
