"""The report as people and programs read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from measuring.machine import machine
from measuring.percentiles import milliseconds, percentile
from measuring.report import Goal, Report, publish

if TYPE_CHECKING:
    from pathlib import Path


def report(*goals: Goal) -> Report:
    return Report(
        name="sums",
        settings={"rounds": 3, "sizes": [1, 2]},
        results={"sum": 4},
        header=("", "a second"),
        rows=[("sums", "1,234")],
        goals=goals,
    )


def test_a_report_is_a_table_and_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    met, missed = Goal("rate", 0.5, 0.35, at_least=True), Goal("p99", 1234.5, 50, "ms")
    assert publish(report(met, missed), tmp_path / "new") == 1
    first, *rest = capsys.readouterr().out.splitlines()
    document = json.loads((tmp_path / "new/sums.json").read_text())
    assert first == f"{machine()}; {document['measured']}; rounds 3, sizes 1/2"
    assert rest == [
        "",
        "|  | a second |",
        "| --- | ---: |",
        "| sums | 1,234 |",
        "",
        "| goal |  | measured |  |",
        "| --- | --- | --- | --- |",
        "| rate | at least 0.35 | 0.5 | met |",
        "| p99 | at most 50 ms | 1,234.5 ms | missed |",
    ]
    assert document["machine"] == machine()
    assert document["settings"] == {"rounds": 3, "sizes": [1, 2]}
    assert document["results"] == {"sum": 4}
    assert [(goal["figure"], goal["met"]) for goal in document["goals"]] == [
        (0.5, True),
        (1234.5, False),
    ]


def test_goals_that_are_met_and_no_goals_are_fine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(report(Goal("p99", 50, 50, "ms")), tmp_path) == 0
    assert publish(report(), tmp_path) == 0
    assert capsys.readouterr().out.count("| goal |") == 1


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 51), (0.99, 100), (1, 100)])
def test_percentiles(share: float, value: float) -> None:
    assert percentile([*range(100, 0, -1)], share) == value
    assert milliseconds([0.0123456], share) == 12.35
