"""The command line, `migrations upgrade` and so on, for the database that the environment names."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from typing import TYPE_CHECKING

from connect4_models.database_url import ConfigurationError, connection_string
from migrations import commands, interruption
from migrations.errors import MigrationError

if TYPE_CHECKING:
    from collections.abc import Callable

_REFUSED = 1
_WRONG_CALL = 2
_INTERRUPTED = 128 + signal.SIGINT


def _database() -> str:
    return connection_string(os.environ)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _upgrade(arguments: argparse.Namespace) -> int:
    commands.upgrade(_database(), arguments.revision, patience=arguments.patience, report=_say)
    return 0


def _downgrade(arguments: argparse.Namespace) -> int:
    commands.downgrade(_database(), arguments.revision, patience=arguments.patience, report=_say)
    return 0


def _current(_: argparse.Namespace) -> int:
    _say(commands.current(_database()) or "no revision yet")
    return 0


def _history(_: argparse.Namespace) -> int:
    for line in commands.history():
        _say(line)
    return 0


def _check(_: argparse.Namespace) -> int:
    found = commands.check(_database())
    for line in found or ["the database is at the head, and what the models say"]:
        _say(line)
    return _REFUSED if found else 0


def _sql(arguments: argparse.Namespace) -> int:
    sys.stdout.write(commands.sql(arguments.between))
    return 0


def _revision(_: argparse.Namespace) -> int:
    raise MigrationError(
        'revisions are written in a clone: ./pants run migrations:revision -- -m "MESSAGE"'
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="migrations",
        description="Migrates the database that DATABASE_URL, or DATABASE_*, names.",
        epilog="Exit status: 0 done, 1 refused or failed, 2 wrong call, 130 interrupted.",
    )
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], summary: str
    ) -> argparse.ArgumentParser:
        added = subcommands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        added.set_defaults(run=run)
        return added

    upgrade = add("upgrade", _upgrade, "bring the schema up to a revision")
    upgrade.add_argument(
        "revision", nargs="?", default="head", help="an id or how it begins; the newest by default"
    )
    downgrade = add("downgrade", _downgrade, "take the schema back to a revision")
    downgrade.add_argument("revision", help="an id or how it begins, or `base` for none at all")
    for command in (upgrade, downgrade):
        command.add_argument(
            "--patience",
            type=float,
            default=commands.PATIENCE_SECONDS,
            metavar="SECONDS",
            help="how long each revision tries to get its locks (%(default)g)",
        )
    add("current", _current, "say which revision the database is at")
    add("history", _history, "list the revisions, from the newest")
    add("check", _check, "say whether the database is at the head, and what the models say")
    sql = add("sql", _sql, "print the SQL from one revision to another, asking no database")
    sql.add_argument(
        "between",
        nargs="?",
        default="base:head",
        metavar="FROM:TO",
        help="up or down; TO alone starts from nothing (%(default)s)",
    )
    add("revision", _revision, "write a new revision: in a clone only")
    return parser


def main(argv: list[str]) -> int:
    """Runs the command in ARGV and returns the exit status that --help explains.

    Raises SystemExit, with status 2, for arguments that make no command.
    """
    arguments = _parser().parse_args(argv)
    # A revision's message may have characters that the locale's encoding does not.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    interruption.heed()
    try:
        status: int = arguments.run(arguments)
    except ConfigurationError as error:
        return _complain(error, _WRONG_CALL)
    except MigrationError as error:
        return _complain(error, _REFUSED)
    except KeyboardInterrupt:
        return _complain("interrupted; what was not finished is taken back", _INTERRUPTED)
    return status


def _complain(reason: object, status: int) -> int:
    sys.stderr.write(f"migrations: {reason}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
