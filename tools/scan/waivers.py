"""Exceptions: findings that somebody has looked at and accepted, for a reason and for a time."""

from __future__ import annotations

import datetime
import fnmatch
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scan.outcome import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_TEXTS = ("id", "package", "reason")
_KEYS = {*_TEXTS, "until"}


class WaiverError(Exception):
    """The file of exceptions says something that it may not say."""


@dataclass(frozen=True)
class Waiver:
    """One exception."""

    id: str
    package: str  # may hold wildcards as in file names
    reason: str
    until: datetime.date
    line: int

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding."""
        return self.id in (finding.id, *finding.aliases) and fnmatch.fnmatchcase(
            finding.package, self.package
        )


def read_waivers(file: Path) -> list[Waiver]:
    """The exceptions of a file; none if there is no file. Raises WaiverError."""
    if not file.exists():
        return []
    text = file.read_text()
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WaiverError(f"{file}: {error}") from None
    tables = content.pop("exception", [])
    if content or not isinstance(tables, list):
        raise WaiverError(f"{file}: it holds tables [[exception]] and nothing else")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[exception]]"]
    if len(lines) != len(tables):
        raise WaiverError(f"{file}: each exception begins with a line [[exception]]")
    return [
        _waiver(f"{file}:{line}", table, line) for line, table in zip(lines, tables, strict=True)
    ]


def _waiver(where: str, table: dict[str, object], line: int) -> Waiver:
    if unknown := sorted(set(table) - _KEYS):
        raise WaiverError(f"{where}: an exception has no {', '.join(unknown)}")
    texts = {}
    for key in _TEXTS:
        text = table.get(key)
        if not isinstance(text, str) or not text.strip():
            raise WaiverError(f"{where}: the exception has no {key}")
        texts[key] = text
    until = table.get("until")
    if not isinstance(until, datetime.date) or isinstance(until, datetime.datetime):
        raise WaiverError(f"{where}: the exception has no date `until` (until = 2030-12-31)")
    return Waiver(**texts, until=until, line=line)


def apply_waivers(
    checks: Iterable[Check], waivers: Sequence[Waiver], today: datetime.date
) -> list[Check]:
    """The checks with those findings marked that an exception covers on this day."""
    current = [waiver for waiver in waivers if today <= waiver.until]

    def marked(finding: Finding) -> Finding:
        reason = next((waiver.reason for waiver in current if waiver.covers(finding)), "")
        return replace(finding, waived=reason)

    return [replace(check, findings=tuple(map(marked, check.findings))) for check in checks]


def check_waivers(file: str, waivers: Sequence[Waiver], today: datetime.date) -> Check:
    """The exceptions as something that is checked itself: those whose time is over are found."""
    return Check(
        source="exceptions",
        subject=file,
        looked_at=len(waivers),
        findings=tuple(
            Finding(
                id="expired-exception",
                package=waiver.package,
                message=f"the exception for {waiver.id} was until {waiver.until}: {waiver.reason}",
                path=file,
                line=waiver.line,
            )
            for waiver in waivers
            if waiver.until < today
        ),
    )


def unused(checks: Iterable[Check], waivers: Iterable[Waiver]) -> list[Waiver]:
    """The exceptions that are about nothing that was found."""
    findings = [finding for check in checks for finding in check.findings]
    return [waiver for waiver in waivers if not any(map(waiver.covers, findings))]
