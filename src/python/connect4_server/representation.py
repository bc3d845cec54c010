"""The JSON representation of a game, the body of responses and the data of events."""

from datetime import UTC
from typing import Any

from pydantic import TypeAdapter

from connect4_models import board_codec, moves_codec
from connect4_server.game_state import SeenGame

_JSON = TypeAdapter(Any)


def representation(seen: SeenGame) -> dict[str, Any]:
    """Returns the fields of `schemas.Game`, or of `schemas.WatchedGame` for a spectator.

    `created` is RFC 3339 in UTC with microseconds: https://www.rfc-editor.org/rfc/rfc3339
    """
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
        "version": state.version,
        "ending": state.ending,
        "names": state.names,
        "opening": state.opening,
        "firstPlayer": "joiner" if state.joiner_begins else "creator",
        "drawOfferedBy": state.standing_draw_offer,
        "rematchOfferedBy": state.rematch_offered_by,
        "nextGameId": state.next_game_id_for_all,
        "previousGameId": state.previous_game_id,
        "series": {"wins": state.series_wins, "draws": state.series_draws},
    }


def json_of(seen: SeenGame) -> bytes:
    """Returns the representation as JSON in UTF-8."""
    return _JSON.dump_json(representation(seen))
