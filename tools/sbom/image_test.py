"""What is read from the files of an image."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from pip_lock import Pin
from sbom.artifact_lock import ArtifactLock
from sbom.image import packages_in, read_files
from sbom.package import SbomError

SITE_PACKAGES = "app/lib/python3.11/site-packages"
FILES = {
    f"{SITE_PACKAGES}/flask-3.1.dist-info/METADATA": "Name: Flask\nVersion: 3.1\nLicense: MIT\n",
    f"{SITE_PACKAGES}/connect4_client/packages.json": '[{"name": "next", "version": "16.0.0"}]',
    "usr/local/lib/python3.11/site-packages/pip-26.0.dist-info/METADATA": (
        "Name: pip\nVersion: 26.0\n"
    ),
    "usr/lib/os-release": 'ID=debian\nVERSION_ID="12"\n',
    "var/lib/dpkg/status": (
        "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2-2+b1\n\n"
        "Package: gone\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\n"
    ),
}
LOCK = ArtifactLock(
    Path("server.txt"),
    {"flask": Pin("flask", "3.1", 1, f"flask==3.1 --hash=sha256:{'0' * 64}", frozenset())},
)
CHECKSUMS = {("next", "16.0.0"): "10/abc"}


def test_only_what_says_something_of_packages_is_read() -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as image:
        for name, text in {**FILES, f"{SITE_PACKAGES}/flask/app.py": "", "etc/shadow": ""}.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            image.addfile(member, io.BytesIO(text.encode()))
    archive.seek(0)
    assert read_files(archive) == FILES


def test_python_npm_and_debian_packages_are_found() -> None:
    found = packages_in("connect4-server", FILES, [LOCK], CHECKSUMS)
    assert {(package.registry, package.name, package.version) for package in found} == {
        ("pypi", "flask", "3.1"),
        ("pypi", "pip", "26.0"),
        ("npm", "next", "16.0.0"),
        ("deb", "debian/bash", "5.2-2+b1"),
    }
    by_name = {package.name: package for package in found}
    assert by_name["flask"].sha256 == ("0" * 64,)
    assert by_name["debian/bash"].qualifiers == {"arch": "amd64", "distro": "debian-12"}


def test_what_no_lock_has_is_refused() -> None:
    name = f"{SITE_PACKAGES}/secret-1.0.dist-info/METADATA"
    files = {**FILES, name: "Name: secret\nVersion: 1.0\n"}
    with pytest.raises(SbomError, match="connect4-server: no lock has what is in it"):
        packages_in("connect4-server", files, [LOCK], CHECKSUMS)
