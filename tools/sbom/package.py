"""What a bill of materials says about one package, whichever registry it is from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


class SbomError(Exception):
    """No correct bill of materials can be written; the message says of what, and why."""


@dataclass(frozen=True)
class Package:
    """One package that is in an artifact."""

    registry: Literal["deb", "npm", "pypi"]
    name: str
    """With its namespace in front, if it has one, and a slash."""
    version: str
    licences: tuple[str, ...] = ()
    """SPDX identifiers or expressions where the package declares them, else its own words."""
    sha256: tuple[str, ...] = ()
    """Of the files that the lock accepts for this version; the one that was used is among them."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Whatever else identifies it, by the names that stand in the document."""
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    """Of its package URL: https://github.com/package-url/purl-spec."""
