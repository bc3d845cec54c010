"""Which of the locks an artifact was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pip_lock import read_pins
from sbom.package import SbomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pip_lock import Pin


@dataclass(frozen=True)
class ArtifactLock:
    """A lock, its pins by the normalized name."""

    path: Path
    pins: Mapping[str, Pin]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads a lock. Raises OSError, LockError, and SbomError if a pin has no hash."""
        pins = read_pins(path)
        for pin in pins.values():
            if not pin.sha256:
                raise SbomError(f"{path}: {pin.name} has no sha256")
        return cls(path, pins)

    def covers(self, versions: Mapping[str, str]) -> bool:
        """Whether it pins all of these names at these versions."""
        return all(
            name in self.pins and self.pins[name].version == version
            for name, version in versions.items()
        )


def lock_of(
    artifact: Path | str, versions: Mapping[str, str], locks: Iterable[ArtifactLock]
) -> ArtifactLock:
    """The lock that an artifact with these distributions was made from.

    It is the smallest that covers them: a larger one may, too, since all of them agree about
    what they share. Raises SbomError if there is none.
    """
    covering = [lock for lock in locks if lock.covers(versions)]
    if not covering:
        raise SbomError(f"{artifact}: no lock has what is in it; was it built of another commit?")
    return min(covering, key=lambda lock: (len(lock.pins), lock.path.name))
