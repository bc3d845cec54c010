"""The alerts and the dashboard ask for what the server measures, in PromQL.

`promtool` checks more; docs/operations.md has its commands. No package index has it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import promql_parser
import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase
from promql_parser import Expr, MatrixSelector, VectorSelector

from connect4_server import metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path("deploy/monitoring")
RUNBOOK = Path("docs/operations.md")
# What Prometheus adds to every sample, and of itself.
TARGET = {"job", "instance"}
OWN = {"up": TARGET}
SUFFIXES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"]}


def measured() -> dict[str, set[str]]:
    """The labels of every series of the server, by its name."""
    series = {}
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            [family] = metric.describe()
            for suffix in SUFFIXES[family.type]:
                labels = {*metric._labelnames, *TARGET, *(["le"] if suffix == "_bucket" else [])}
                series[family.name + suffix] = labels
    return series


@dataclass(frozen=True)
class Alert:
    name: str
    expression: str
    rule: dict[str, Any]


def alerts() -> list[Alert]:
    rules = yaml.safe_load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    return [
        Alert(rule["alert"], rule["expr"], rule)
        for group in rules["groups"]
        for rule in group["rules"]
    ]


def panels() -> list[dict[str, Any]]:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = dashboard["panels"]
    return found


def queries() -> Iterator[str]:
    for alert in alerts():
        yield alert.expression
    for panel in panels():
        for target in panel.get("targets", []):
            # Grafana replaces its variables before Prometheus sees the query.
            yield target["expr"].replace("$__rate_interval", "1m").replace("$instance", ".*")


def selectors(query: str) -> list[VectorSelector]:
    found: list[VectorSelector] = []

    def visit(expression: Expr) -> bool:
        if isinstance(expression, MatrixSelector):
            found.append(expression.vector_selector)
        elif isinstance(expression, VectorSelector):
            found.append(expression)
        return True

    promql_parser.walk(promql_parser.parse(query), visit)
    return found


@pytest.mark.parametrize("query", list(queries()))
def test_a_query_asks_for_what_is_measured(query: str) -> None:
    known = measured() | OWN
    asked = selectors(query)
    assert asked
    for selector in asked:
        assert selector.name in known
        assert {matcher.name for matcher in selector.matchers.matchers} <= known[selector.name]


@pytest.mark.parametrize("query", ["sum(rate(connect4_workers[5m])", "sum(connect4_workers) by"])
def test_what_is_no_query_is_noticed(query: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        selectors(query)


def test_each_alert_is_explained_and_tried() -> None:
    names = [alert.name for alert in alerts()]
    headings = re.findall(r"^### `(\w+)`$", RUNBOOK.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == names
    tests = yaml.safe_load((FOLDER / "alerts_test.yml").read_text(encoding="utf-8"))["tests"]
    fired = {
        expected["alertname"]
        for test in tests
        for expected in test["alert_rule_test"]
        if expected.get("exp_alerts")
    }
    assert fired == set(names)


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert.name)
def test_an_alert_says_how_urgent_it_is_and_what_happens(alert: Alert) -> None:
    assert alert.rule["labels"]["severity"] in {"page", "ticket"}
    assert alert.rule["annotations"]["summary"]
    assert alert.rule["for"]


def test_panels_have_a_place_of_their_own() -> None:
    taken = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels())
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    numbers = [panel["id"] for panel in panels()]
    assert len(numbers) == len(set(numbers))


def test_the_dashboard_uses_the_data_source_that_is_chosen() -> None:
    for panel in panels():
        for part in (panel, *panel.get("targets", [])):
            if panel["type"] != "row":
                assert part["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


def test_everything_that_is_measured_can_be_seen() -> None:
    asked = {selector.name for query in queries() for selector in selectors(query)}
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            [family] = metric.describe()
            assert asked & {family.name + suffix for suffix in SUFFIXES[family.type]}
