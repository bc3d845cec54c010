"""Every way that a move can take is measured."""

import json
from pathlib import Path

import pytest

import request_path


def test_every_way_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert request_path.main([*request_path.QUICK, "--output", str(tmp_path)]) == 0
    results = json.loads((tmp_path / "request_path.json").read_text())["results"]
    assert results["a call"].keys() == request_path.CONTENDERS.keys()
    assert results["an answer over HTTP"].keys() == request_path.WORKERS.keys()
    assert all(taken > 0 for kind in results.values() for taken in kind.values())
    assert "| the server |" in capsys.readouterr().out
