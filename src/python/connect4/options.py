"""What the launcher is told: its arguments, with defaults from the environment."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXIT_STATUS = """\
It ends with status 0 when it was stopped (Ctrl-C, SIGTERM), 1 when it cannot run, and 2 when it was
called wrongly. DATABASE_URL makes it use that PostgreSQL instead of its own; it takes the server's
other variables too."""


@dataclass(frozen=True)
class Options:
    """What to run, and where; with a DATABASE_URL the data are there, and not in the folder."""

    data: Path
    host: str
    port: int
    database_url: str | None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """In one line: how to call it is what --help says."""
        self.exit(2, f"{self.prog}: {message} (see --help)\n")


def parse(arguments: Sequence[str], environ: Mapping[str, str]) -> Options:
    """Reads the arguments; ends the program for --help, and with status 2 for what makes no sense.

    HOST and PORT are honoured where an argument is not given.
    """
    user_data = platformdirs.user_data_path("connect4", appauthor=False)
    parser = _Parser(
        prog="connect4",
        description="Play Connect 4: starts the whole game, and says where to point the browser.",
        epilog=_EXIT_STATUS,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help=f"where the games are kept ({str(user_data).replace('%', '%%')})",
    )
    parser.add_argument(
        "--host",
        default=environ.get("HOST") or "127.0.0.1",
        help="the address to listen on (%(default)s); 0.0.0.0 lets the whole network play",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=environ.get("PORT") or "5000",
        help="the port to listen on (%(default)s); 0 for any that is free",
    )
    given = parser.parse_args(arguments)
    database_url = environ.get("DATABASE_URL") or None
    if given.data is not None and database_url is not None:
        parser.error("--data has no effect while DATABASE_URL is set")
    return Options(
        data=given.data or user_data,
        host=given.host,
        port=given.port,
        database_url=database_url,
    )


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) < 65536):
        raise argparse.ArgumentTypeError(f"{value!r} is not a port from 0 to 65535")
    return int(value)
