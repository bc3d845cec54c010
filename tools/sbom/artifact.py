"""An artifact in dist/, and the packages that are in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from packaging.utils import canonicalize_name

from sbom.artifact_lock import ArtifactLock, lock_of
from sbom.client_bundle import PACKAGES, bundled_packages
from sbom.opening_book import LICENCE_FILE, source_of_the_book
from sbom.package import Package, SbomError
from sbom.pex_contents import Distribution, PexContents

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

# Where a PEX that serves the client has its site.
_SITE_IN_PEX = "connect4_client"


@dataclass(frozen=True)
class Artifact:
    """What a bill of materials is about."""

    name: str
    packages: tuple[Package, ...]
    sha256: str | None = None
    """Of the artifact itself, if it is one file; an image's id."""
    runtime: Package | None = None
    """What starts it: no distribution among the others, and yet in it."""
    is_image: bool = False


def read_artifact(
    path: Path, locks: Collection[ArtifactLock], checksums: Mapping[tuple[str, str], str]
) -> Artifact:
    """Reads a PEX file or the folder of the client's site.

    Takes the locks that it may be made from, and the checksums of yarn.lock by name and version.
    Raises OSError, and SbomError if it is neither, or holds what no lock has.
    """
    return (_read_site if path.is_dir() else _read_pex)(path, locks, checksums)


def _read_site(
    path: Path, locks: Collection[ArtifactLock], checksums: Mapping[tuple[str, str], str]
) -> Artifact:
    if not (path / PACKAGES).is_file():
        raise SbomError(f"{path}: not the client's site, since it has no {PACKAGES}")
    packages = bundled_packages(str(path), (path / PACKAGES).read_text("utf-8"), checksums)
    if (path / LICENCE_FILE).exists():
        packages += (source_of_the_book(locks),)
    return Artifact(path.resolve().name, packages)


def _read_pex(
    path: Path, locks: Collection[ArtifactLock], checksums: Mapping[tuple[str, str], str]
) -> Artifact:
    contents = PexContents.read(path)
    versions: dict[str, str] = {
        canonicalize_name(found.name): found.version for found in contents.distributions
    }
    lock = lock_of(path, versions, locks)
    packages = [_locked(distribution, lock) for distribution in contents.distributions]
    if any(member.startswith(f"{_SITE_IN_PEX}/") for member in contents.members):
        with ZipFile(path) as archive:
            site = archive.read(f"{_SITE_IN_PEX}/{PACKAGES}").decode("utf-8")
        packages += bundled_packages(f"{path}/{_SITE_IN_PEX}", site, checksums)
        if f"{_SITE_IN_PEX}/{LICENCE_FILE}" in contents.members:
            packages.append(source_of_the_book(locks))
    return Artifact(
        name=path.stem,
        packages=tuple(packages),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        runtime=Package("pypi", "pex", contents.pex_version, ("Apache-2.0",)),
    )


def _locked(distribution: Distribution, lock: ArtifactLock) -> Package:
    name = canonicalize_name(distribution.name)
    return Package(
        registry="pypi",
        name=name,
        version=distribution.version,
        licences=distribution.licences,
        sha256=lock.pins[name].sha256,
        properties={
            "pex:fingerprint:sha256": distribution.fingerprint,
            "pex:wheel": distribution.wheel,
        },
    )
