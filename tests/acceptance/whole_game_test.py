"""Two people play whole games, and each sees all the time what they should."""

import re
from datetime import datetime, timedelta
from itertools import cycle

import pytest

from players.player import Json, Player, RefusedError
from players.scripts import SCRIPTS, Script

ID = re.compile(r"[a-zA-Z0-9]{32}")

EMPTY = [[0] * 6 for _ in range(7)]


@pytest.fixture(params=["", "/"], ids=["plain URL", "URL with a slash"])
def base_url(server_url: str, request: pytest.FixtureRequest) -> str:
    """The server's URL as people write it: paths are appended to it, so some get two slashes."""
    return f"{server_url}{request.param}"


@pytest.fixture
def players(base_url: str) -> tuple[Player, Player]:
    """Two who have a game, with no disc in it yet."""
    first = Player.creating(base_url)
    return first, Player.joining(base_url, first.game_id)


def drop_on(board: list[list[int]], column: int, number: int) -> None:
    """A disc falls to the lowest free row of its column."""
    board[column][board[column].index(0)] = number


def refusal(player: Player, column: int) -> tuple[int, str]:
    """What the player is told who may not drop a disc there."""
    with pytest.raises(RefusedError) as refused:
        player.drop(column)
    return refused.value.status, refused.value.message


def as_seen_by(player: Player, game: Json) -> Json:
    """The game as another player sees it: only who is asking differs."""
    return {**game, "playerId": player.player_id, "playerNumber": player.number}


def test_a_new_game_waits_for_its_second_player(base_url: str) -> None:
    first = Player.creating(base_url)
    game = first.look()
    created = game.pop("created")
    assert game == {
        "gameId": first.game_id,
        "playerId": first.player_id,
        "playerNumber": 1,
        "playerCount": 1,
        "active": True,
        "activePlayer": 1,
        "winner": None,
        "board": EMPTY,
        "moves": [],
        "version": 1,
        "ending": None,
        "names": [None, None],
        "opening": 0,
        "firstPlayer": "creator",
        "drawOfferedBy": None,
        "rematchOfferedBy": None,
        "nextGameId": None,
        "previousGameId": None,
        "series": {"wins": [0, 0], "draws": 0},
    }
    assert ID.fullmatch(first.game_id)
    assert ID.fullmatch(first.player_id)
    assert datetime.fromisoformat(created).utcoffset() == timedelta(0)


def test_joining_seats_the_second_player(players: tuple[Player, Player]) -> None:
    first, second = players
    assert second.number == 2
    assert ID.fullmatch(second.player_id)
    assert second.player_id != first.player_id
    assert first.look()["playerCount"] == 2
    assert second.look() == as_seen_by(second, first.look())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_game_is_played_to_its_end(players: tuple[Player, Player], script: Script) -> None:
    board = [list(column) for column in EMPTY]
    last = len(script.columns)
    for ply, (player, column) in enumerate(zip(cycle(players), script.columns, strict=False), 1):
        game = player.drop(column)
        drop_on(board, column, player.number)
        assert game["board"] == board
        assert game["moves"] == list(script.columns[:ply])
        assert game["active"] is (ply < last)
        assert game["winner"] == (script.winner if ply == last else None)
        assert game["activePlayer"] == 3 - player.number
        for onlooker in players:
            assert onlooker.look() == as_seen_by(onlooker, game)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_an_ended_game_takes_no_more_discs(players: tuple[Player, Player], script: Script) -> None:
    for player, column in zip(cycle(players), script.columns, strict=False):
        ended = player.drop(column)
    who_moved, who_is_next = players if len(script.columns) % 2 else reversed(players)
    for column in range(7):
        assert refusal(who_moved, column) == (403, "Not your turn")
        assert refusal(who_is_next, column) == (403, "Game is over")
    assert who_moved.look() == ended


def test_nobody_moves_before_there_are_two(base_url: str) -> None:
    first = Player.creating(base_url)
    assert refusal(first, 3) == (412, "Game not started")
    second = Player.joining(base_url, first.game_id)
    assert refusal(second, 3) == (403, "Not your turn")
    assert first.drop(3)["board"][3][0] == 1


def test_nobody_moves_out_of_turn(players: tuple[Player, Player]) -> None:
    first, second = players
    assert refusal(second, 0) == (403, "Not your turn")
    first.drop(0)
    assert refusal(first, 0) == (403, "Not your turn")
    second.drop(0)
    assert refusal(second, 0) == (403, "Not your turn")


def test_a_full_column_takes_no_disc_and_costs_no_turn(players: tuple[Player, Player]) -> None:
    first, second = players
    for _ in range(3):
        first.drop(0)
        before = second.drop(0)
    assert refusal(second, 0) == (403, "Not your turn")
    assert refusal(first, 0) == (409, "Column is full")
    assert first.look() == as_seen_by(first, before)
    assert first.drop(1)["board"] == [[1, 2, 1, 2, 1, 2], [1, 0, 0, 0, 0, 0], *EMPTY[2:]]


def test_a_third_player_does_not_get_in(players: tuple[Player, Player]) -> None:
    first, _ = players
    for _ in range(2):
        with pytest.raises(RefusedError) as refused:
            Player.joining(first.base_url, first.game_id)
        assert (refused.value.status, refused.value.message) == (404, "Game is full")
    assert first.look()["playerCount"] == 2


def test_there_is_no_joining_a_game_that_does_not_exist(base_url: str) -> None:
    for game_id in ("0" * 32, "", "nonsense"):
        with pytest.raises(RefusedError) as refused:
            Player.joining(base_url, game_id)
        assert (refused.value.status, refused.value.message) == (404, "Game not found")


def test_a_player_is_one_in_their_own_game_only(players: tuple[Player, Player]) -> None:
    first, _ = players
    stranger = Player.creating(first.base_url)
    Player.joining(first.base_url, stranger.game_id)
    intruder = Player(first.base_url, first.game_id, stranger.player_id, number=1)
    assert refusal(intruder, 0) == (404, "Player not found")
    with pytest.raises(RefusedError) as refused:
        intruder.look()
    assert (refused.value.status, refused.value.message) == (404, "Player not found")


def test_what_is_wrong_is_told_in_the_order_of_the_contract(base_url: str) -> None:
    """Each mistake hides the ones that are checked after it."""
    first = Player.creating(base_url)
    unknown = "0" * 32
    assert refusal(Player(base_url, unknown, unknown, 1), 0) == (404, "Game not found")
    assert refusal(Player(base_url, first.game_id, unknown, 1), 0) == (404, "Player not found")
    assert refusal(first, 0) == (412, "Game not started")
    second = Player.joining(base_url, first.game_id)
    for _ in range(3):
        first.drop(0)
        second.drop(0)
    assert refusal(second, 0) == (403, "Not your turn")
    assert refusal(first, 0) == (409, "Column is full")
    for _ in range(3):
        first.drop(1)
        second.drop(2)
    first.drop(1)
    assert refusal(first, 0) == (403, "Not your turn")
    assert refusal(second, 0) == (403, "Game is over")


def test_games_do_not_disturb_each_other(base_url: str) -> None:
    games = []
    for _ in range(3):
        first = Player.creating(base_url)
        games.append((first, Player.joining(base_url, first.game_id)))
    for column, (first, second) in enumerate(games):
        first.drop(column)
        second.drop(column)
    for column, (first, _) in enumerate(games):
        board = [list(empty) for empty in EMPTY]
        board[column][:2] = [1, 2]
        assert first.look()["board"] == board
