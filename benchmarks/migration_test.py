"""The benchmark measures something: with few games, so that it does not take long."""

import json
import re
from pathlib import Path

import pytest

import migration
from migrations.commands import history
from players.releases import COURSE


def test_every_revision_and_every_goal_has_its_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = migration.main([*migration.QUICK, "--output", str(tmp_path)])
    printed = capsys.readouterr().out
    rows = dict(re.findall(r"^\| (.+) \| (.+) \|$", printed, re.MULTILINE))
    assert rows["games, players"] == "2,000, 4,000"
    lines = history()
    newest = [line.partition(" ")[0] for line in lines].index(str(COURSE.last))
    for line in lines[newest:-1]:
        revision, _, doc = line.partition("  ")
        assert any(f"-> {revision}  {doc}" in row for row in rows)
    assert int(rows["answers meanwhile"].replace(",", "")) > 0
    lock, memory = json.loads((tmp_path / "migration.json").read_text())["goals"]
    assert rows["longest lock, for a player"] == f"{lock['figure']:.1f} ms"
    assert memory["figure"] > 1
    assert status == int(lock["figure"] > 100 or memory["figure"] > 200)


def test_a_players_wait_for_a_lock_is_read_from_the_log(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    waits = "LOG:  process 7 acquired RowExclusiveLock on relation 16389 of database 5 after"
    before = f"old server {waits} 900.000 ms\n"
    log.write_text(
        f"{before}old server {waits} 3.500 ms\nold server {waits} 41.250 ms\n"
        f"migrations {waits} 800.000 ms\nold server LOG:  process 7 still waiting for it\n"
    )
    assert migration.longest_lock_ms(log, len(before)) == 41.25
    assert migration.longest_lock_ms(log, log.stat().st_size) == 0
