"""A scan's result as SARIF 2.1.0, the form in which code hosts take what scanners found.

A source that could not check is a notification at level error, and its run not successful: SARIF
without results would read as clean.
"""

from __future__ import annotations

import json
import urllib.parse
from typing import TYPE_CHECKING, Any

from scan.outcome import Check, Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(checks: Sequence[Check]) -> str:
    """One run for each source, with the checks of all its files."""
    sources = dict.fromkeys(check.source for check in checks)
    runs = [_run(source, [c for c in checks if c.source == source]) for source in sources]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _run(source: str, checks: Sequence[Check]) -> dict[str, Any]:
    findings = [finding for check in checks for finding in check.findings]
    rules = list(dict.fromkeys(finding.id for finding in findings))
    notifications = [
        {
            "level": "error",
            "message": {"text": f"could not check {check.subject}: {_reason(check)}"},
        }
        for check in checks
        if check.reason or check.outcome == Outcome.COULD_NOT_CHECK
    ]
    return {
        "tool": {"driver": {"name": source, "rules": [{"id": rule} for rule in rules]}},
        "invocations": [
            {
                "executionSuccessful": not notifications,
                "toolExecutionNotifications": notifications,
            }
        ],
        "results": [_result(finding, rules.index(finding.id)) for finding in findings],
    }


def _reason(check: Check) -> str:
    return check.reason or "nothing was looked at"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    package = f"{finding.package} {finding.version}".strip()
    return {
        "ruleId": finding.id,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": f"{package}: {finding.message}"},
        "locations": [_location(finding.path, finding.line)],
        "partialFingerprints": {"scan/v1": f"{finding.id}:{finding.package}:{finding.version}"},
        "suppressions": (
            [{"kind": "external", "status": "accepted", "justification": finding.waived}]
            if finding.waived
            else []
        ),
    }


def _location(path: str, line: int) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": urllib.parse.quote(path), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": line},
        }
    }
