"""The benchmark measures something: few streams and a short round, so that it is soon done."""

from __future__ import annotations

import json
import resource
from typing import TYPE_CHECKING

import watchers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_streams_are_opened_and_moves_made_meanwhile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = watchers.main([*watchers.QUICK, "--output", str(tmp_path)])
    document = json.loads((tmp_path / "watchers.json").read_text())
    results = document["results"]
    assert results["streams"] == 301
    assert results["kb_a_stream"] > results["bare_kb_a_stream"] > 1
    for side in ("without", "meanwhile", "pgbench"):
        assert results[f"{side}_per_second"] > 0
        assert results[f"{side}_p99_ms"] > 0
    assert status == int(
        results["kb_a_stream"] > watchers.MOST_KB
        or results["meanwhile_p99_ms"] > watchers.SLOWEST_MS
    )
    assert "| p99 of a move, 301 streams |" in capsys.readouterr().out


def test_more_streams_than_files_may_be_open_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert watchers.main(["--streams", str(most)]) == 1
    assert f"and {most} are allowed\n" in capsys.readouterr().err
