"""From a game to the body of a response."""

from datetime import UTC
from typing import Any

from connect4_models import board_codec, moves_codec
from connect4_server.game_logic import GameState


def to_response(state: GameState) -> dict[str, Any]:
    """The API's BaseGameResponse for STATE."""
    created = state.created.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "gameId": state.game_id,
        "playerId": state.player_id,
        "playerNumber": state.player_number,
        "playerCount": state.player_count,
        "active": state.active,
        "activePlayer": state.active_player,
        "winner": state.winner,
        "board": board_codec.columns(state.board),
        "moves": moves_codec.columns(state.moves),
        "created": created.replace("+00:00", "Z"),
    }
