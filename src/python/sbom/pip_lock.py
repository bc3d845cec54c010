"""The locks of the Python resolves, as pip-compile writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sbom.package import SbomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PIN = re.compile(r"([A-Za-z0-9][\w.-]*)(?:\[[^]]*])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def normalized(name: str) -> str:
    """The one spelling of a distribution's name that indexes compare by."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True)
class Pin:
    """What a lock allows of one distribution: a version, and the SHA-256 of its files."""

    version: str
    sha256: tuple[str, ...]


@dataclass(frozen=True)
class PipLock:
    """A lock, its pins by the normalized name."""

    path: Path
    pins: Mapping[str, Pin]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads a lock. Raises OSError, and SbomError if it pins something without a hash."""
        pins = {}
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in text.splitlines():
            pin = _PIN.match(line)
            if pin is None:
                continue
            hashes = tuple(sorted(_HASH.findall(line)))
            if not hashes:
                raise SbomError(f"{path}: {pin[1]} has no sha256")
            pins[normalized(pin[1])] = Pin(pin[2], hashes)
        return cls(path, pins)

    def covers(self, versions: Mapping[str, str]) -> bool:
        """Whether it pins all of these names at these versions."""
        return all(
            name in self.pins and self.pins[name].version == version
            for name, version in versions.items()
        )


def lock_of(artifact: Path, versions: Mapping[str, str], locks: Iterable[PipLock]) -> PipLock:
    """The lock that an artifact with these distributions was made from.

    It is the smallest that covers them: a larger one may, too, since all of them agree about
    what they share. Raises SbomError if there is none.
    """
    covering = [lock for lock in locks if lock.covers(versions)]
    if not covering:
        raise SbomError(f"{artifact}: no lock has what is in it; was it built of another commit?")
    return min(covering, key=lambda lock: (len(lock.pins), lock.path.name))
