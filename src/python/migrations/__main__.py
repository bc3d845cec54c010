"""The command line: `migrations upgrade`, and so on, on the database that the environment names."""

import argparse
import os
import sys

from connect4_models.database_url import ConfigurationError, database_url
from migrations import commands


def _database() -> str:
    return database_url(os.environ).render_as_string(hide_password=False)


def _upgrade(arguments: argparse.Namespace) -> None:
    commands.upgrade(_database(), arguments.revision)


def _downgrade(arguments: argparse.Namespace) -> None:
    commands.downgrade(_database(), arguments.revision)


def _current(_: argparse.Namespace) -> None:
    sys.stdout.write(f"{commands.current(_database()) or 'no revision yet'}\n")


def _history(_: argparse.Namespace) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in commands.history()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="migrations",
        description="Migrates the database that DATABASE_URL, or DATABASE_*, names.",
    )
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    upgrade = subcommands.add_parser("upgrade", help="bring the schema up to a revision")
    upgrade.add_argument("revision", nargs="?", default="head", help="the newest by default")
    upgrade.set_defaults(run=_upgrade)
    downgrade = subcommands.add_parser("downgrade", help="take the schema back to a revision")
    downgrade.add_argument("revision", help="a revision, or `base` for none at all")
    downgrade.set_defaults(run=_downgrade)
    current = subcommands.add_parser("current", help="say which revision the database is at")
    current.set_defaults(run=_current)
    history = subcommands.add_parser("history", help="list the revisions, from the newest")
    history.set_defaults(run=_history)
    return parser


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if the database refuses, 2 for a wrong call or configuration."""
    arguments = _parser().parse_args(argv)
    try:
        arguments.run(arguments)
    except ConfigurationError as error:
        sys.stderr.write(f"migrations: {error}\n")
        return 2
    except commands.MigrationError as error:
        sys.stderr.write(f"migrations: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
