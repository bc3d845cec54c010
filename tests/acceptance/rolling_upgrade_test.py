"""Servers of two releases on one database while it is upgraded, and taken back: nobody notices."""

from __future__ import annotations

import re
from contextlib import closing
from itertools import count, pairwise
from typing import TYPE_CHECKING

import psycopg2
import pytest

from connect4_models import board_codec
from connect4_models.rules import position_after
from migrations.commands import current, downgrade, history, sql, upgrade
from players.endless_games import EndlessGames
from players.player import Player
from players.releases import COURSE, NEEDED, PREVIOUS, OldServer, Release
from players.scripts import SCRIPTS
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from local_postgres import LocalPostgres

_NUMBERS = count(1)
PLAYERS = 4


@pytest.fixture
def empty_database_url(postgres: LocalPostgres) -> str:
    return postgres.create_database(f"rolling_{next(_NUMBERS)}")


@pytest.fixture
def rows(empty_database_url: str) -> Callable[[str], list[tuple[str, ...]]]:
    def ask(statement: str) -> list[tuple[str, ...]]:
        with (
            closing(psycopg2.connect(empty_database_url)) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchall()

    return ask


def play_on_both(old: OldServer, url: str, number: int) -> None:
    """A game whose players are on servers of two releases; who creates it takes turns."""
    script = SCRIPTS[number % len(SCRIPTS)]
    old_creates = number % 2 == 0
    if old_creates:
        game_id, old_id = old.create()
        new = Player.joining(url, game_id)
    else:
        new = Player.creating(url)
        game_id, old_id = new.game_id, old.join(new.game_id)
    for ply, column in enumerate(script.columns):
        if (ply % 2 == 0) == old_creates:
            old.move(game_id, old_id, column)
        else:
            new.drop(column)
        assert sum(cell != 0 for cells in new.look()["board"] for cell in cells) == ply + 1
        assert board_codec.discs(old.board(game_id, old_id)) == ply + 1
    game = new.look()
    assert game["active"] is False
    assert game["winner"] == script.winner
    assert len(game["moves"]) == len(script.columns)
    known = [column for column in game["moves"] if column is not None]
    assert known == list(script.columns)[len(script.columns) - len(known) :]


def test_two_releases_play_together_through_an_upgrade_and_back(
    empty_database_url: str, rows: Callable[[str], list[tuple[str, ...]]]
) -> None:
    url = empty_database_url
    upgrade(url, NEEDED)

    def play(number: int) -> None:
        with OldServer(PREVIOUS, url) as old:
            play_on_both(old, server.url, number)

    with ServerProcess({"DATABASE_URL": url}) as server, EndlessGames(PLAYERS, play) as games:
        games.wait_for_more()
        for _ in range(2):
            upgrade(url)
            games.wait_for_more()
            downgrade(url, NEEDED)
            games.wait_for_more()
        upgrade(url)
        games.wait_for_more()
    assert not games.failures
    finished = rows("SELECT moves, board FROM game WHERE NOT active AND moves NOT LIKE '%?%'")
    assert len(finished) >= PLAYERS
    for moves, board in finished:
        assert board_codec.encode(position_after(map(int, moves))) == board


def play_on_old(old: OldServer, number: int) -> None:
    """A game between players of that release alone."""
    script = SCRIPTS[number % len(SCRIPTS)]
    game_id, first = old.create()
    second = old.join(game_id)
    for ply, column in enumerate(script.columns):
        old.move(game_id, (first, second)[ply % 2], column)
    assert old.board(game_id, first) == board_codec.encode(position_after(script.columns))


@pytest.mark.parametrize("release", [COURSE, PREVIOUS], ids=["course", "previous"])
def test_a_release_in_the_field_plays_on_at_every_revision(
    empty_database_url: str, release: Release
) -> None:
    url = empty_database_url
    upgrade(url, release.head)
    revisions = [line.split()[0] for line in reversed(history())]

    def play(number: int) -> None:
        with OldServer(release, url) as old:
            play_on_old(old, number)

    last = revisions[-1] if release.last == "head" else release.last
    with EndlessGames(PLAYERS, play) as games:
        for revision in revisions[revisions.index(release.head) : revisions.index(last) + 1]:
            upgrade(url, revision)
            games.wait_for_more()
        downgrade(url, release.head)
        games.wait_for_more()
    assert not games.failures
    assert current(url) == release.head


def test_each_revision_of_this_release_locks_one_table_alone() -> None:
    """Who waits for a second lock holds the first one, and those who play hold the second."""
    revisions = [line.split()[0] for line in reversed(history())]
    ours = revisions[revisions.index(PREVIOUS.head) :]
    for before, after in pairwise(ours):
        for way in (f"{before}:{after}", f"{after}:{before}"):
            tables = re.findall(r"ALTER TABLE (\w+)| ON (game|player)\b", sql(way))
            assert len({name for found in tables for name in found if name}) <= 1, way


def test_the_release_before_takes_over_from_the_original_server_and_this_one_from_it(
    empty_database_url: str,
) -> None:
    """As docs/migrations.md says."""
    url = empty_database_url
    upgrade(url, COURSE.last)
    with OldServer(COURSE, url) as original, OldServer(PREVIOUS, url) as previous:
        game_id, first_id = original.create()
        second_id = previous.join(game_id)
        original.move(game_id, first_id, 3)
        previous.move(game_id, second_id, 3)
        original.move(game_id, first_id, 2)
        upgrade(url)
        previous.move(game_id, second_id, 2)
        with pytest.raises(psycopg2.errors.CheckViolation):
            original.move(game_id, first_id, 3)
        with ServerProcess({"DATABASE_URL": url}) as server:
            first = Player(server.url, game_id, first_id, 1)
            assert first.look()["moves"] == [3, 3, 2, 2]
            first.drop(1)
            previous.move(game_id, second_id, 1)
            assert first.drop(0)["winner"] == 1
