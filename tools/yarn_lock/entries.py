"""The packages of a Yarn project, read from its yarn.lock, which is YAML since Yarn 2."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class YarnLockError(Exception):
    """A file is no yarn.lock that can be relied on; the message is one line that says why."""


@dataclass(frozen=True)
class YarnEntry:
    """One entry of a yarn.lock."""

    descriptors: tuple[str, ...]  # such as `next@npm:^16.0.0`: what was asked for
    line: int  # of its first line, from 1
    fields: dict[str, str] = field(default_factory=dict)
    dependencies: dict[str, str] = field(default_factory=dict)  # names, and ranges such as npm:^1.0

    @property
    def resolution(self) -> str:
        """What the descriptors resolve to, such as `next@npm:16.4.5`."""
        return self.fields["resolution"]

    @property
    def name(self) -> str:
        """The package's, with its scope."""
        return self.resolution[: self.resolution.index("@", 1)]

    @property
    def version(self) -> str:
        """As pinned."""
        return self.fields["version"]

    @property
    def is_workspace(self) -> bool:
        """Whether it is the project itself and no package."""
        return "@workspace:" in self.resolution


def read_yarn_lock(lock: Path) -> list[YarnEntry]:
    """All entries of a lock. Raises OSError, and YarnLockError: it is none, or pins no package."""
    try:
        # With no type but text: a version such as 1.0 is no number.
        root = yaml.compose(lock.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise YarnLockError(" ".join(str(error).split())) from None
    blocks = root.value if isinstance(root, yaml.MappingNode) else []
    entries = [_entry(key, block) for key, block in blocks if key.value != "__metadata"]
    if all(entry.is_workspace for entry in entries):
        raise YarnLockError("the lock pins no package")
    return entries


def packages(entries: Iterable[YarnEntry]) -> dict[tuple[str, str], YarnEntry]:
    """What is not the project itself, by name and version."""
    return {(entry.name, entry.version): entry for entry in entries if not entry.is_workspace}


def production_packages(project: Path) -> dict[tuple[str, str], YarnEntry]:
    """What `dependencies` of a project's package.json bring in, optional ones included.

    Raises OSError, and YarnLockError: the lock is none, or does not have all of them.
    """
    entries = read_yarn_lock(project / "yarn.lock")
    by_descriptor = {descriptor: entry for entry in entries for descriptor in entry.descriptors}
    (workspace,) = (entry for entry in entries if entry.is_workspace)
    direct = json.loads((project / "package.json").read_text()).get("dependencies", {})
    to_visit = [f"{name}@{workspace.dependencies[name]}" for name in direct]
    found: dict[str, YarnEntry] = {}
    while to_visit:
        descriptor = to_visit.pop()
        if descriptor in found:
            continue
        if descriptor not in by_descriptor:
            raise YarnLockError(f"yarn.lock has no entry for {descriptor}")
        entry = found[descriptor] = by_descriptor[descriptor]
        to_visit += [f"{name}@{wish}" for name, wish in entry.dependencies.items()]
    return packages(found.values())


def _entry(key: yaml.Node, block: yaml.Node) -> YarnEntry:
    line = key.start_mark.line + 1
    if not isinstance(block, yaml.MappingNode):
        raise YarnLockError(f"line {line} of yarn.lock begins no entry")
    values = {name.value: value for name, value in block.value}
    if "resolution" not in values or "version" not in values:
        raise YarnLockError(f"the entry in line {line} of yarn.lock has no resolution or version")
    dependencies = values.get("dependencies")
    return YarnEntry(
        descriptors=tuple(key.value.split(", ")),
        line=line,
        fields={
            name: value.value
            for name, value in values.items()
            if isinstance(value, yaml.ScalarNode)
        },
        dependencies={name.value: wish.value for name, wish in dependencies.value}
        if dependencies
        else {},
    )
