"""Two servers behind nginx on one database: players do not notice which, or that one is gone."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg2
import pytest
import requests

from players.endless_games import EndlessGames
from players.live_player import LivePlayer, post_until_answered
from players.player import Player
from players.scripts import SCRIPTS
from server_process import ServerProcess, wait_until
from server_process.nginx_process import NginxProcess
from server_process.redis_process import RedisProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from players.player import Json
    from players.scripts import Script

SECONDS = 120
THREADS = 4
DRAW = next(script for script in SCRIPTS if script.winner is None)


class Cluster:
    """A context manager: within it nginx answers for two servers on one database."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._stack = ExitStack()

    def __enter__(self) -> Cluster:
        with ExitStack() as stack:
            stack.callback(self._stop)
            self.servers: list[ServerProcess] = []
            for _ in range(2):
                self.servers.append(ServerProcess(self._environ).__enter__())
            one, other = (server.url for server in self.servers)
            self.nginx = stack.enter_context(NginxProcess((one, other)))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def url(self) -> str:
        return self.nginx.url

    @property
    def addresses(self) -> set[str]:
        return {urlsplit(server.url).netloc for server in self.servers}

    def restart(self, index: int) -> None:
        """Starts a server that has ended once more, where it was."""
        ended = self.servers[index]
        ended.__exit__(None, None, None)
        port = str(urlsplit(ended.url).port)
        self.servers[index] = ServerProcess({**self._environ, "PORT": port}).__enter__()

    def wait_until_it_serves(self, index: int) -> None:
        """Returns when nginx has given a request to that server and got it answered."""
        address = urlsplit(self.servers[index].url).netloc
        before = len(self.nginx.logged("/status"))

        def serves() -> bool:
            assert requests.get(f"{self.url}/status", timeout=SECONDS).ok
            return any(
                (request.servers[-1], request.statuses[-1]) == (address, "200")
                for request in self.nginx.logged("/status")[before:]
            )

        wait_until(serves)

    def row(self, game_id: str) -> tuple[str, bool, int | None]:
        """The moves of a game in the database, whether it still goes on, and who has won."""
        with (
            closing(psycopg2.connect(self._environ["DATABASE_URL"])) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute('SELECT moves, active, winner FROM game WHERE "gameId" = %s', [game_id])
            ((moves, active, winner),) = cursor.fetchall()
        return moves, active, winner

    def _stop(self) -> None:
        while self.servers:
            self.servers.pop().__exit__(None, None, None)


@pytest.fixture(params=["PostgreSQL", "Redis"])
def cluster(request: pytest.FixtureRequest, database_url: str) -> Iterator[Cluster]:
    """Whose servers tell each other of moves through that."""
    with ExitStack() as stack:
        environ = {"DATABASE_URL": database_url, "REDIS_URL": ""}
        if request.param == "Redis":
            environ["REDIS_URL"] = stack.enter_context(RedisProcess()).url
        yield stack.enter_context(Cluster(environ))


class Game:
    """A context manager: within it two players watch the game that they play."""

    def __init__(self, cluster: Cluster, first: Player, second: Player) -> None:
        self._cluster = cluster
        self.game_id = first.game_id
        self.players = LivePlayer(first), LivePlayer(second)
        self._stack = ExitStack()
        self._played = 0

    def __enter__(self) -> Game:
        for player in self.players:
            self._stack.enter_context(player)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def play(self, script: Script, until: int | None = None) -> None:
        """Plays on; both see every state before the next move is made."""
        while self._played < (len(script.columns) if until is None else until):
            move = self._played
            game = self.players[move % 2].drop(script.columns[move], move)
            self._played += 1
            assert game["moves"] == list(script.columns[: self._played])
            for player in self.players:
                assert seen(player.wait_for(2 + self._played)) == seen(game)

    def expect_the_end(self, script: Script) -> None:
        """Both have seen all of it, in order, and the database has it as they played it."""
        for player in self.players:
            player.wait_for_end()
            assert player.versions == list(range(2, 3 + len(script.columns)))
        moves = "".join(map(str, script.columns))
        assert self._cluster.row(self.game_id) == (moves, False, script.winner)


def seen(game: Json) -> Json:
    """What both players see alike."""
    return {key: value for key, value in game.items() if key not in ("playerId", "playerNumber")}


def new_game(cluster: Cluster) -> Game:
    first = Player.creating(cluster.url)
    return Game(cluster, first, Player.joining(cluster.url, first.game_id))


def test_players_on_different_servers_play_to_the_end(cluster: Cluster) -> None:
    with new_game(cluster) as game:
        game.play(DRAW)
        game.expect_the_end(DRAW)
        assert [player.streams for player in game.players] == [1, 1]
    wait_until(lambda: len(cluster.nginx.logged("/watch_game")) == 2)
    for path in ("/watch_game", "/make_move"):
        asked = [address for request in cluster.nginx.logged(path) for address in request.servers]
        assert set(asked) == cluster.addresses


def test_both_servers_are_killed_in_mid_game_and_come_back(cluster: Cluster) -> None:
    with new_game(cluster) as game:
        game.play(DRAW, until=10)
        for index, until in ((0, 20), (1, 30)):
            cluster.servers[index].crash()
            game.play(DRAW, until=until)
            cluster.restart(index)
            cluster.wait_until_it_serves(index)
        game.play(DRAW)
        game.expect_the_end(DRAW)
        # They were on different servers when the first was killed, and then both on the other.
        assert sorted(player.streams for player in game.players) == [2, 3]


def test_a_server_stops_in_mid_game_and_nothing_fails(cluster: Cluster) -> None:
    def play(number: int) -> None:
        script = SCRIPTS[number % len(SCRIPTS)]
        first = Player.creating(cluster.url)
        players = first, Player.joining(cluster.url, first.game_id)
        for move, column in enumerate(script.columns):
            players[move % 2].drop(column)
            assert players[1 - move % 2].look()["moves"] == list(script.columns[: move + 1])

    with EndlessGames(THREADS, play) as games, new_game(cluster) as game:
        game.play(DRAW, until=10)
        for index, until in ((0, 20), (1, 30)):
            games.wait_for_more()
            assert cluster.servers[index].stop() == 0
            games.wait_for_more()
            game.play(DRAW, until=until)
            cluster.restart(index)
            cluster.wait_until_it_serves(index)
        game.play(DRAW)
        game.expect_the_end(DRAW)
        # Each stream broke with the server that it was on, and was told so before.
        for player in game.players:
            assert player.asked_to_reconnect == player.streams - 1
            assert player.resent == 0
        assert sum(player.asked_to_reconnect for player in game.players) >= 2
        games.wait_for_more()


def test_no_move_that_was_answered_is_lost_by_a_kill(cluster: Cluster) -> None:
    played: dict[str, Script] = {}

    def play(number: int) -> None:
        script = SCRIPTS[number % len(SCRIPTS)]
        game = try_to_begin(cluster)
        if game is None:
            return
        with game:
            for move, column in enumerate(script.columns):
                answer = game.players[move % 2].drop(column, move)
                assert answer["moves"] == list(script.columns[: move + 1])
            for player in game.players:
                player.wait_for_end()
                assert player.versions == sorted(set(player.versions))
                assert player.versions[-1] == 2 + len(script.columns)
        played[game.game_id] = script

    with EndlessGames(THREADS, play) as games:
        for index in (0, 1):
            games.wait_for_more()
            cluster.servers[index].crash()
            games.wait_for_more()
            cluster.restart(index)
            cluster.wait_until_it_serves(index)
        games.wait_for_more()
    assert not games.failures
    assert len(played) > THREADS
    for game_id, script in played.items():
        moves = "".join(map(str, script.columns))
        assert cluster.row(game_id) == (moves, False, script.winner)


def try_to_begin(cluster: Cluster) -> Game | None:
    """A new game; none if a join whose answer was lost has taken the seat."""
    with requests.Session() as session:
        created, _ = post_until_answered(f"{cluster.url}/create_game", {}, session)
        assert created.status_code == 201, created.text
        game_id = created.json()["gameId"]
        joined, asked = post_until_answered(
            f"{cluster.url}/join_game", {"gameId": game_id}, session
        )
    if asked > 1 and (joined.status_code, joined.json().get("error")) == (404, "Game is full"):
        return None
    assert joined.status_code == 202, joined.text
    first, second = (
        Player(cluster.url, game_id, seat.json()["playerId"], number)
        for number, seat in ((1, created), (2, joined))
    )
    return Game(cluster, first, second)
