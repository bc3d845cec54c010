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
    from contextlib import AbstractContextManager

    from connect4_server.game_state import SeenGame
    from connect4_server.games import Games
    from connect4_server.rate_limits import RateLimits
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


def _rate_limits() -> RateLimits:
    rate_limits: RateLimits = current_app.extensions["rate_limits"]
    return rate_limits


def _response(seen: SeenGame, status: HTTPStatus) -> Response:
    return Response(json_of(seen), status, _NO_STORE, mimetype="application/json")


@api.post("/create_game")
def create_game() -> Response:
    """Creates a game and returns it as its creator sees it: 201.

    A body that is not a JSON object with a field of CreateGame is ignored.
    """
    chosen = optional_body(CreateGame)
    _rate_limits().count_new_game()
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
    player_id = secret(asked)
    with _rate_limits().guarded(asked.gameId):
        seen = _games().get(asked.gameId, player_id)
    _attendance().ask(seen)
    return _response(seen, HTTPStatus.OK)


@api.post("/make_move")
def make_move() -> Response:
    """Drops a disc (MakeMove in the body) and returns the game after it: 202."""
    move = body(MakeMove)
    player_id = secret(move)
    with _changing(move.gameId, player_id):
        after = _games().move(move.gameId, player_id, move.column, move.move)
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
    player_id = secret(seat)
    with _changing(seat.gameId, player_id):
        seen = change(seat.gameId, player_id)
    _attendance().ask(seen)
    return _response(seen, HTTPStatus.ACCEPTED)


def _changing(game_id: str, player_id: str) -> AbstractContextManager[None]:
    rate_limits = _rate_limits()
    rate_limits.count_change(game_id, player_id)
    return rate_limits.guarded(game_id)


@api.get("/watch_game")
def watch_game() -> Response:
    """Streams a game as Server-Sent Events (WatchGame in the query): 200.

    `Last-Event-ID` is the version that the client already has.
    """
    asked = query(WatchGame)
    player_id = optional_secret(asked)
    hub: Hub = current_app.extensions["hub"]
    rate_limits = _rate_limits()
    with rate_limits.guarded(asked.gameId), ExitStack() as on_error:
        close_stream = rate_limits.open_stream()
        on_error.callback(close_stream)
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
        Stream(subscription, player_id, last_id, stays=asked.stay, keepalive=asked.keepalive),
        # Or nginx buffers events:
        # https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        headers={**_NO_STORE, "X-Accel-Buffering": "no"},
        mimetype="text/event-stream",
    )
    leave = _attendance().arrive(subscription, player_id)

    def end() -> None:
        leave()
        close_stream()

    response.call_on_close(end)
    response.call_on_close(Disconnection(request.environ["gunicorn.socket"].fileno(), end).stop)
    return response
