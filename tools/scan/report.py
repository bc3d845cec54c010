"""A scan's result for people, as lines of text, and for programs, as JSON."""

from __future__ import annotations

import collections
import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scan.outcome import Check, Finding, Outcome

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from scan.waivers import Waiver

# 2 is wrong usage.
_STATUS = {Outcome.CLEAN: 0, Outcome.VULNERABLE: 1, Outcome.COULD_NOT_CHECK: 3}
_HEADER = ("source", "what", "outcome", "looked at", "")


@dataclass(frozen=True)
class Report:
    """The whole result of a scan."""

    started: datetime.datetime
    checks: Sequence[Check]
    unused_waivers: Sequence[Waiver]

    @property
    def outcome(self) -> Outcome:
        """The worst of the checks': what is known to be bad before what is not known."""
        outcomes = {check.outcome for check in self.checks}
        for outcome in (Outcome.VULNERABLE, Outcome.COULD_NOT_CHECK):
            if outcome in outcomes:
                return outcome
        return Outcome.CLEAN if self.checks else Outcome.COULD_NOT_CHECK

    @property
    def status(self) -> int:
        """The exit status that tells the outcomes apart."""
        return _STATUS[self.outcome]

    def as_text(self) -> str:
        """A table of the checks, what was found, and one last line that sums it up."""
        return "\n".join(self._lines()) + "\n"

    def as_json(self) -> str:
        """The same, as an object."""
        return (
            json.dumps(
                {
                    "started": self.started.isoformat(timespec="seconds"),
                    "outcome": self.outcome,
                    "status": self.status,
                    "checks": [
                        {**dataclasses.asdict(check), "outcome": check.outcome}
                        for check in self.checks
                    ],
                    "unused_exceptions": [
                        {"id": waiver.id, "package": waiver.package, "line": waiver.line}
                        for waiver in self.unused_waivers
                    ],
                },
                indent=2,
            )
            + "\n"
        )

    def _lines(self) -> Iterator[str]:
        rows = [_HEADER]
        for check in self.checks:
            rows.append(
                (check.source, check.subject, check.outcome, str(check.looked_at), check.note),
            )
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()
        yield from _grouped(
            "Could not check",
            ((check.reason, f"{check.source}: {check.subject}") for check in self.checks),
        )
        found = [(check, finding) for check in self.checks for finding in check.findings]
        for check, finding in found:
            if not finding.waived:
                yield f"\nFound by {_told(check, finding)}"
                yield f"    {finding.message}"
        yield from _grouped(
            "Found, and excepted",
            ((finding.waived, _told(check, finding)) for check, finding in found),
        )
        if self.unused_waivers:
            yield "\nExceptions for nothing that was found:"
            for waiver in self.unused_waivers:
                yield f"    {waiver.id} of {waiver.package}, until {waiver.until}"
        count = collections.Counter(check.outcome for check in self.checks)
        yield f"\n{self.outcome}: of {len(self.checks)} checks " + ", ".join(
            f"{count[outcome]} {outcome}" for outcome in Outcome
        )


def _told(check: Check, finding: Finding) -> str:
    package = "" if finding.package == finding.path else f"{finding.package} "
    version = f"{finding.version} " if finding.version else ""
    return f"{check.source}: {finding.path}:{finding.line}: {package}{version}{finding.id}"


def _grouped(heading: str, reasons: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each reason once, with all that it is about; what has no reason is left out."""
    groups: dict[str, list[str]] = {}
    for reason, about in reasons:
        groups.setdefault(reason, []).append(about)
    groups.pop("", None)
    for reason, abouts in groups.items():
        yield f"\n{heading}: {reason}"
        yield from (f"    {about}" for about in abouts)
