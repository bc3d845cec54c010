"""A revision waits for a lock only briefly, lets players go first, and tries again."""

from __future__ import annotations

import time
from contextlib import closing

import psycopg2
import pytest

from migrations.commands import current, upgrade
from migrations.conftest import Tree, head, run
from migrations.errors import MigrationError

BEFORE = "418a443a1c97"


def test_a_lock_that_somebody_holds_is_tried_for_again_and_players_pass_meanwhile(
    empty_database_url: str,
) -> None:
    url = empty_database_url
    upgrade(url, BEFORE)
    said: list[str] = []
    with closing(psycopg2.connect(url)) as other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE game IN ACCESS SHARE MODE")

        def report(line: str) -> None:
            said.append(line)
            run(url, "SELECT count(*) FROM game")
            if len(said) == 2:
                other.rollback()

        upgrade(url, report=report)
    assert said[:2] == ["a08cb0567c5a: canceling statement due to lock timeout; trying again"] * 2
    assert current(url) == head()


def test_in_the_end_it_gives_up_and_says_who_is_in_the_way(empty_database_url: str) -> None:
    url = empty_database_url
    upgrade(url, BEFORE)
    with closing(psycopg2.connect(f"{url}&application_name=a%20report")) as other:
        other.cursor().execute("LOCK TABLE game IN ACCESS SHARE MODE")
        with pytest.raises(MigrationError) as refused:
            upgrade(url, patience=0.2)
    for words in ("a08cb0567c5a (add moves)", "lock timeout", f"is at {BEFORE}", "a report"):
        assert words in str(refused.value)
    assert current(url) == BEFORE
    upgrade(url)


@pytest.mark.parametrize(
    ("top", "status"), [("", 1), ('statement_timeout = "30s"', 0)], ids=["default", "its own"]
)
def test_a_slow_statement_is_stopped_unless_its_revision_allows_for_it(
    tree: Tree, empty_database_url: str, top: str, status: int
) -> None:
    timeouts = tree.source_root / "migrations/timeouts.py"
    timeouts.write_text(timeouts.read_text().replace('"5s"', '"1s"'))
    upgrade(empty_database_url)
    tree.add_revision("aaaaaaaaaaaa", 'op.execute("SELECT pg_sleep(3)")', after=head(), top=top)
    ended = tree.program("upgrade", database_url=empty_database_url)
    assert ended.returncode == status, ended.stderr
    assert ended.stdout.count("statement timeout; trying again") == (2 if status else 0)


def test_a_revision_may_wait_longer_for_its_lock(tree: Tree, empty_database_url: str) -> None:
    upgrade(empty_database_url)
    tree.add_revision(
        "aaaaaaaaaaaa",
        'op.execute("LOCK TABLE game IN ACCESS EXCLUSIVE MODE")',
        after=head(),
        top='lock_timeout = "700ms"',
    )
    with closing(psycopg2.connect(empty_database_url)) as other:
        other.cursor().execute("LOCK TABLE game IN ACCESS SHARE MODE")
        began = time.monotonic()
        ended = tree.program("upgrade", "--patience", "0", database_url=empty_database_url)
        assert time.monotonic() - began > 0.7
    assert ended.returncode == 1
