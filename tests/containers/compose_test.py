"""The whole game in containers, with two servers behind nginx."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import requests

from players.live_player import LivePlayer
from players.player import Player
from players.scripts import SCRIPTS

if TYPE_CHECKING:
    from containers.engine import ComposeProject

SECONDS = 120
DRAW = next(script for script in SCRIPTS if script.winner is None)


def test_a_game_goes_on_while_servers_are_killed_and_the_database_restarts(
    project: ComposeProject,
) -> None:
    url = project.address("proxy", 8000)
    first = Player.creating(url)
    players = first, Player.joining(url, first.game_id)
    with ExitStack() as stack:
        live = [stack.enter_context(LivePlayer(player)) for player in players]

        def play(moves: range) -> None:
            for move in moves:
                game = live[move % 2].drop(DRAW.columns[move], move)
                assert game["moves"] == list(DRAW.columns[: move + 1])
                for player in live:
                    assert player.wait_for(3 + move)["moves"] == game["moves"]

        play(range(8))
        project.run("kill", "--signal=KILL", "server")
        play(range(8, 16))
        project.up()
        project.run("kill", "--signal=KILL", "server-2")
        play(range(16, 24))
        project.up()
        project.run("restart", "database")
        play(range(24, len(DRAW.columns)))
        for player in live:
            player.wait_for_end()
            assert player.versions == list(range(2, 3 + len(DRAW.columns)))
            assert player.streams > 1, "nobody was on a server that was killed"
    # The server at its own port has the same game.
    direct = Player(project.address("server", 5000), *_seat(first))
    assert direct.look()["moves"] == list(DRAW.columns)
    project.up()


def _seat(player: Player) -> tuple[str, str, int]:
    return player.game_id, player.player_id, player.number


def test_the_client_is_told_where_the_api_is(project: ComposeProject) -> None:
    config = requests.get(f"{project.address('client', 3000)}/config.json", timeout=SECONDS)
    assert config.json() == {"apiUrl": "http://api.example.org"}
    assert config.headers["Cache-Control"] == "no-cache"


def test_the_echo_service_shows_what_reached_it(project: ComposeProject) -> None:
    url = project.address("httpbin", 8080)
    headers = {"X-Forwarded-Proto": "https"}
    echo = requests.get(f"{url}/headers?show_env=1", headers=headers, timeout=SECONDS).json()
    assert echo["headers"]["X-Forwarded-Proto"] == "https"


def test_no_password_stands_in_what_a_container_prints(project: ComposeProject) -> None:
    password = project.settings.partition("=")[2].strip()
    assert len(password) == 48
    assert password not in project.run("logs", "--no-color")


def test_only_what_needs_the_database_reaches_it(project: ComposeProject) -> None:
    script = "exec 3<>/dev/tcp/database/5432 && echo reached || echo not reached"
    for service, answer in (("server", "reached"), ("client", "not reached")):
        assert project.run("exec", "--no-TTY", service, "bash", "-c", script) == answer
