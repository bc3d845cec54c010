"""The command `expire`: its arguments, and the line that says what it did."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from connect4_models.database_url import connection_string
from connect4_server.database import DatabaseError
from connect4_server.expiry import Ages, expire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DESCRIPTION = """\
Removes old games in batches, while the servers run. The database is that of DATABASE_URL or
DATABASE_*. Ctrl-C and SIGTERM stop it after the batch that it is at."""
_EPILOG = """\
The exit status is 0 when it has looked at all games, 1 when it was stopped or failed, and 2 for a
wrong call or configuration."""


def expire_command(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Removes the games that ARGUMENTS ask for from the database that ENVIRON names.

    Prints one line. Returns the exit status that --help explains. Raises ConfigurationError, and
    SystemExit for --help and for arguments that make no sense.
    """
    ages = _ages(arguments)
    database = connection_string(environ)
    stops: list[int] = []
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, lambda number, _frame: stops.append(number))
    began = time.monotonic()
    try:
        done = expire(database, ages, is_stopped=lambda: bool(stops))
    except DatabaseError as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 1
    seconds = time.monotonic() - began
    end = "" if done.is_complete else "; stopped before the end"
    sys.stdout.write(f"removed {done.removed:,} of {done.seen:,} games in {seconds:.1f} s{end}\n")
    return 0 if done.is_complete else 1


def _ages(arguments: Sequence[str]) -> Ages:
    parser = argparse.ArgumentParser(
        prog="server expire", description=_DESCRIPTION, epilog=_EPILOG, allow_abbrev=False
    )
    for option, default, help_text in (
        ("--unjoined-after", Ages.unjoined, "running games that nobody has joined for so long (1)"),
        ("--untouched-after", None, "running games of two that nobody touched for so long (never)"),
        ("--finished-after", None, "games that are over for so long (never)"),
    ):
        parser.add_argument(option, metavar="DAYS", type=_days, default=default, help=help_text)
    given = parser.parse_args(arguments)
    return Ages(given.unjoined_after, given.untouched_after, given.finished_after)


def _days(value: str) -> timedelta:
    """Returns a number of days, with or without a `d`."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})d?", value)
    if match is None:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of days from 1")
    return timedelta(days=int(match[1]))
