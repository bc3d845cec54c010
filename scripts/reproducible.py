"""Builds every artifact twice, in two folders with cold caches, and compares them byte by byte.

    python3 scripts/reproducible.py [TARGET ...]

Both builds are made of clones of HEAD: what is not committed does not count. They differ in
whatever should not matter: the depth and the name of the folder, the time, the time zone and the
umask. Nothing is shared between them but the machine and its settings for the package indexes.

Prints the digest of every file that `./pants package` made. Exits with 1 if the two builds
differ, and says in which file and, of an archive, in which members; with 2 if one of them failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from artifact_digests import digests


class BuildError(Exception):
    """A clone could not be made or built; the message says which command failed."""


def build(root: Path, clone: Path, cache: Path, targets: list[str], zone: str, umask: int) -> Path:
    """Clones the repository's HEAD and packages the targets with an empty cache.

    Returns the folder of the artifacts. Raises BuildError.
    """
    clone.parent.mkdir(parents=True)
    # Pants, Pex, pip, Yarn and the caches of `./pants` itself: all of them are below this one.
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "TZ": zone}
    environment.pop("CONNECT4_PANTS_CACHE", None)
    for command, directory in (
        (["git", "clone", "--quiet", "--no-hardlinks", str(root), str(clone)], clone.parent),
        (["./pants", "--no-pantsd", "package", *targets], clone),
    ):
        # Else what the builds say would get in between the lines of the report.
        status = subprocess.run(
            command, cwd=directory, env=environment, umask=umask, stdout=sys.stderr, check=False
        ).returncode
        if status:
            raise BuildError(f"{' '.join(command)}: exit status {status}")
    return clone / "dist"


def differences(first: Path, second: Path) -> list[str]:
    """What differs between two folders, a line each; none if they are the same byte by byte.

    Raises OSError.
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
    """The names of an archive's members that differ, and how; none of what is no archive."""
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


def main(root: Path, targets: list[str]) -> int:
    """Builds, compares and reports; returns the exit status that is described above."""
    with tempfile.TemporaryDirectory(prefix="reproducible-") as folder:
        base = Path(folder)
        started = time.monotonic()
        try:
            first = build(root, base / "a" / "connect4", base / "1", targets, "UTC", 0o022)
            halfway = time.monotonic()
            deep = base / "b" / "quite" / "another place" / "of-the-same-commit"
            second = build(root, deep, base / "2", targets, "Asia/Kathmandu", 0o077)
        except BuildError as error:
            sys.stderr.write(f"reproducible: {error}\n")
            return 2
        ended = time.monotonic()
        for path, sha256 in digests(first).items():
            sys.stdout.write(f"{sha256}  {path}\n")
        lines = differences(first, second)
        count = len(digests(first))
    for line in lines:
        sys.stdout.write(f"DIFFERS  {line}\n")
    verdict = "NOT the same in both builds" if lines else "the same in both builds"
    sys.stdout.write(
        f"{count} files, {verdict} ({halfway - started:.0f} s and {ended - halfway:.0f} s)\n"
    )
    return 1 if lines or not count else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent, sys.argv[1:] or ["::"]))
