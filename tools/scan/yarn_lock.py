"""The packages of a Yarn 4 project, read from its lock."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scan.outcome import CouldNotCheckError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True)
class YarnEntry:
    """One block of a yarn.lock."""

    descriptors: tuple[str, ...]
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    dependencies: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The package's, with its scope."""
        return self.descriptors[0][: self.descriptors[0].index("@", 1)]

    @property
    def version(self) -> str:
        """As pinned."""
        return self.fields["version"]

    @property
    def is_workspace(self) -> bool:
        """Whether it is this project itself and no package."""
        return any("@workspace:" in descriptor for descriptor in self.descriptors)


def read_yarn_lock(project: Path) -> list[YarnEntry]:
    """All entries of a project's lock. Raises CouldNotCheckError: there are no packages in it."""
    entries: list[YarnEntry] = []
    section = ""
    for number, line in enumerate((project / "yarn.lock").read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        text = line.strip()
        if not line.startswith(" "):
            entries.append(YarnEntry(tuple(_unquoted(text.rstrip(":")).split(", ")), number))
        elif not line.startswith("   "):
            key, _, value = text.partition(":")
            section = key
            entries[-1].fields[key] = _unquoted(value.strip())
        elif section == "dependencies":
            name, _, value = text.rpartition(": ")
            entries[-1].dependencies[_unquoted(name)] = _unquoted(value)
    entries = [entry for entry in entries if entry.descriptors != ("__metadata",)]
    if all(entry.is_workspace for entry in entries):
        raise CouldNotCheckError("the lock pins no package")
    return entries


def packages(entries: Iterable[YarnEntry]) -> dict[tuple[str, str], YarnEntry]:
    """What is not the project itself, by name and version."""
    return {(entry.name, entry.version): entry for entry in entries if not entry.is_workspace}


def production_packages(project: Path) -> dict[tuple[str, str], YarnEntry]:
    """What `dependencies` of the package.json bring in, optional ones included.

    Raises CouldNotCheckError: the lock is not understood.
    """
    entries = read_yarn_lock(project)
    by_descriptor = {descriptor: entry for entry in entries for descriptor in entry.descriptors}
    (workspace,) = (entry for entry in entries if entry.is_workspace)
    wanted = json.loads((project / "package.json").read_text()).get("dependencies", {})
    open_ends = [f"{name}@{workspace.dependencies[name]}" for name in wanted]
    found: dict[str, YarnEntry] = {}
    while open_ends:
        descriptor = open_ends.pop()
        if descriptor in found:
            continue
        if descriptor not in by_descriptor:
            raise CouldNotCheckError(f"yarn.lock has no entry for {descriptor}")
        entry = found[descriptor] = by_descriptor[descriptor]
        open_ends += [f"{name}@{wish}" for name, wish in entry.dependencies.items()]
    return packages(found.values())


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith('"') else text
