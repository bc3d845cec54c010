"""From a game to the body of a response."""

from datetime import UTC
from typing import Any

from pydantic import TypeAdapter

from connect4_models import board_codec, moves_codec
from connect4_server.game_state import SeenGame

_JSON = TypeAdapter(Any)


def representation(seen: SeenGame) -> dict[str, Any]:
    """The API's BaseGameResponse; a spectator's has no player's id or number."""
    state = seen.state
    created = state.created.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "gameId": state.game_id,
        "playerId": seen.player_id,
        "playerNumber": seen.number,
        "playerCount": state.player_count,
        "active": state.active,
        "activePlayer": state.active_player,
        "winner": state.winner,
        "board": board_codec.columns(state.board),
        "moves": moves_codec.columns(state.moves),
        "created": created.replace("+00:00", "Z"),
    }


def json_of(seen: SeenGame) -> bytes:
    """The same as JSON."""
    return _JSON.dump_json(representation(seen))
