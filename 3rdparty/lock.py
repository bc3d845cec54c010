"""Compiles the locks of all resolves, or of those named, with pip-compile.

    ./pants run 3rdparty:lock -- [--upgrade] [--upgrade-package NAME] [--check] [RESOLVE ...]

Each 3rdparty/RESOLVE.in becomes lockfiles/RESOLVE.txt, pinned with hashes. What the machine is
configured to (indexes, find-links, trusted hosts, pip-tools' own settings) does not enter the
output, and a pin that still fits stays: unchanged inputs give an unchanged lock.
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

OPTIONS = [
    "--quiet",
    "--allow-unsafe",
    "--generate-hashes",
    "--no-config",
    "--no-emit-find-links",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--strip-extras",
]

STALE = 1
FAILED = 3


def compile_locks(root: Path, resolves: list[str], upgrades: list[str]) -> int:
    """Writes ROOT's locks of RESOLVES; returns 0, or FAILED at the first that has no solution."""
    environment = dict(os.environ)
    # Dependabot reads the options out of the header, where this would stand in their place.
    environment.pop("CUSTOM_COMPILE_COMMAND", None)
    for resolve in resolves:
        compiled = subprocess.run(
            [
                *(sys.executable, "-m", "piptools", "compile"),
                *OPTIONS,
                *upgrades,
                f"--output-file=lockfiles/{resolve}.txt",
                f"3rdparty/{resolve}.in",
            ],
            cwd=root,
            env=environment,
            check=False,
        )
        if compiled.returncode:
            sys.stderr.write(f"lock: {resolve} could not be compiled\n")
            return FAILED
    return 0


def check_locks(root: Path, resolves: list[str]) -> int:
    """Prints how ROOT's locks of RESOLVES would change, and writes none.

    Returns 0, STALE if one would change, or FAILED if one cannot be compiled.
    """
    stale = []
    with tempfile.TemporaryDirectory(prefix="lock-check-") as folder:
        copy = Path(folder)
        for kind in ("3rdparty/*.in", "lockfiles/*.txt"):
            (copy / kind).parent.mkdir()
            for path in root.glob(kind):
                shutil.copy(path, copy / path.relative_to(root))
        if status := compile_locks(copy, resolves, []):
            return status
        for resolve in resolves:
            lock = f"lockfiles/{resolve}.txt"
            before, after = (
                (folder / lock).read_text(encoding="utf-8").splitlines(keepends=True)
                for folder in (root, copy)
            )
            if before != after:
                stale.append(resolve)
                sys.stdout.writelines(
                    difflib.unified_diff(
                        before, after, lock, f"what 3rdparty/{resolve}.in asks for"
                    )
                )
    if stale:
        sys.stderr.write(f"lock: not what the inputs ask for; run `just lock {' '.join(stale)}`\n")
    return STALE if stale else 0


def main(root: Path, arguments: list[str]) -> int:
    """Returns the exit status: 0, STALE or FAILED; a wrong call exits with 2."""
    known = sorted(lock.stem for lock in (root / "lockfiles").glob("*.txt"))
    parser = argparse.ArgumentParser(prog="3rdparty:lock", description=__doc__.splitlines()[0])
    parser.add_argument("resolves", nargs="*", metavar="RESOLVE", help=f"of {', '.join(known)}")
    parser.add_argument("--upgrade", action="store_true", help="move every pin to its newest")
    parser.add_argument(
        "--upgrade-package",
        action="append",
        default=[],
        metavar="NAME",
        help="move this pin to its newest, or with NAME==VERSION to that",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail, with the diff, on a stale lock"
    )
    options = parser.parse_args(arguments)
    # A resolve is new as long as it has an input and no lock.
    inputs = {path.stem for path in (root / "3rdparty").glob("*.in")}
    unknown = sorted(set(options.resolves) - inputs)
    if unknown:
        parser.error(f"no resolve {', '.join(unknown)}: there are {', '.join(known)}")

    resolves = options.resolves or known
    upgrades = ["--upgrade"] if options.upgrade else []
    for package in options.upgrade_package:
        upgrades += ["--upgrade-package", package]
    if not options.check:
        return compile_locks(root, resolves, upgrades)
    if upgrades:
        parser.error("--check takes the locks as they are: no upgrades with it")
    return check_locks(root, resolves)


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), sys.argv[1:]))
