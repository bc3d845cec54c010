"""Plays many moves on several servers, kills them meanwhile, and checks that nothing is lost.

    ./pants run tools/history_checker:history_checker -- [--moves NUMBER] [--kills NUMBER]

Prints what it does, and a table in the end. The exit status is 1 if a violation was found: then
the history, the games of the database and the violations are in dist/history-checker.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from history_checker.history import Kind, Outcome
from history_checker.run import POSTGRES, SERVER, Plan, run

if TYPE_CHECKING:
    from history_checker.run import Result

FOLDER = Path("dist/history-checker")
_MOST_SHOWN = 10


def table(result: Result) -> list[tuple[str, str]]:
    """What has happened, a row each."""

    def known(kind: Kind) -> list[tuple[str, str]]:
        return [
            (f"{kind}: {outcome}", f"{result.count(kind, outcome):,}")
            for outcome in (Outcome.OK, Outcome.FAIL, Outcome.UNKNOWN)
        ]

    moves = result.history.acknowledged_moves
    return [
        ("moves acknowledged", f"{moves:,}"),
        ("moves refused", f"{result.count(Kind.MOVE, Outcome.FAIL):,}"),
        ("moves unknown", f"{result.count(Kind.MOVE, Outcome.UNKNOWN):,}"),
        ("moves and joins sent again", f"{result.count_if(lambda each: each.again):,}"),
        ("resignations acknowledged", f"{result.count(Kind.RESIGN, Outcome.OK):,}"),
        ("reads checked", f"{result.count(Kind.READ, Outcome.OK):,}"),
        ("streams", f"{result.count(Kind.WATCH, Outcome.OK):,}"),
        ("events checked", f"{result.count(Kind.EVENT, Outcome.OK):,}"),
        ("requests", f"{result.count_if(lambda each: each.kind is not Kind.EVENT):,}"),
        ("games", f"{len(result.finals):,}"),
        *(row for kind in (Kind.CREATE, Kind.JOIN) for row in known(kind)),
        ("kill -9 of a server", f"{result.kills[SERVER]:,}"),
        ("kill -9 of PostgreSQL", f"{result.kills[POSTGRES]:,}"),
        *((fault, f"{number:,}") for fault, number in sorted(result.faults.items())),
        ("time", f"{result.seconds:.0f} s, {moves / result.seconds:.0f} moves a second"),
        ("violations", f"{len(result.violations):,}"),
    ]


def write(result: Result, folder: Path) -> None:
    """Writes what shows the violations. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    result.history.write(folder / "history.jsonl")
    with (folder / "games.jsonl").open("w") as lines:
        lines.writelines(json.dumps(asdict(final)) + "\n" for final in result.finals)
    (folder / "violations.txt").write_text("".join(f"{each}\n" for each in result.violations))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(argv: list[str]) -> int:
    """Returns the exit status."""
    plan = Plan()
    parser = argparse.ArgumentParser(prog="history_checker", description=__doc__)
    parser.add_argument("--moves", type=int, default=plan.moves, help="(%(default)d)")
    parser.add_argument("--kills", type=int, default=plan.kills, help="(%(default)d)")
    parser.add_argument("--servers", type=int, default=plan.servers, help="(%(default)d)")
    parser.add_argument("--clients", type=int, default=plan.clients, help="(%(default)d)")
    parser.add_argument("--seed", type=int, default=plan.seed, help="(%(default)d)")
    arguments = parser.parse_args(argv)
    if arguments.clients < 2 or arguments.clients % 2:
        parser.error("two clients sit at a table: --clients is an even number")
    result = run(Plan(**vars(arguments)), _say)
    _say("\n| | |\n| --- | ---: |")
    for name, figure in table(result):
        _say(f"| {name} | {figure} |")
    if not result.violations:
        return 0
    for violation in result.violations[:_MOST_SHOWN]:
        _say(f"\n{violation}")
    write(result, FOLDER)
    _say(f"\nall of them, and the history, are in {FOLDER}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
