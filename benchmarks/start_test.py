"""The benchmark measures something: what is shipped, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import start

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_both_starts_of_both_artifacts_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = start.main([*start.QUICK, "--dist", ".", "--output", str(tmp_path)])
    document = json.loads((tmp_path / "start.json").read_text())
    rows = {row["name"]: row for row in document["results"]}
    assert {goal["name"]: goal["at_most"] for goal in document["goals"]} == start.GOALS
    assert status == int(not all(goal["met"] for goal in document["goals"]))
    for name in ("connect4.pex", "server.pex"):
        cold, warm = (rows[f"{name}, {which} start"]["figure"] for which in ("first", "second"))
        assert cold > warm > rows[f"{name}, second start"]["ceiling"] > 0
        everything, worker = rows[f"{name}, memory"], rows[f"{name}, its worker's memory"]
        assert everything["figure"] > worker["figure"] > worker["ceiling"] > 1
    assert "| connect4.pex, second start |" in capsys.readouterr().out


def test_artifacts_that_are_not_there_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(["--dist", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"start: {tmp_path}/connect4.pex is not there; make it:"
        " ./pants package //:connect4 src/python/connect4_server:server\n"
    )
