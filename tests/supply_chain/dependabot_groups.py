"""The groups in .github/dependabot.yml: which pull request an update comes with.

https://github.com/dependabot/dependabot-core/blob/main/common/lib/dependabot/dependency_group.rb
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from packaging.utils import canonicalize_name

CONFIGURATION = Path(".github/dependabot.yml")

Updates = Literal["version-updates", "security-updates"]
Type = Literal["production", "development"]


@dataclass(frozen=True)
class Groups:
    """The groups of one ecosystem in one folder, for one kind of updates, as they are written."""

    rules: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, ecosystem: str, directory: str, updates: Updates) -> Groups:
        """Raises ValueError if it is not exactly one entry that is about the folder."""
        (entry,) = (
            entry
            for entry in yaml.safe_load(CONFIGURATION.read_text(encoding="utf-8"))["updates"]
            if entry["package-ecosystem"] == ecosystem
            and directory in entry.get("directories", [entry.get("directory")])
        )
        return cls(
            {name: rule for name, rule in entry["groups"].items() if rule["applies-to"] == updates}
        )

    def of(self, package: str, kind: Type = "production") -> list[str]:
        """The names of the groups that a package belongs to."""
        return [
            name
            for name, rule in self.rules.items()
            if _matches(rule.get("patterns", ["*"]), package)
            and not _matches(rule.get("exclude-patterns", []), package)
            and rule.get("dependency-type", kind) == kind
        ]

    @property
    def patterns(self) -> set[str]:
        """All that stand in them, those that exclude too."""
        return {
            pattern
            for rule in self.rules.values()
            for key in ("patterns", "exclude-patterns")
            for pattern in rule.get(key, [])
        }


def requirements(file: Path) -> set[str]:
    """The names that an input asks for, as Dependabot has them: with their extras."""
    found = re.findall(r"^([\w.-]+)(\[.*\])?[~=<>!]", file.read_text(), re.MULTILINE)
    return {f"{canonicalize_name(name)}{extras}" for name, extras in found}


def matches(pattern: str, package: str) -> bool:
    """Whether a package's name fits; `*` in a pattern stands for any text."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), package) is not None


def _matches(patterns: list[str], package: str) -> bool:
    return any(matches(pattern, package) for pattern in patterns)
