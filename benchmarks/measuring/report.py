"""What a benchmark found: as a table for people, as JSON for programs, and beside the goals."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from measuring.machine import machine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Goal:
    """A figure, and what it has to be: at most LIMIT, or at least that."""

    name: str
    figure: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def row(self) -> tuple[str, str, str, str]:
        bound = "at least" if self.at_least else "at most"
        unit = f" {self.unit}" if self.unit else ""
        return (
            self.name,
            f"{bound} {self.limit:g}{unit}",
            f"{self.figure:,g}{unit}",
            "met" if self.is_met else "missed",
        )


@dataclass(frozen=True)
class Report:
    """What was measured how, a row of the table each; RESULTS are the same figures for programs."""

    name: str
    settings: Mapping[str, Any]
    results: Any
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    goals: Sequence[Goal]


def publish(report: Report, folder: Path) -> int:
    """Prints the report in Markdown and writes FOLDER/NAME.json; 1 if a goal is missed, else 0."""
    measured = datetime.now(UTC).date().isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "machine": machine(),
        "measured": measured,
        "settings": report.settings,
        "results": report.results,
        "goals": [
            {
                "name": goal.name,
                "at_least" if goal.at_least else "at_most": goal.limit,
                "unit": goal.unit,
                "figure": goal.figure,
                "met": goal.is_met,
            }
            for goal in report.goals
        ],
    }
    (folder / f"{report.name}.json").write_text(json.dumps(document, indent=2) + "\n")
    settings = ", ".join(f"{name} {_shown(value)}" for name, value in report.settings.items())
    parts = [
        f"{machine()}; {measured}; {settings}",
        _table(report.header, "---:", report.rows),
    ]
    if report.goals:
        goals = [goal.row() for goal in report.goals]
        parts.append(_table(("goal", "", "measured", ""), "---", goals))
    sys.stdout.write("\n\n".join(parts) + "\n")
    return int(not all(goal.is_met for goal in report.goals))


def _shown(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _table(header: Sequence[str], align: str, rows: Sequence[Sequence[str]]) -> str:
    ruler = ("---", *[align] * (len(header) - 1))
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ruler, *rows))
