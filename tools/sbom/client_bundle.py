"""The npm packages in the client's site: packages.json, which its build writes into it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sbom.package import Package, SbomError
from yarn_lock import read_yarn_lock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKAGES = "packages.json"


def yarn_checksums(lock: Path) -> dict[tuple[str, str], str]:
    """The checksums of the registry's packages, by name and version.

    Raises OSError and YarnLockError.
    """
    return {
        (entry.name, entry.version): entry.fields["checksum"]
        for entry in read_yarn_lock(lock)
        # A patched package has an entry more, with the checksum of what Yarn made of it.
        if "@npm:" in entry.resolution and "checksum" in entry.fields
    }


def bundled_packages(
    site: str, packages: str, checksums: Mapping[tuple[str, str], str]
) -> tuple[Package, ...]:
    """The npm packages that a site is made of, from the content of its packages.json.

    Raises SbomError, which names the site, if one of them is not in yarn.lock.
    """
    found = []
    for entry in json.loads(packages):
        name, version = entry["name"], entry["version"]
        if (name, version) not in checksums:
            raise SbomError(f"{site}: {name} {version} is in it and not in yarn.lock")
        found.append(
            Package(
                registry="npm",
                name=name,
                version=version,
                licences=(entry["license"],) if isinstance(entry.get("license"), str) else (),
                properties={"yarn:checksum": checksums[name, version]},
            )
        )
    return tuple(found)
