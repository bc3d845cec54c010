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
    assert [(row["connections"], row["kind"]) for row in results] == [
        (2, kind) for kind in ("moves", "reads", "new games", "joins")
    ]
    for row in results:
        assert row["server_per_second"] > 0
        assert row["pgbench_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
    assert [goal["figure"] for goal in document["goals"]] == [results[0]["ratio"]]
    assert status == int(results[0]["ratio"] < throughput.GOAL)
    assert "| moves | 2 |" in capsys.readouterr().out
