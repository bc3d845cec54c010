"""What `./pants package` makes of a copy of the repository, of a true one and of tampered ones.

The copies are built by another Pants, in other folders; the artifacts beside this test were built
by the one that runs it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from artifact_differences import differences
from cold_build import ColdBuild

from supply_chain.checkout import change_a_digit, copy_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first builds everything.
pytestmark = pytest.mark.timeout(3000)

BUILT = ["connect4-client", "connect4.pex", "src.python.connect4_server/server.pex"]
BUILT += ["src.python.migrations/migrations.pex"]

CLIENT = "src/js/connect4-client"
MIGRATIONS = "src/python/migrations:migrations"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that is gone after the tests: the caches in it hold gigabytes."""
    with tempfile.TemporaryDirectory(prefix="cold-builds-") as path:
        yield Path(path)


@pytest.fixture(scope="module")
def true_build(folder: Path) -> ColdBuild:
    """Everything, built of an untouched copy of the repository."""
    checkout = copy_repository(folder / "quite" / "another place" / "for-the-same-sources")
    build = ColdBuild(checkout, folder / "cache", zone="Asia/Kathmandu", umask=0o077)
    packaged = build.package("::")
    assert packaged.returncode == 0, packaged.stdout
    return build


@pytest.fixture
def tampered(true_build: ColdBuild, tmp_path: Path) -> ColdBuild:
    """A copy to tamper with, whose caches know all the true files: not even they may help."""
    return ColdBuild(copy_repository(tmp_path / "checkout"), true_build.cache)


def test_another_folder_and_cold_caches_give_the_same_bytes(
    true_build: ColdBuild, tmp_path: Path
) -> None:
    for artifact in BUILT:
        (tmp_path / artifact).parent.mkdir(exist_ok=True)
        if Path(artifact).is_dir():
            shutil.copytree(artifact, tmp_path / artifact)
        else:
            shutil.copy(artifact, tmp_path / artifact)
    assert differences(tmp_path, true_build.dist) == []


def test_one_changed_hash_in_a_python_lock_fails_the_build(
    true_build: ColdBuild, tampered: ColdBuild
) -> None:
    # Of the hashes in the lock this is that of the file which was really used.
    lock = tampered.checkout / "lockfiles/migrations.txt"
    used = {
        wheel.parent.name
        for wheel in true_build.cache.rglob("installed_wheels/*/alembic-*.whl")
        if wheel.parent.name in lock.read_text(encoding="utf-8")
    }
    change_a_digit(lock, used.pop())
    packaged = tampered.package(MIGRATIONS)
    assert packaged.returncode != 0
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in packaged.stdout
    assert "alembic" in packaged.stdout
    assert not tampered.dist.exists()


def test_one_changed_checksum_in_yarn_lock_fails_the_build(tampered: ColdBuild) -> None:
    lock = tampered.checkout / CLIENT / "yarn.lock"
    entry = lock.read_text(encoding="utf-8").split('resolution: "next@npm:')[1]
    checksum = re.search(r"checksum: \w+/([0-9a-f]{128})", entry)
    assert checksum
    change_a_digit(lock, checksum[1])
    packaged = tampered.package(CLIENT)
    assert packaged.returncode != 0
    assert "next@npm" in packaged.stdout
    assert "The remote archive doesn't match the expected checksum" in packaged.stdout
    assert not tampered.dist.exists()
