"""The benchmark measures something: few pairs and short rounds, so that it is soon done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import latency

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def row(servers: str, pairs: int, moves: int, p99_ms: float) -> latency.Row:
    return {
        "servers": servers,
        "pairs": pairs,
        "moves_per_second": moves,
        "p50_ms": p99_ms / 2,
        "p99_ms": p99_ms,
        "pgbench_p50_ms": 1,
        "pgbench_p99_ms": 2,
        "p50_ratio": p99_ms / 2,
        "p99_ratio": p99_ms / 2,
        "load_us": 100,
        "load_share": moves / 10_000,
    }


def test_pairs_on_every_kind_of_servers_are_measured_beside_pgbench(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = latency.main([*latency.QUICK, "--output", str(tmp_path)])
    document = json.loads((tmp_path / "latency.json").read_text())
    results = document["results"]
    assert [(row["servers"], row["pairs"]) for row in results] == [
        (servers, 2) for group in latency.GROUPS for servers in group
    ]
    for row in results:
        assert row["moves_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
        assert 0 < row["pgbench_p50_ms"] <= row["pgbench_p99_ms"]
        assert row["load_us"] > 0
        assert 0 < row["load_share"] <= 1.1
    assert status == int(not all(goal["met"] for goal in document["goals"]))
    assert "| two, Redis | 2 |" in capsys.readouterr().out


def test_moves_are_beside_those_of_boardgame_io_with_as_many_pairs() -> None:
    rows = [
        row(latency.ONE, 1, 1_000, 2.5),
        row(latency.IN_MEMORY, 1, 2_000, 1),
        row(latency.STORED, 1, 100, 20),
        row(latency.ONE, 10, 1_500, 46),
        row(latency.IN_MEMORY, 10, 1_000, 1),
        row(latency.STORED, 10, 300, 20),
        row(latency.TWO, 10, 1_500, 46),
    ]
    assert [(goal.figure, goal.limit, goal.is_met) for goal in latency.goals(rows)] == [
        (2.5, 2.5, True),
        # What holds for 50 pairs holds for 10.
        (46, 45, False),
        (46, 50, True),
        (0.5, 1, False),
        (10, 8, True),
        (1.5, 1, True),
        (5, 8, False),
    ]
