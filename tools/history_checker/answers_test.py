"""What is taken from an answer: the game, and whatever may be a secret."""

from history_checker.answers import seen_of, tokens_of
from history_checker.history import Seen

GAME = {
    "gameId": "g",
    "playerId": None,
    "playerNumber": None,
    "playerCount": 2,
    "active": True,
    "activePlayer": 2,
    "winner": None,
    "board": [[1, 2, 0, 0, 0, 0], [], [], [], [], [], []],
    "moves": [0, None],
    "ending": None,
}


def test_a_spectator_has_no_seat() -> None:
    assert seen_of(GAME) == Seen(None, None, 2, True, 2, None, "120000", "0?")


def test_a_player_has() -> None:
    mine = {**GAME, "playerId": "p", "playerNumber": 1}
    assert seen_of(mine) == Seen("p", 1, 2, True, 2, None, "120000", "0?")


def test_tokens_are_found_wherever_they_stand() -> None:
    one, other = "a1" * 16, "B2" * 16
    assert tokens_of(f'{{"x": "{one}", "y": "{other[:31]}"}} /{other}?') == {one, other}
    assert tokens_of(f"{one}{other}") == {one + other}
