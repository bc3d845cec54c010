"""What a server of the release before makes of games that it knows less of."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from connect4_server.testing.patient_server import PATIENT
from connect4_server.tokens import new_token
from players.live_player import LivePlayer
from players.player import Player, RefusedError, request
from players.releases import PREVIOUS, OldServer
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from players.player import Json

# A server of the release before publishes its moves like this.
NOTIFY = "SELECT pg_notify('connect4_games', %s)"
WAITS_FOR_ANOTHER = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"


@pytest.fixture
def new(database_url: str) -> Iterator[str]:
    """The base URL of a server of this release."""
    with ServerProcess({"DATABASE_URL": database_url, "REDIS_URL": ""}, PATIENT) as server:
        yield server.url


@pytest.fixture
def old(database_url: str) -> Iterator[OldServer]:
    """A server of the release before on the same database."""
    with OldServer(PREVIOUS, database_url) as server:
        yield server


def post(path: str, player: Player) -> Json:
    """What a player asks the new server for."""
    body = {"gameId": player.game_id, "playerId": player.player_id}
    return request("POST", f"{player.base_url}{path}", 202, json=body)


def creating(url: str, **chosen: Any) -> Player:
    """The creator of a game in which something was chosen."""
    game = request("POST", f"{url}/create_game", 201, json=chosen)
    return Player(url, game["gameId"], game["playerId"], game["playerNumber"])


def test_it_cannot_undo_a_resignation(new: str, old: OldServer) -> None:
    first = Player.creating(new)
    second_id = old.join(first.game_id)
    first.drop(3)
    post("/resign", first)
    assert not old.try_move(first.game_id, second_id, 3)
    game = first.look()
    assert (game["ending"], game["winner"], game["moves"]) == ("resigned", 2, [3])


def test_its_moves_let_an_offer_lapse(new: str, old: OldServer) -> None:
    first = Player.creating(new)
    second_id = old.join(first.game_id)
    first.drop(3)
    assert post("/offer_draw", first)["drawOfferedBy"] == 1
    old.move(first.game_id, second_id, 3)
    game = first.look()
    assert (game["drawOfferedBy"], game["version"]) == (None, 5)


def test_its_notifications_are_heard_though_it_counts_no_changes(
    new: str, old: OldServer, database_url: str
) -> None:
    first = Player.creating(new)
    second_id = old.join(first.game_id)

    def move_and_notify(column: int, version: int) -> None:
        old.move(first.game_id, second_id, column)
        with closing(psycopg2.connect(database_url)) as connection, connection:
            connection.cursor().execute(NOTIFY, [f"{first.game_id} {version}"])

    with LivePlayer(first) as watching:
        first.drop(3)
        move_and_notify(3, 4)
        assert watching.wait_for(4)["moves"] == [3, 3]
        for path in ("/offer_draw", "/decline_draw", "/offer_draw"):
            post(path, first)
        first.drop(3)
        watching.wait_for(8)
        move_and_notify(3, 6)
        assert watching.wait_for(9)["moves"] == [3, 3, 3, 3]


def test_in_a_game_that_it_lets_somebody_join_the_creator_begins(new: str, old: OldServer) -> None:
    creator = creating(new, first="joiner")
    joiner_id = old.join(creator.game_id)
    assert creator.look()["playerNumber"] == 1
    creator.drop(3)
    old.move(creator.game_id, joiner_id, 3)
    assert creator.look()["moves"] == [3, 3]


def test_a_join_at_both_at_once_lets_one_in(new: str, database_url: str) -> None:
    creator = creating(new, first="joiner")
    with closing(psycopg2.connect(database_url)) as joining, ThreadPoolExecutor(1) as pool:
        values = {"game_id": [creator.game_id], "player_id": [new_token()]}
        joining.cursor().execute(PREVIOUS.join[0], values)
        waiting = pool.submit(Player.joining, new, creator.game_id)
        with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
            connection.autocommit = True

            def waits() -> bool:
                cursor.execute(WAITS_FOR_ANOTHER)
                return cursor.fetchone() == (1,)

            wait_until(waits)
        joining.commit()
        with pytest.raises(RefusedError, match="Game is full"):
            waiting.result()
    game = creator.look()
    assert (game["playerNumber"], game["playerCount"]) == (1, 2)


def test_a_balanced_opening_is_played_on(new: str, old: OldServer) -> None:
    first = creating(new, opening="balanced")
    second_id = old.join(first.game_id)
    column = next(x for x, cells in enumerate(first.look()["board"]) if not cells[1])
    first.drop(column)
    old.move(first.game_id, second_id, column)
    game = first.look()
    assert (game["opening"], game["moves"][4:]) == (4, [column, column])


def test_a_rematch_is_played_there_too(new: str, old: OldServer) -> None:
    first = Player.creating(new)
    second = Player.joining(new, first.game_id)
    post("/resign", first)
    seats = [post("/rematch", player) for player in (first, second)]
    old.move(seats[1]["gameId"], seats[1]["playerId"], 3)
    after = Player(new, seats[0]["gameId"], seats[0]["playerId"], 2).drop(3)
    assert (after["moves"], after["series"]) == ([3, 3], {"wins": [1, 0], "draws": 0})
