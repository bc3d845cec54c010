"""The opening book in the client's site: data that tools/opening_book made from a package's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sbom.package import Package, SbomError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sbom.artifact_lock import ArtifactLock

LICENCE_FILE = "opening-book-LICENSE.txt"
"""Whoever carries the book has it beside it."""

_SOURCE = "bitbully-databases"


def source_of_the_book(locks: Iterable[ArtifactLock]) -> Package:
    """The package whose data the book is. Raises SbomError if no lock has it."""
    for lock in locks:
        if pin := lock.pins.get(_SOURCE):
            return Package(
                registry="pypi",
                name=_SOURCE,
                version=pin.version,
                licences=("MIT",),
                sha256=pin.sha256,
                properties={"connect4:carried-as": "opening book"},
            )
    raise SbomError(f"no lock has {_SOURCE}, which the opening book was made from")
