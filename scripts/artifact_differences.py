"""Compares two folders of artifacts byte by byte, and says what it is that differs."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from artifact_digests import digests

if TYPE_CHECKING:
    from pathlib import Path


def differences(first: Path, second: Path) -> list[str]:
    """What differs between the files of two folders, a line each; none if nothing does.

    Of an archive the lines name the members. Raises OSError.
    """
    ours, theirs = digests(first), digests(second)
    lines = []
    for path in sorted(ours.keys() | theirs.keys()):
        if path not in theirs:
            lines.append(f"{path}: only in the first build")
        elif path not in ours:
            lines.append(f"{path}: only in the second build")
        elif ours[path] != theirs[path]:
            members = _differing_members(first / path, second / path)
            lines += [f"{path}: {member}" for member in members] or [f"{path}: differs"]
    return lines


def _differing_members(first: Path, second: Path) -> list[str]:
    """An archive's members that differ, and in what; none of what is no archive."""
    if not (zipfile.is_zipfile(first) and zipfile.is_zipfile(second)):
        return []
    with zipfile.ZipFile(first) as ours, zipfile.ZipFile(second) as theirs:
        one = {info.filename: info for info in ours.infolist()}
        other = {info.filename: info for info in theirs.infolist()}
        lines = [
            f"{name}: only in the {'first' if name in one else 'second'} build"
            for name in sorted(one.keys() ^ other.keys())
        ]
        for name in sorted(one.keys() & other.keys()):
            what = [
                word
                for word, differs in (
                    ("content", ours.read(name) != theirs.read(name)),
                    ("time", one[name].date_time != other[name].date_time),
                    ("mode", one[name].external_attr != other[name].external_attr),
                )
                if differs
            ]
            lines += [f"{name}: {', '.join(what)}"] if what else []
        if not lines and list(one) != list(other):
            lines.append("the order of the members")
        return lines
