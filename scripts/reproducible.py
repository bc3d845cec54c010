"""Builds what is shipped twice, in two folders with cold caches, and compares it byte by byte.

    python3 scripts/reproducible.py [TARGET ...]

Both builds are made of clones of HEAD: what is not committed does not count. They differ in
whatever should not matter: the depth and the name of the folder, the time, the time zone and the
umask. Nothing is shared between them but the machine and its settings for the package indexes.

Prints the digest of every file that `./pants package` made. Exits with 1 if the two builds
differ, and says in which file and, of an archive, in which members; with 2 if one of them failed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from artifact_differences import differences
from artifact_digests import digests
from cold_build import ColdBuild


def main(root: Path, targets: list[str]) -> int:
    """Builds, compares and reports; returns the exit status that is described above."""
    with tempfile.TemporaryDirectory(prefix="reproducible-") as folder:
        base = Path(folder)
        deep = base / "b" / "quite" / "another place" / "of-the-same-commit"
        first = ColdBuild(base / "a" / "connect4", base / "1", "UTC", 0o022)
        second = ColdBuild(deep, base / "2", "Asia/Kathmandu", 0o077)
        # Both at once: HEAD may be another commit by the time the first build has ended.
        for build in (first, second):
            build.checkout.parent.mkdir(parents=True)
            subprocess.run(
                ["git", "clone", "--quiet", "--no-hardlinks", root, build.checkout], check=True
            )
        seconds = []
        for build in (first, second):
            started = time.monotonic()
            packaged = build.package(*targets)
            if packaged.returncode:
                sys.stderr.write(f"{packaged.stdout}\nreproducible: the build failed (see above)\n")
                return 2
            seconds.append(f"{time.monotonic() - started:.0f} s")
        built = digests(first.dist)
        lines = differences(first.dist, second.dist)
    for path, sha256 in built.items():
        sys.stdout.write(f"{sha256}  {path}\n")
    for line in lines:
        sys.stdout.write(f"DIFFERS  {line}\n")
    verdict = "NOT the same in both builds" if lines else "the same in both builds"
    sys.stdout.write(f"{len(built)} files, {verdict} ({' and '.join(seconds)})\n")
    return 1 if lines or not built else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent, sys.argv[1:] or ["::"]))
