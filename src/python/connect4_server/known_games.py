"""What this process last knew of the games that it had to do with."""

from collections import OrderedDict

from connect4_server.game_logic import GameState

# About 1 KB each.
_MOST = 10_000


class KnownGames:
    """The last known states of so many games; of more, those longest not heard of are forgotten.

    Other servers move in the same games: what is known here may be old, and only a statement that
    compares with the database may be built on it.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._states: OrderedDict[str, GameState] = OrderedDict()

    def get(self, game_id: str) -> GameState | None:
        """The game as it once was."""
        return self._states.get(game_id)

    def learn(self, state: GameState) -> None:
        """Keeps a state, be it older or newer than the one that was known."""
        self._states[state.game_id] = state
        self._states.move_to_end(state.game_id)
        if len(self._states) > self._most:
            self._states.popitem(last=False)
