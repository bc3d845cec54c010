"""Compiles the locks of all resolves, or of those named, with pip-compile.

    ./pants run 3rdparty:lock -- [--upgrade] [--upgrade-package NAME] [RESOLVE ...]

Each 3rdparty/RESOLVE.in becomes lockfiles/RESOLVE.txt, pinned with hashes. What the machine is
configured to (indexes, find-links, trusted hosts) does not enter the output, and a pin that
still fits stays: unchanged inputs give an unchanged lock.
"""

import argparse
import subprocess
import sys
from pathlib import Path

OPTIONS = [
    "--quiet",
    "--allow-unsafe",
    "--generate-hashes",
    "--no-emit-find-links",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--strip-extras",
]


def main(root: Path, arguments: list[str]) -> int:
    """Returns the exit status: pip-compile's, of the first resolve that it could not lock."""
    known = sorted(lock.stem for lock in (root / "lockfiles").glob("*.txt"))
    parser = argparse.ArgumentParser(prog="3rdparty:lock", description=__doc__.splitlines()[0])
    parser.add_argument("resolves", nargs="*", metavar="RESOLVE", help=f"of {', '.join(known)}")
    parser.add_argument("--upgrade", action="store_true", help="move every pin to its newest")
    parser.add_argument("--upgrade-package", action="append", default=[], metavar="NAME")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.resolves) - set(known))
    if unknown:
        parser.error(f"no resolve {', '.join(unknown)}: there are {', '.join(known)}")

    upgrades = ["--upgrade"] if options.upgrade else []
    for package in options.upgrade_package:
        upgrades += ["--upgrade-package", package]
    for resolve in options.resolves or known:
        compiled = subprocess.run(
            [
                *(sys.executable, "-m", "piptools", "compile"),
                *OPTIONS,
                *upgrades,
                f"--output-file=lockfiles/{resolve}.txt",
                f"3rdparty/{resolve}.in",
            ],
            cwd=root,
            check=False,
        )
        if compiled.returncode:
            return compiled.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), sys.argv[1:]))
