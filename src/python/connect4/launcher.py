"""Starts what the game consists of, in order, and stops it in the reverse order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from connect4.address import AddressError, browser_url, free_port, network_url
from connect4.backup import BackupError, back_up, restore
from connect4.options import Backup, Play, Restore, parse
from connect4_models.database_url import ConfigurationError
from connect4_server.config import Config
from connect4_server.http_server import ListenError, WorkerStartError, serve
from local_postgres import LocalPostgres, LocalPostgresError, OtherMajorVersionError
from migrations.commands import upgrade
from migrations.errors import MigrationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# What follows "PostgreSQL 18 wrote …; this is PostgreSQL 19".
_WAY_ON = (
    ": with the release that wrote it, run `connect4.pex backup FILE`, move the folder away, then"
    " run `connect4.pex restore FILE` with this one"
)

# Stands for the URL until PostgreSQL has started; nothing connects to it.
_NO_DATABASE_YET = "postgresql:///"


class StoppedError(BaseException):
    """A signal arrived before the server ran, which handles signals itself."""


class DatabaseEndedError(Exception):
    """The local PostgreSQL ended by itself."""


_CANNOT_RUN = (
    AddressError,
    BackupError,
    DatabaseEndedError,
    ListenError,
    LocalPostgresError,
    MigrationError,
    WorkerStartError,
)


def main(arguments: Sequence[str]) -> int:
    """Does what ARGUMENTS ask for, such as running the game until it is stopped.

    Returns the exit status that --help explains. Raises SystemExit for --help and for arguments
    that make no sense.
    """
    asked = parse(arguments, os.environ)
    for number in _STOPPING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        _do(asked)
    except StoppedError:
        return 0 if isinstance(asked, Play) else _report("stopped before it was done", 1)
    except ConfigurationError as error:
        return _report(error, 2)
    except OtherMajorVersionError as error:
        return _report(f"{error}{_WAY_ON}", 1)
    except _CANNOT_RUN as error:
        return _report(error, 1)
    return 0


def _do(asked: Play | Backup | Restore) -> None:
    match asked:
        case Play():
            _play(asked)
        case Backup():
            back_up(asked.data, asked.file)
        case Restore():
            restore(asked.data, asked.file, replace=asked.replace)


def _play(options: Play) -> None:
    environ = {**os.environ, "HOST": options.host, "PORT": str(options.port)}
    if options.data is None:
        _serve(replace(Config.from_environ(environ), port=free_port(options.host, options.port)))
        return
    config = Config.from_environ({**environ, "DATABASE_URL": _NO_DATABASE_YET})
    ended = threading.Event()

    def stop_without_database() -> None:
        ended.set()
        os.kill(os.getpid(), signal.SIGTERM)

    postgres = LocalPostgres(options.data, on_unexpected_end=stop_without_database)
    # Both before anything is started. The port of a game that is started twice is taken too, but
    # that it already runs is the better message.
    postgres.refuse_if_running()
    config = replace(config, port=free_port(options.host, options.port))
    try:
        with postgres:
            _serve(replace(config, database=postgres.url()))
    except StoppedError:
        if not ended.is_set():
            raise
    if ended.is_set():
        raise DatabaseEndedError(f"PostgreSQL ended unexpectedly; see {postgres.log}")


def _serve(config: Config) -> None:
    upgrade(config.database)
    url = browser_url(config.host, config.port)

    def say_where() -> None:
        sys.stdout.write(f"Connect 4 is running: open {url} (Ctrl-C stops it)\n")
        sys.stdout.flush()

    serve(replace(config, network_url=network_url(config.host, config.port)), say_where)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in _STOPPING:
        # From now on all that was started is being stopped, which must not be interrupted.
        signal.signal(number, _ignore)
    raise StoppedError


def _ignore(_number: int, _frame: FrameType | None) -> None:
    pass


def _report(error: object, status: int) -> int:
    sys.stderr.write(f"connect4: {error}\n")
    return status
