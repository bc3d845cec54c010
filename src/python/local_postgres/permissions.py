"""What the permission bits of files let every user of the machine do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def all_may_run(program: Path) -> bool:
    """Whether every user may read and start the file, and reach it."""
    return program.stat().st_mode & 0o005 == 0o005 and all_may_enter(program.parent)


def all_may_enter(folder: Path) -> bool:
    """Whether every user may pass through the folder and those above it."""
    path = folder.resolve()
    return all(passed.stat().st_mode & 0o001 for passed in (path, *path.parents))
