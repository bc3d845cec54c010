"""What of others is in the client's site: packages.json, which its build writes into it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sbom.package import Package, SbomError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKAGES = "packages.json"

_RESOLUTION = re.compile(r'  resolution: "(@?[^@"]+)@npm:([^"]+)"')
_CHECKSUM = re.compile(r"  checksum: (\S+)")


def yarn_checksums(lock: Path) -> dict[tuple[str, str], str]:
    """The checksums in a yarn.lock, by name and version. Raises OSError."""
    checksums = {}
    for entry in lock.read_text(encoding="utf-8").split("\n\n"):
        resolution, checksum = _RESOLUTION.search(entry), _CHECKSUM.search(entry)
        if resolution and checksum:
            checksums[resolution[1], resolution[2]] = checksum[1]
    return checksums


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
