"""The servers on the oldest PostgreSQL that is supported."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import pytest
import requests

from migrations.commands import upgrade
from players.live_player import LivePlayer
from players.player import Player
from players.scripts import SCRIPTS, Script
from server_process import ServerProcess
from server_process.oldest_postgres import OldestPostgres

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[str, str]]:
    """The base URLs of two servers on one database, who tell each other of moves through it."""
    with OldestPostgres() as postgres:
        database_url = postgres.create_database()
        upgrade(database_url)
        environ = {"DATABASE_URL": database_url}
        with ServerProcess(environ) as one, ServerProcess(environ) as other:
            yield one.url, other.url


def test_they_are_ready(servers: tuple[str, str]) -> None:
    for url in servers:
        assert requests.get(f"{url}/readyz", timeout=120).text == "Ready"


@pytest.mark.parametrize("script", [SCRIPTS[0], SCRIPTS[-1]], ids=lambda script: script.name)
def test_a_game_is_played_to_its_end_and_watched(servers: tuple[str, str], script: Script) -> None:
    first = Player.creating(servers[0])
    second = Player.joining(servers[1], first.game_id)
    with LivePlayer(first) as watching:
        for player, column in zip(cycle((first, second)), script.columns, strict=False):
            player.drop(column)
        watching.wait_for_end()
    game = second.look()
    assert watching.states[-1]["moves"] == game["moves"] == list(script.columns)
    assert (game["active"], game["winner"]) == (False, script.winner)
