"""`created`, as our 418a443a1c97 makes it or as the course's own of the same id does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from connect4_models import board_codec
from migrations.commands import check, downgrade, history, upgrade
from migrations.conftest import game_id, populate, run

if TYPE_CHECKING:
    from migrations.conftest import Rows

FIRST = "c047b889bc99"
CREATED = "418a443a1c97"
REVISIONS = [line.split()[0] for line in reversed(history())]
# From the first revision that a server can play on which leaves `created` to the database.
PLAYABLE = REVISIONS[REVISIONS.index("6eef9bbd7cb2") :]

STORED = datetime(2024, 2, 29, 23, 30, 0, 123456)  # noqa: DTZ001 - as the course stores it
IN_UTC = (STORED.replace(tzinfo=UTC),)
TABLES = ("game", "player")


@pytest.fixture
def course_url(any_database_url: str) -> str:
    """A database that the course's own 418a443a1c97 migrated, far from UTC, with games."""
    url = any_database_url
    run(
        url,
        "DO $$ BEGIN EXECUTE format("
        "'ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $$",
    )
    upgrade(url, FIRST)
    populate(url)
    for table in TABLES:
        run(url, f"ALTER TABLE {table} ADD COLUMN created timestamp")
        run(url, f"UPDATE {table} SET created = %s", STORED)  # noqa: S608
        run(url, f"ALTER TABLE {table} ALTER COLUMN created SET NOT NULL")
    run(url, "UPDATE alembic_version SET version_num = %s", CREATED)
    return url


def types_and_defaults(url: str) -> Rows:
    return run(
        url,
        "SELECT table_name, data_type, column_default, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name = 'created' ORDER BY table_name",
    )


def create_game(url: str, name: str) -> datetime:
    """As the servers since a08cb0567c5a do, which leave `created` to the database."""
    ((created,),) = run(
        url,
        'INSERT INTO game ("gameId", active, "activePlayer", board) VALUES (%s, true, 1, %s)'
        " RETURNING created",
        game_id(name),
        board_codec.EMPTY,
    )
    assert isinstance(created, datetime)
    return created


def test_a_database_of_the_course_becomes_what_the_models_say(course_url: str) -> None:
    upgrade(course_url)
    assert check(course_url) == []
    assert types_and_defaults(course_url) == [
        (table, "timestamp with time zone", "now()", "NO") for table in TABLES
    ]


def test_its_times_stay_what_they_are_in_utc(course_url: str) -> None:
    upgrade(course_url)
    for table in TABLES:
        assert run(course_url, f"SELECT DISTINCT created FROM {table}") == [IN_UTC]  # noqa: S608


def test_no_row_is_written_anew(course_url: str) -> None:
    """That would lock the players out for as long as it takes."""
    files = "SELECT pg_relation_filenode('game'), pg_relation_filenode('player')"
    before = run(course_url, files)
    upgrade(course_url)
    assert run(course_url, files) == before


def test_it_goes_down_and_up_with_every_row(course_url: str) -> None:
    rows = 'SELECT * FROM (SELECT "gameId", board FROM game) AS game ORDER BY 1'
    before = run(course_url, rows)
    for lowest in (CREATED, FIRST):
        upgrade(course_url)
        downgrade(course_url, lowest)
        assert run(course_url, rows) == before
        if lowest == CREATED:
            assert run(course_url, "SELECT DISTINCT created FROM game") == [IN_UTC]
    upgrade(course_url)
    assert check(course_url) == []


@pytest.mark.parametrize("revision", PLAYABLE)
def test_a_server_can_create_a_game_from_the_first_revision_that_it_plays_on(
    course_url: str, revision: str
) -> None:
    """Between the two steps in which the course's servers are replaced, too."""
    upgrade(course_url, revision)
    created = create_game(course_url, "fresh")
    in_utc = created if created.tzinfo else created.replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - in_utc) < timedelta(hours=1)


def test_a_database_that_is_at_the_head_before_it_is_mended_is_mended(course_url: str) -> None:
    """A release of ours that knew nothing of it had brought it there."""
    upgrade(course_url, "d0a56e04fa2c")
    for table in TABLES:
        run(course_url, f"ALTER TABLE {table} ALTER COLUMN created DROP DEFAULT")
    upgrade(course_url)
    assert check(course_url) == []
    create_game(course_url, "fresh")


def test_a_database_of_ours_is_left_as_it_is(any_database_url: str) -> None:
    upgrade(any_database_url, "d0a56e04fa2c")
    before = types_and_defaults(any_database_url)
    upgrade(any_database_url)
    assert types_and_defaults(any_database_url) == before
