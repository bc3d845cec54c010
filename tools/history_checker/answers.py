"""What an answer of the API says: the body of a reply, or the data of an event."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any

from connect4_models import moves_codec
from history_checker.history import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

# Also a part of something longer.
_TOKEN = re.compile("[a-zA-Z0-9]{32,}")


def seen_of(answer: Mapping[str, Any]) -> Seen:
    """The game in an answer's JSON. Raises KeyError if there is none."""
    player = answer["playerId"]
    return Seen(
        # The same few strings in many answers, all of which are kept.
        player=None if player is None else intern(player),
        number=answer["playerNumber"],
        players=answer["playerCount"],
        active=answer["active"],
        active_player=answer["activePlayer"],
        winner=answer["winner"],
        board=intern("".join(str(cell) for column in answer["board"] for cell in column)),
        moves=intern(
            "".join(
                moves_codec.UNKNOWN if column is None else str(column) for column in answer["moves"]
            )
        ),
        ending=answer["ending"],
    )


def tokens_of(text: str) -> set[str]:
    """All that may be an id or a secret, or have one in it."""
    return set(_TOKEN.findall(text))
