"""All at once: what one command runs, and what becomes of a benchmark that fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import migration
import suite
import throughput

if TYPE_CHECKING:
    from pathlib import Path


def test_the_others_are_run_when_one_misses_its_goal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(migration, "LONGEST_LOCK_MS", -1)
    monkeypatch.setattr(throughput, "GOAL", 0)
    assert suite.main(["--quick", "--output", str(tmp_path), "migration", "throughput"]) == 1
    for name, met in (("migration", False), ("throughput", True)):
        goals = json.loads((tmp_path / f"{name}.json").read_text())["goals"]
        assert goals[0]["met"] == met
    printed = capsys.readouterr().out
    assert printed.index("## migration\n") < printed.index("## throughput\n")
    assert printed.endswith("\nmissed: migration\n")


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        suite.main(["nonsense"])
    assert "there is no benchmark nonsense\n" in capsys.readouterr().err
