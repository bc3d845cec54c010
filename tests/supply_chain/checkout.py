"""A copy of the repository, to build it elsewhere and to tamper with it."""

from __future__ import annotations

import shutil
from pathlib import Path

# What the target //:repository lists; the sandbox holds built artifacts, too.
_PARTS = [
    *("pants", "pants.toml", "BUILD"),
    *("3rdparty", "build-support", "lockfiles", "migrations", "scripts", "src", "tools"),
]


def copy_repository(to: Path) -> Path:
    """Copies the sources from the working directory; returns the copy's folder.

    Raises OSError.
    """
    to.mkdir(parents=True)
    for part in map(Path, _PARTS):
        if part.is_dir():
            shutil.copytree(part, to / part)
        else:
            shutil.copy(part, to)
    return to


def change_a_digit(file: Path, hexadecimal: str) -> None:
    """Changes the last digit of a number that stands once in a file.

    Raises ValueError if it does not.
    """
    text = file.read_text(encoding="utf-8")
    if text.count(hexadecimal) != 1:
        raise ValueError(f"{hexadecimal} stands {text.count(hexadecimal)} times in {file.name}")
    changed = hexadecimal[:-1] + ("1" if hexadecimal.endswith("0") else "0")
    file.write_text(text.replace(hexadecimal, changed), encoding="utf-8")
