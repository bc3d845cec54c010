"""The launcher's command line, with defaults from the environment."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EPILOG = """\
The exit status is 0 when it was stopped (Ctrl-C, SIGTERM) or a backup or restore is done, 1 when it
cannot run, and 2 when it was called wrongly. DATABASE_URL makes it use that PostgreSQL instead of
its own; it takes the server's other variables too."""


@dataclass(frozen=True)
class Play:
    """Run the game. `data` is the folder of its own PostgreSQL; None: DATABASE_URL names another.

    `port` is from 0 to 65535; 0 stands for any that is free.
    """

    data: Path | None
    host: str
    port: int


@dataclass(frozen=True)
class Backup:
    """Write the games of the folder `data` to the new file `file`."""

    data: Path
    file: Path


@dataclass(frozen=True)
class Restore:
    """Bring the games of the backup `file` into the folder `data`, `replace` those in it or not."""

    data: Path
    file: Path
    replace: bool


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Ends the program with one line and status 2; the usage is what --help prints."""
        self.exit(2, f"{self.prog}: {message} (see --help)\n")


def parse(arguments: Sequence[str], environ: Mapping[str, str]) -> Play | Backup | Restore:
    """What ARGUMENTS and the variables HOST, PORT and DATABASE_URL of ENVIRON ask for.

    An argument has precedence over a variable. Raises SystemExit: with status 0 after --help, with
    status 2 and one line on stderr for what makes no sense.
    """
    user_data = _user_data()
    parser = _parser(user_data, environ)
    given = parser.parse_args(arguments)
    is_elsewhere = bool(environ.get("DATABASE_URL"))
    if is_elsewhere and hasattr(given, "data"):
        parser.error("--data has no effect while DATABASE_URL is set")
    if is_elsewhere and given.command is not None:
        parser.error(f"{given.command} is for its own PostgreSQL, and DATABASE_URL names another")
    if is_elsewhere:
        return Play(None, given.host, given.port)
    data = getattr(given, "data", user_data)
    if data is None:
        parser.error("no home folder to keep the games in: set HOME, or name a folder with --data")
    if given.command == "backup":
        return Backup(data, given.file)
    if given.command == "restore":
        return Restore(data, given.file, given.replace)
    return Play(data, given.host, given.port)


def _parser(user_data: Path | None, environ: Mapping[str, str]) -> _Parser:
    default = str(user_data).replace("%", "%%") if user_data else "has to be given without a HOME"
    data = _Parser(add_help=False)
    data.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=argparse.SUPPRESS,  # or that of a command would undo what stands before it
        help=f"where the games are kept ({default})",
    )
    parser = _Parser(
        prog="connect4",
        description="Play Connect 4: starts the whole game, and says where to point the browser.",
        epilog=_EPILOG,
        allow_abbrev=False,
        parents=[data],
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
    commands = parser.add_subparsers(dest="command", metavar="[backup | restore]")
    backup = commands.add_parser(
        "backup",
        help="write all games to a file, also while the game runs",
        description="Writes all games to a new FILE, in the custom format of pg_dump.",
        allow_abbrev=False,
        parents=[data],
    )
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = commands.add_parser(
        "restore",
        help="bring the games back from such a file",
        description="Brings the games of FILE back: all of them, or, if that fails, none.",
        allow_abbrev=False,
        parents=[data],
    )
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument(
        "--replace", action="store_true", help="delete the games that are there already"
    )
    return parser


def _user_data() -> Path | None:
    """The folder for this user's data; None where nothing says which it is.

    A container's user may have neither a HOME nor an entry in /etc/passwd.
    """
    try:
        path = platformdirs.user_data_path("connect4", appauthor=False)
    except RuntimeError:
        return None
    return path if path.is_absolute() else None


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) < 65536):
        raise argparse.ArgumentTypeError(f"{value!r} is not a port from 0 to 65535")
    return int(value)
