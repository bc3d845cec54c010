"""All at once: what one command runs, and what becomes of a benchmark that fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import suite

if TYPE_CHECKING:
    from pathlib import Path


def test_the_others_are_run_when_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # where no PEX is
    assert suite.main(["--quick", "--output", str(tmp_path), "start", "migration"]) == 1
    goals = json.loads((tmp_path / "migration.json").read_text())["goals"]
    printed = capsys.readouterr()
    assert printed.err.startswith("start: dist/connect4.pex is not there; make it: ./pants package")
    failed = "start" if all(goal["met"] for goal in goals) else "start, migration"
    assert printed.out.endswith(f"\nmissed: {failed}\n")


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        suite.main(["nonsense"])
    assert "there is no benchmark nonsense\n" in capsys.readouterr().err
