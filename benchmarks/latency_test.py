"""The benchmark measures something: few pairs and short rounds, so that it is soon done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import latency

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_pairs_on_every_kind_of_servers_are_measured_beside_pgbench(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = latency.main([*latency.QUICK, "--output", str(tmp_path)])
    document = json.loads((tmp_path / "latency.json").read_text())
    results = document["results"]
    assert [(row["servers"], row["pairs"]) for row in results] == [
        (servers, 2) for servers in latency.SERVERS
    ]
    for row in results:
        assert row["moves_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
        assert 0 < row["pgbench_p50_ms"] <= row["pgbench_p99_ms"]
    # What holds for 50 pairs holds for 2.
    assert {goal["at_most"] for goal in document["goals"]} == {50}
    assert status == int(max(row["p99_ms"] for row in results) > 50)
    assert "| two, Redis | 2 |" in capsys.readouterr().out
