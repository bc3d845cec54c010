"""The benchmark measures something: with few games and short rounds, so that it is soon done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import growth
from measuring.finished_games import add_finished_games
from measuring.postgres import count, fresh_postgres

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_number_of_games_is_measured_beside_pgbench(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = growth.main([*growth.QUICK, "--output", str(tmp_path)])
    document = json.loads((tmp_path / "growth.json").read_text())
    results = document["results"]
    assert [(row["kind"], row["games"]) for row in results] == [
        (kind, games) for kind in ("moves", "reads") for games in (100, 2000)
    ]
    for row in results:
        assert row["server_per_second"] > 0
        assert row["pgbench_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
    relative = [row["ratio_relative"] for row in results]
    assert relative[0] == relative[2] == 1
    assert [goal["figure"] for goal in document["goals"]] == relative[1::2]
    assert status == int(min(relative) < growth.GOAL)
    assert "| moves | 2,000 |" in capsys.readouterr().out


def test_what_is_filled_in_is_what_players_leave() -> None:
    with fresh_postgres() as postgres:
        url = postgres.url()
        add_finished_games(url, 2500)
        for query, number in (
            ("SELECT count(*) FROM game WHERE NOT active", 2500),
            ("SELECT count(*) FROM game WHERE winner IS NULL AND length(moves) < 42", 0),
            ("SELECT count(DISTINCT moves) FROM game", 1000),
            ('SELECT count(DISTINCT "playerId") FROM player JOIN game USING ("gameId")', 5000),
            ("SELECT count(*) FROM player WHERE number = 2", 2500),
        ):
            assert count(url, query) == number, query


def test_too_little_room_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert growth.main(["--games", "1000", str(10**12)]) == 1
    assert "are needed in" in capsys.readouterr().err
