"""`pip-audit` over a lock.

With `--strict` it ends at the first package that the service does not know, and loses what it found
in the others. So it runs without, and packages that it skips are "could not check".
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from pip_lock import read_pins
from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import one_line, python_module, run

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from pip_lock import Pin, PythonLock
    from scan.tool import Workplace

_ENDS_WITH_A_REPORT = (0, 1)
# The controls, with many advisories each; two, since a lock may pin one of them.
_KNOWN_VULNERABLE = ("django==1.11", "flask==0.12")
_ANY_HASH = f"--hash=sha256:{'0' * 64}"  # it insists on one, and asks nobody about it


@dataclass(frozen=True)
class AuditService:
    """Which service pip-audit asks."""

    name: str  # pypi or osv
    osv_url: str = ""

    @property
    def options(self) -> list[str]:
        """pip-audit's options for it."""
        url = ["--osv-url", self.osv_url] if self.osv_url else []
        return ["--vulnerability-service", self.name, *url]


def check_with_pip_audit(
    lock: PythonLock, service: AuditService, cache: Path, work: Workplace
) -> Check:
    """What pip-audit says about a lock; several may share the cache, a folder.

    In the same run it has to find a control: a package that is known to be vulnerable.
    Raises CouldNotCheckError.
    """
    pins = read_pins(lock.path)
    known = _known_vulnerable(pins)
    probe, report_file = work.folder / "probe.txt", work.folder / "report.json"
    probe.write_text(f"{known} {_ANY_HASH}\n")
    ended = run(
        [
            *python_module("pip_audit"),
            *("--requirement", lock.path, "--requirement", probe),
            *("--disable-pip", "--require-hashes", "--no-deps"),
            *("--format", "json", "--output", report_file, "--progress-spinner", "off"),
            *("--cache-dir", cache),
            *service.options,
        ],
        work.folder,
        os.environ,
        work.seconds,
    )
    if ended.status not in _ENDS_WITH_A_REPORT or not report_file.is_file():
        raise CouldNotCheckError(ended.failure)
    return judged(json.loads(report_file.read_text()), lock, pins, known, service.name)


def _known_vulnerable(taken: Container[str]) -> str:
    for requirement in _KNOWN_VULNERABLE:
        if requirement.partition("==")[0] not in taken:
            return requirement
    raise CouldNotCheckError("the lock pins everything that could be tried")


def judged(
    report: dict[str, Any], lock: PythonLock, pins: dict[str, Pin], known: str, service: str
) -> Check:
    """The check that a report of pip-audit amounts to.

    It has to name every pin, and to find something against the control. Raises KeyError: it is no
    such report.
    """
    findings = []
    proven = False
    seen: set[str] = set()
    skipped: dict[str, str] = {}
    for dependency in report["dependencies"]:
        name = canonicalize_name(dependency["name"])
        if "skip_reason" in dependency:
            skipped[name] = dependency["skip_reason"]
            continue
        if f"{name}=={dependency['version']}" == known:
            proven = bool(dependency["vulns"])
            continue
        if pins[name].version == dependency["version"]:
            seen.add(name)
        findings += [
            Finding(
                id=vulnerability["id"],
                package=name,
                version=dependency["version"],
                message=one_line(vulnerability["description"]),
                path=lock.subject,
                line=pins[name].line,
                aliases=tuple(vulnerability["aliases"]),
            )
            for vulnerability in dependency["vulns"]
        ]
    unseen = sorted(set(pins) - seen)
    reasons = []
    if unseen:
        why = next((skipped[name] for name in unseen if name in skipped), "it is not in the report")
        reasons.append(f"{len(unseen)} of {len(pins)} not looked up: {one_line(why)}")
    if not proven:
        reasons.append(f"it knows nothing against {known}")
    return Check(
        source="pip-audit",
        subject=lock.subject,
        looked_at=len(seen),
        findings=tuple(findings),
        reason="; ".join(reasons),
        note=service,
    )
