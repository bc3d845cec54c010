"""What is in a PEX file, read from the file itself."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from typing import TYPE_CHECKING, Self

from sbom.licences import declared_licences
from sbom.package import SbomError

if TYPE_CHECKING:
    from pathlib import Path

_INFO = "PEX-INFO"
_DISTRIBUTIONS = ".deps/"


@dataclass(frozen=True)
class Distribution:
    """An installed wheel within a PEX."""

    wheel: str
    name: str
    version: str
    licences: tuple[str, ...]
    fingerprint: str
    """The SHA-256 of its files as they were installed, made and verified by Pex."""


@dataclass(frozen=True)
class PexContents:
    """What a PEX is made of, beside the project's own code."""

    pex_version: str
    """The version of Pex, whose code starts the file."""
    distributions: tuple[Distribution, ...]
    members: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads a PEX. Raises OSError, and SbomError if it is none or contradicts itself."""
        if not zipfile.is_zipfile(path):
            raise SbomError(f"{path}: not a PEX file")
        with zipfile.ZipFile(path) as archive:
            members = frozenset(archive.namelist())
            if _INFO not in members:
                raise SbomError(f"{path}: not a PEX file, since it has no {_INFO}")
            info = json.loads(archive.read(_INFO))
            fingerprints: dict[str, str] = info["distributions"]
            wheels = {
                member.split("/")[1]
                for member in members
                if member.startswith(_DISTRIBUTIONS) and member != _DISTRIBUTIONS
            }
            if wheels != fingerprints.keys():
                differing = ", ".join(sorted(wheels ^ fingerprints.keys()))
                raise SbomError(f"{path}: {_INFO} and {_DISTRIBUTIONS} do not agree: {differing}")
            distributions = tuple(
                _distribution(archive, members, wheel, fingerprints[wheel])
                for wheel in sorted(wheels)
            )
        return cls(info["build_properties"]["pex_version"], distributions, members)


def _distribution(
    archive: zipfile.ZipFile, members: frozenset[str], wheel: str, fingerprint: str
) -> Distribution:
    """Reads the metadata of one wheel. Raises SbomError if it has none, or more than one."""
    # A wheel may vendor others, further down; its own metadata is in its top folder.
    found = [
        member
        for member in members
        if member.startswith(f"{_DISTRIBUTIONS}{wheel}/")
        and member.endswith(".dist-info/METADATA")
        and member.count("/") == 3
    ]
    if len(found) != 1:
        raise SbomError(f"{wheel}: {len(found)} METADATA files where one is expected")
    metadata = HeaderParser().parsestr(archive.read(found[0]).decode("utf-8"))
    return Distribution(
        wheel=wheel,
        name=metadata["Name"],
        version=metadata["Version"],
        licences=declared_licences(metadata),
        fingerprint=fingerprint,
    )
