"""Many games, one after another and at once: each of them has to end as it should.

CAPACITY_SEQUENTIAL_GAMES and CAPACITY_PARALLEL_GAMES say how many; with --log-cli-level=INFO
pytest shows how fast they were played.
"""

import logging
import os
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

from players.player import Player
from players.scripts import SCRIPTS, Script

SEQUENTIAL_GAMES = int(os.environ.get("CAPACITY_SEQUENTIAL_GAMES") or 11)
PARALLEL_GAMES = int(os.environ.get("CAPACITY_PARALLEL_GAMES") or 22)

logger = logging.getLogger(__name__)


def scripts(number: int) -> list[Script]:
    """That many games to play, of all kinds."""
    return list(islice(cycle(SCRIPTS), number))


def play(server_url: str, script: Script) -> int | None:
    """Plays a game to its end and returns its winner; asserts that it ends then, and not before."""
    first = Player.creating(server_url)
    second = Player.joining(server_url, first.game_id)
    game = first.look()
    for player, column in zip(cycle((first, second)), script.columns, strict=False):
        assert game["active"]
        game = player.drop(column)
    assert not game["active"]
    assert sum(cell != 0 for column in game["board"] for cell in column) == len(script.columns)
    winner: int | None = game["winner"]
    return winner


def log_figures(kind: str, played: Iterable[Script], seconds: float) -> None:
    plies = [len(script.columns) for script in played]
    logger.info(
        "%s: %d games, %d moves in %.2f s: %.0f moves a second",
        *(kind, len(plies), sum(plies), seconds, sum(plies) / seconds),
    )


def test_games_one_after_another(server_url: str) -> None:
    games = scripts(SEQUENTIAL_GAMES)
    started = time.monotonic()
    winners = [play(server_url, script) for script in games]
    log_figures("one after another", games, time.monotonic() - started)
    assert winners == [script.winner for script in games]


def test_games_at_once(server_url: str) -> None:
    games = scripts(PARALLEL_GAMES)
    start = threading.Barrier(len(games))

    def play_with_the_others(script: Script) -> int | None:
        start.wait()
        return play(server_url, script)

    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=len(games)) as pool:
        winners = list(pool.map(play_with_the_others, games))
    log_figures("at once", games, time.monotonic() - started)
    assert winners == [script.winner for script in games]
