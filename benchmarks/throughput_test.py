"""The benchmark measures something: few games and short rounds, so that it is soon done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import throughput

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_every_kind_of_request_is_measured_beside_pgbench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(throughput, "READ", 3000)
    status = throughput.main([*throughput.QUICK, "--output", str(tmp_path)])
    document = json.loads((tmp_path / "throughput.json").read_text())
    results = document["results"]
    assert [(row["workers"], row["connections"], row["kind"]) for row in results] == [
        (1, 16, kind) for kind in ("moves", "reads", "new games", "joins")
    ]
    for row in results:
        assert row["server_per_second"] > 0
        assert row["pgbench_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
    moves, reads, *others = results
    assert reads["bare_per_second"] > 0
    assert {row["bare_ratio"] for row in (moves, *others)} == {None}
    assert [(goal["figure"], goal["at_least"]) for goal in document["goals"]] == [
        (moves["ratio"], throughput.GOALS[1, 16]),
        (reads["bare_ratio"], throughput.BARE_GOAL),
    ]
    assert status == int(not all(goal["met"] for goal in document["goals"]))
    assert "| moves | 1 | 16 |" in capsys.readouterr().out
