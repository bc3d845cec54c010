"""The results of a scan: checks with an outcome and their findings."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Outcome(enum.StrEnum):
    """What one source says about one file. Never clean when anything was left out."""

    CLEAN = "clean"
    VULNERABLE = "vulnerable"
    COULD_NOT_CHECK = "could not check"


@dataclass(frozen=True)
class Finding:
    """One thing that somebody has to act on."""

    id: str
    package: str  # or, for a secret, the file that holds it
    message: str
    path: str  # relative to the root, with slashes
    line: int = 1
    version: str = ""
    aliases: tuple[str, ...] = ()
    waived: str = ""  # the reason of the exception that covers it


@dataclass(frozen=True)
class Check:
    """What one source says about one file."""

    source: str
    subject: str
    looked_at: int = 0
    findings: tuple[Finding, ...] = ()
    reason: str = ""  # why something could not be checked; whatever was found stands
    note: str = ""  # what the answer rests on

    @property
    def outcome(self) -> Outcome:
        """What was found counts even from a source that could not look at everything."""
        if any(not finding.waived for finding in self.findings):
            return Outcome.VULNERABLE
        if self.reason or not self.looked_at:
            return Outcome.COULD_NOT_CHECK
        return Outcome.CLEAN


class CouldNotCheckError(Exception):
    """A source gave no answer that can be relied on; the message is one line that says why."""
