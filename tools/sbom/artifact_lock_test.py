"""Which lock an artifact is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sbom.artifact_lock import ArtifactLock, lock_of
from sbom.package import SbomError

if TYPE_CHECKING:
    from pathlib import Path

A, B = "a" * 64, "b" * 64


def lock(folder: Path, name: str, text: str) -> ArtifactLock:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return ArtifactLock.read(path)


def test_a_pin_without_a_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SbomError, match="flask has no sha256"):
        lock(tmp_path, "server", "flask==3.1.3\n")


def test_the_smallest_lock_that_has_everything_is_the_one(tmp_path: Path) -> None:
    flask, alembic = f"flask==3.1.3 --hash=sha256:{A}\n", f"alembic==1.20.1 --hash=sha256:{B}\n"
    large = lock(tmp_path, "connect4", flask + alembic)
    small = lock(tmp_path, "server", flask)
    other = lock(tmp_path, "older", flask.replace("3.1.3", "3.1.2"))
    artifact = tmp_path / "server.pex"
    assert lock_of(artifact, {"flask": "3.1.3"}, [large, other, small]) is small
    with pytest.raises(SbomError, match=r"server\.pex: no lock"):
        lock_of(artifact, {"flask": "3.1.1"}, [large, other, small])
