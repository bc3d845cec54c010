"""The benchmark measures something: few games and short rounds, so that it is soon done."""

import json
from pathlib import Path

import pytest

import throughput


def test_every_kind_of_request_is_measured_beside_pgbench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(throughput, "GAMES", 3000)
    monkeypatch.setattr(throughput, "JOINABLE", 20_000)
    output = tmp_path / "results.json"
    arguments = ["--rounds", "1", "--seconds", "1", "--connections", "2", "--output", str(output)]
    status = throughput.main(arguments)
    results = json.loads(output.read_text())["results"]
    assert results.keys() == {"moves", "reads", "new games", "joins"}
    for row in results.values():
        assert row["server_per_second"] > 0
        assert row["pgbench_per_second"] > 0
        assert 0 < row["p50_ms"] <= row["p99_ms"]
    assert status == int(results["moves"]["ratio"] < throughput.GOAL)
    assert "| moves |" in capsys.readouterr().out
