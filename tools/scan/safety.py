"""`safety` over a lock, with a database on this machine."""

from __future__ import annotations

import datetime
import json
import os
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from pip_lock import read_pins
from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import one_line, python_module, run

if TYPE_CHECKING:
    from pip_lock import PythonLock
    from scan.safety_database import SafetyDatabase
    from scan.tool import Workplace

_NOTHING_FOUND = 0
_FOUND = 64


def check_with_safety(
    lock: PythonLock,
    database: SafetyDatabase,
    oldest: datetime.timedelta,
    work: Workplace,
) -> Check:
    """What safety says about a lock.

    In the same run it has to find a control: a package that its database says is vulnerable.
    Raises CouldNotCheckError.
    """
    pins = read_pins(lock.path)
    known = database.known_vulnerable(pins)
    probe, report_file = work.folder / "probe.txt", work.folder / "report.json"
    probe.write_text(f"{known}\n")
    ended = run(
        [
            *python_module("safety"),
            *("check", "--db", database.folder, "--output", "json", "--save-json", report_file),
            *("--file", lock.path, "--file", probe),
        ],
        work.folder,
        # Without the caller's account and settings: with a key it ignores the database given.
        {
            **{name: value for name, value in os.environ.items() if not name.startswith("SAFETY_")},
            "HOME": str(work.folder),
            "SAFETY_SYSTEM_CONFIG_PATH": str(work.folder),
        },
        work.seconds,
    )
    if ended.status not in (_NOTHING_FOUND, _FOUND):
        raise CouldNotCheckError(ended.failure)
    report = json.loads(report_file.read_text())
    findings = []
    proven = False
    for vulnerability in report["vulnerabilities"]:
        name = canonicalize_name(vulnerability["package_name"])
        if name == known.partition("==")[0]:
            proven = True
            continue
        findings.append(
            Finding(
                id=vulnerability["vulnerability_id"],
                package=name,
                version=pins[name].version,
                message=one_line(vulnerability["advisory"] or "no advisory"),
                path=lock.subject,
                line=pins[name].line,
                aliases=(vulnerability["CVE"],) if vulnerability["CVE"] else (),
            )
        )
    seen: dict[str, str] = {
        canonicalize_name(package["name"]): package["version"]
        for package in report["scanned_packages"].values()
    }
    unseen = sorted(name for name, pin in pins.items() if seen.get(name) != pin.version)
    reasons = []
    if unseen:
        reasons.append(f"it did not look at {', '.join(unseen)}")
    if not proven:
        reasons.append(f"it found nothing against {known}, which its database calls vulnerable")
    if database.shortfall:
        reasons.append(database.shortfall)
    age = datetime.datetime.now(datetime.UTC).date() - database.updated
    if age > oldest:
        reasons.append(
            f"the database ({database.note}) is {age.days} days old, at most {oldest.days} will do"
        )
    return Check(
        source="safety",
        subject=lock.subject,
        looked_at=len(pins) - len(unseen),
        findings=tuple(findings),
        reason="; ".join(reasons),
        note=database.note,
    )
