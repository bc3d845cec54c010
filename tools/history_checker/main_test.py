"""The command says what it found, in its table and its exit status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from history_checker import __main__
from history_checker.fault_proxy import Fault
from history_checker.history import History
from history_checker.run import SERVER, Plan, Result
from history_checker.verdict import Violation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[list[Violation]], Plan]:
    """Runs the command with a run that is not one, and returns what it was to be."""
    monkeypatch.chdir(tmp_path)

    def command(violations: list[Violation]) -> Plan:
        planned: list[Plan] = []

        def run(plan: Plan, _report: Callable[[str], None]) -> Result:
            planned.append(plan)
            faults = Counter({Fault.LOSE_REPLY: 2})
            return Result(History(), [], violations, Counter({SERVER: 3}), faults, 1.5)

        monkeypatch.setattr(__main__, "run", run)
        sizes = ["--moves", "5", "--kills", "3", "--servers", "1", "--clients", "2"]
        assert __main__.main([*sizes, "--seed", "9"]) == bool(violations)
        return planned[0]

    return command


def test_without_violations_it_succeeds_and_leaves_nothing(
    plans: Callable[[list[Violation]], Plan], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert plans([]) == Plan(moves=5, kills=3, servers=1, clients=2, seed=9)
    said = capsys.readouterr().out
    rows = ("moves and joins sent again | 0", "streams | 0", "events checked | 0")
    for row in (*rows, "kill -9 of a server | 3", "reply lost | 2", "violations | 0"):
        assert f"| {row} |" in said
    assert list(tmp_path.iterdir()) == []


def test_violations_are_told_and_kept(
    plans: Callable[[list[Violation]], Plan], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plans([Violation(f"g{number}", "it is wrong") for number in range(20)])
    said = capsys.readouterr().out
    assert "| violations | 20 |" in said
    assert said.count("it is wrong") == 10
    folder = tmp_path / "dist" / "history-checker"
    assert sorted(entry.name for entry in folder.iterdir()) == [
        "games.jsonl",
        "history.jsonl",
        "violations.txt",
    ]
    assert (folder / "violations.txt").read_text().count("it is wrong") == 20


@pytest.mark.parametrize("clients", ["0", "3"])
def test_clients_that_do_not_fit_are_refused(
    clients: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        __main__.main(["--clients", clients])
    assert "two clients sit at a table" in capsys.readouterr().err
