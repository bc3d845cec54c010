"""All at once: what one command runs, and what becomes of a benchmark that fails."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import suite


def test_the_others_are_run_when_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", [str(Path(entry).resolve()) for entry in sys.path])
    monkeypatch.chdir(tmp_path)  # where no PEX is
    assert suite.main(["--quick", "--output", str(tmp_path), "start", "migration"]) == 1
    goals = json.loads((tmp_path / "migration.json").read_text())["goals"]
    printed = capfd.readouterr()
    assert printed.err.startswith("start: dist/connect4.pex is not there; make it: ./pants package")
    assert printed.out.index("## start\n") < printed.out.index("## migration\n")
    failed = "start" if all(goal["met"] for goal in goals) else "start, migration"
    assert printed.out.endswith(f"\nfailed or missed: {failed}\n")


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        suite.main(["nonsense"])
    assert "there is no benchmark nonsense\n" in capsys.readouterr().err
