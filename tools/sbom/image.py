"""A container image, and the packages that are in it."""

from __future__ import annotations

import re
import subprocess
import tarfile
from email.parser import HeaderParser
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from packaging.utils import canonicalize_name

from sbom.artifact import Artifact
from sbom.artifact_lock import lock_of
from sbom.client_bundle import PACKAGES, bundled_packages
from sbom.licences import declared_licences
from sbom.package import Package, SbomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sbom.artifact_lock import ArtifactLock

# Ours, unpacked from a PEX; and what comes with the base image.
_UNPACKED = re.compile(r"app/lib/python3\.\d+/site-packages/[^/]+\.dist-info/METADATA")
_OF_BASE = re.compile(r"usr/local/lib/python3\.\d+/site-packages/[^/]+\.dist-info/METADATA")
_SITE = re.compile(rf"(client/site|app/lib/.*/connect4_client)/{re.escape(PACKAGES)}")
# https://man7.org/linux/man-pages/man1/dpkg-query.1.html
_DEBIAN = re.compile(r"var/lib/dpkg/status")
_RELEASE = re.compile(r"usr/lib/os-release")
_READ = (_UNPACKED, _OF_BASE, _SITE, _DEBIAN, _RELEASE)


def read_image(
    image: str, locks: Iterable[ArtifactLock], checksums: Mapping[tuple[str, str], str]
) -> Artifact:
    """Reads an image that the Docker engine has, without starting it.

    Takes its name, the locks that its programs may be made from, and the checksums of yarn.lock by
    name and version. Raises SbomError if there is no such image, or it holds what no lock has.
    """
    identity = _docker("image", "inspect", "--format={{.Id}}", image)
    container = _docker("create", image)
    try:
        with TemporaryFile() as archive:
            subprocess.run(["docker", "export", container], stdout=archive, check=True)
            archive.seek(0)
            files = read_files(archive)
    finally:
        _docker("rm", container)
    return Artifact(
        name=image.rpartition("/")[2].partition(":")[0],
        packages=packages_in(image, files, locks, checksums),
        sha256=identity.removeprefix("sha256:"),
        is_image=True,
    )


def read_files(archive: IO[bytes]) -> dict[str, str]:
    """The text of each file that says what is installed, by its path, from a tar of the image."""
    with tarfile.open(fileobj=archive, mode="r|") as members:
        return {
            member.name: content.read().decode("utf-8")
            for member in members
            if any(pattern.fullmatch(member.name) for pattern in _READ)
            and (content := members.extractfile(member)) is not None
        }


def packages_in(
    image: str,
    files: Mapping[str, str],
    locks: Iterable[ArtifactLock],
    checksums: Mapping[tuple[str, str], str],
) -> tuple[Package, ...]:
    """The packages that those files are about. Raises SbomError if no lock has one of ours."""

    def matching(pattern: re.Pattern[str]) -> list[str]:
        return [text for name, text in sorted(files.items()) if pattern.fullmatch(name)]

    unpacked = [_distribution(text) for text in matching(_UNPACKED)]
    found = [_distribution(text) for text in matching(_OF_BASE)]
    if unpacked:
        lock = lock_of(image, {package.name: package.version for package in unpacked}, locks)
        found += [_with_hashes(package, lock) for package in unpacked]
    for site in matching(_SITE):
        found += bundled_packages(image, site, checksums)
    for release, status in zip(matching(_RELEASE), matching(_DEBIAN), strict=True):
        fields = dict(line.split("=", 1) for line in release.splitlines() if line)
        found += _debian_packages(status, "debian-" + fields["VERSION_ID"].strip('"'))
    return tuple(found)


def _distribution(metadata: str) -> Package:
    fields = HeaderParser().parsestr(metadata)
    name: str = canonicalize_name(fields["Name"])
    return Package("pypi", name, fields["Version"], declared_licences(fields))


def _with_hashes(package: Package, lock: ArtifactLock) -> Package:
    return Package(
        "pypi", package.name, package.version, package.licences, lock.pins[package.name].sha256
    )


def _debian_packages(status: str, distribution: str) -> list[Package]:
    entries = [HeaderParser().parsestr(entry) for entry in status.strip().split("\n\n")]
    return [
        Package(
            "deb",
            f"debian/{entry['Package']}",
            entry["Version"],
            qualifiers={"arch": entry["Architecture"], "distro": distribution},
        )
        for entry in entries
        if entry["Status"] == "install ok installed"
    ]


def _docker(*arguments: str) -> str:
    ran = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SbomError(f"docker {' '.join(arguments)}: {ran.stderr.strip()}")
    return ran.stdout.strip()
