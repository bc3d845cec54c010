"""All benchmarks that have a goal or a ceiling, one after another.

    ./pants package //:connect4 src/python/connect4_server:server
    ./pants run benchmarks:all [-- --quick] [NAME ...]

Each prints its table and writes dist/benchmarks/NAME.json. Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import growth
import latency
import migration
import request_path
import start
import throughput
import watchers
from measuring.options import FOLDER

if TYPE_CHECKING:
    from types import ModuleType

BENCHMARKS: dict[str, ModuleType] = {
    "throughput": throughput,
    "latency": latency,
    "watchers": watchers,
    "start": start,
    "growth": growth,
    "migration": migration,
    "request_path": request_path,
}


def run(benchmark: ModuleType, *arguments: str) -> int:
    """Runs it in a process of its own and returns its exit status.

    What the last one has left in the memory would count as the next one's, and no failure of one
    keeps the others from being run.
    """
    return subprocess.run(
        [sys.executable, "-m", benchmark.__name__, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    ).returncode


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if that of a benchmark is not 0."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--quick", action="store_true", help="few and short rounds: to see that they work"
    )
    parser.add_argument("--output", type=Path, default=FOLDER, metavar="DIR", help="(%(default)s)")
    options = parser.parse_args(argv)
    names = options.names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {unknown[0]}")
    failed = []
    for name in names:
        sys.stdout.write(f"## {name}\n\n")
        sys.stdout.flush()
        benchmark = BENCHMARKS[name]
        quick = benchmark.QUICK if options.quick else ()
        if run(benchmark, *quick, "--output", str(options.output)):
            failed.append(name)
        sys.stdout.write("\n")
    said = f"failed or missed: {', '.join(failed)}" if failed else "every goal is met"
    sys.stdout.write(f"{said}\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
