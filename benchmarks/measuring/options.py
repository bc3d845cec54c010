"""The options that benchmarks have in common."""

import argparse
from pathlib import Path

FOLDER = Path("dist/benchmarks")


def common_options(
    name: str, doc: str | None, *, rounds: int | None = None, seconds: float | None = None
) -> argparse.ArgumentParser:
    """A parser for a benchmark's own options, how often, for how long, and where to."""
    parser = argparse.ArgumentParser(
        prog=f"benchmarks/{name}.py",
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if rounds is not None:
        parser.add_argument("--rounds", type=int, default=rounds, help="(%(default)d)")
    if seconds is not None:
        parser.add_argument("--seconds", type=float, default=seconds, help="each (%(default)g)")
    parser.add_argument("--output", type=Path, default=FOLDER, metavar="DIR", help="(%(default)s)")
    return parser
