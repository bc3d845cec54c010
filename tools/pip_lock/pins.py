"""The pins of a lock that pip-compile wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(\[[^]]*\])?==(?P<version>[^\s;\\]+)")
# The one option that a lock has.
_WHEELS_ALONE = "--only-binary :all:"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"\s+# (?:via )?\s*(?P<origin>\S.*)")


class LockError(Exception):
    """A file is no lock that can be relied on; the message is one line that says why."""


@dataclass(frozen=True)
class Pin:
    """One package of a lock."""

    name: str  # normalized
    version: str
    line: int
    text: str  # as it stands in the lock: with its hashes and the comment on its origins
    wanted_by: frozenset[str]  # normalized names, and `-r FILE.in` for what a person asked for

    @property
    def sha256(self) -> tuple[str, ...]:
        """The digests of the files that may be installed for it, sorted."""
        return tuple(sorted(_HASH.findall(self.text)))


@dataclass(frozen=True)
class PythonLock:
    """A lock, and how it is called in a report: its path from the root, with slashes."""

    path: Path
    subject: str


def read_pins(lock: Path) -> dict[str, Pin]:
    """The pins of a lock by normalized name.

    Raises LockError: there is none, one is there twice, or a line is not understood.
    """
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lock.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#") or line == _WHEELS_ALONE:
            continue
        if line[0].isspace():
            if not blocks:
                raise LockError(f"line {number} of the lock belongs to no package")
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
    pins = {}
    for number, lines in blocks:
        match = _PIN.match(lines[0])
        if not match:
            raise LockError(f"line {number} of the lock pins nothing")
        pin = Pin(
            name=canonicalize_name(match["name"]),
            version=match["version"],
            line=number,
            text="\n".join(lines) + "\n",
            wanted_by=frozenset(_origins(lines[1:])),
        )
        if pin.name in pins:
            raise LockError(f"line {number} of the lock pins {pin.name} once more")
        pins[pin.name] = pin
    if not pins:
        raise LockError("the lock pins no package")
    return pins


def required_by(pins: dict[str, Pin], roots: Iterable[str]) -> dict[str, Pin]:
    """The pins that some roots need, themselves included.

    A root is a package's name, or `-r FILE.in` for all that this file asks for.
    """
    needed = set(roots)
    while True:
        more = {name for name, pin in pins.items() if pin.wanted_by & needed} - needed
        if not more:
            return {name: pin for name, pin in pins.items() if name in needed}
        needed |= more


def _origins(lines: list[str]) -> Iterable[str]:
    for line in lines:
        match = _VIA.fullmatch(line)
        if match and match["origin"] != "via":
            origin = match["origin"]
            yield origin if origin.startswith("-r ") else canonicalize_name(origin)
