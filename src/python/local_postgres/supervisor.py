"""Starts, watches and stops PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from local_postgres import access, socket_directory
from local_postgres.access import ADMINISTRATOR, OWNER
from local_postgres.account import account_for
from local_postgres.cluster import ENVIRONMENT, ensure_cluster, hand_over, settle_pid_file
from local_postgres.data_lock import DataLock
from local_postgres.deferred_signals import signals_deferred
from local_postgres.errors import LocalPostgresError, cause
from local_postgres.libpq_environment import forget_libpq_variables
from local_postgres.ownership import give_everything

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from local_postgres.account import Account

DATABASE = "connect4"

_START_SECONDS = 60.0

# PostgreSQL's fast shutdown, its immediate one, after which the next start recovers, and SIGKILL.
_STOP = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, None))

_LOG_BYTES = 1_000_000

_SETTINGS = (
    "log_checkpoints=off",
    # No statement and none of its values: they hold the players' secrets.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)

_THROWAWAY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class LocalPostgres:
    """A context manager: within it a PostgreSQL runs on the data folder, with one database.

    The folder is made if it is absent, and gets `postgres` (the cluster), `postgres.log` and
    `lock`. PostgreSQL listens on a socket in a private folder only, and to this user only.

    Entering removes libpq's variables (PGHOST and the like) from this process's environment: the
    URLs alone say where its connections, and those of its children, lead.

    Enter it from a thread that lasts: PostgreSQL ends with that thread. In a forked child, leaving
    the `with` block stops nothing.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        on_unexpected_end: Callable[[], None] | None = None,
    ) -> None:
        """Takes the folder, and what to do, in another thread, if PostgreSQL ends by itself.

        Without `durable` a loss of power may cost the data: for tests.
        """
        self._data_dir = data_dir.absolute()
        self._cluster = self._data_dir / "postgres"
        self.log = self._data_dir / "postgres.log"
        self._durable = durable
        self._on_unexpected_end = on_unexpected_end
        self._lock: DataLock | None = None
        self._account: Account | None = None
        self._socket_dir: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        os.register_at_fork(after_in_child=self._disown)

    def __enter__(self) -> Self:
        """Starts it. Raises LocalPostgresError."""
        with ExitStack() as failed:
            failed.callback(self._leave)
            forget_libpq_variables()
            with self._named_errors():
                self._claim()
            self.start()
            self._ensure_database()
            failed.pop_all()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stops it and waits until it has ended."""
        self._leave()

    def url(self, database: str = DATABASE) -> str:
        """The libpq URI of a database, as its owner; it stays the same within the `with` block."""
        return self._url(OWNER, database)

    def admin_url(self, database: str = DATABASE) -> str:
        """The same as a superuser: for tests and measurements, not for a game."""
        return self._url(ADMINISTRATOR, database)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Makes a database, empty or a copy of one that nobody is connected to; returns its URL.

        Raises LocalPostgresError.
        """
        statement = sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(OWNER)
        )
        if template is not None:
            statement += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
        self._execute(statement)
        return self.url(name)

    def replace_database(self, name: str) -> None:
        """Makes the database NAME the one that `url()` leads to, and deletes the one before.

        Nobody may be connected to either. Whatever interrupts it, `url()` leads to one of the two.
        Raises LocalPostgresError.
        """
        former = sql.Identifier(f"{DATABASE}_replaced")
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(former))
        # Sent as one, the two statements are one transaction.
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        ours = sql.Identifier(DATABASE)
        statements = rename.format(ours, former), rename.format(sql.Identifier(name), ours)
        self._execute(sql.SQL(";").join(statements))
        self._execute(sql.SQL("DROP DATABASE {}").format(former))

    def drop_database(self, name: str) -> None:
        """Deletes a database, if it exists, without connections. Raises LocalPostgresError."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

    def refuse_if_running(self) -> None:
        """Raises LocalPostgresError if another process runs on the data; changes nothing."""
        if self.running_url() is not None:
            raise LocalPostgresError(f"already running on this data: {self._data_dir}")

    def running_url(self) -> str | None:
        """The URL of the database while another process runs PostgreSQL on the data, else None.

        PostgreSQL lets in the user of that process alone. Raises LocalPostgresError.
        """
        with self._named_errors():
            note = DataLock.note_of_holder(self._data_dir / "lock")
        return None if note is None else _url(Path(note), OWNER, DATABASE)

    def start(self) -> None:
        """Starts it again after `stop`, on the same URL. Raises LocalPostgresError."""
        if self._account is None or self._socket_dir is None:
            raise LocalPostgresError("only within the with block can PostgreSQL be started")
        rules = access.settings(self._socket_dir)
        settings = (*_SETTINGS, *rules, *([] if self._durable else _THROWAWAY))
        command = self._account.command(
            "postgres",
            *("-D", self._account.path_of(self._cluster)),
            *("-h", "", "-k", str(self._socket_dir), "-p", str(socket_directory.PORT)),
            *(argument for setting in settings for argument in ("-c", setting)),
        )
        with self._named_errors(), self._open_log() as log, signals_deferred():
            log_start = log.seek(0, os.SEEK_END)
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                # Nothing is ever written to it: it is closed when PostgreSQL has ended.
                stdout=subprocess.PIPE,
                stderr=log,
                bufsize=0,
                env=ENVIRONMENT,
                cwd=self._cluster,
                start_new_session=True,
            )
        self._wait_until_ready(self._process, log_start)
        with signals_deferred():
            self._watcher = threading.Thread(target=self._watch, args=(self._process,), daemon=True)
            self._watcher.start()

    def stop(self) -> None:
        """Stops it and waits until it has ended; does nothing if it does not run."""
        with signals_deferred():
            process, self._process = self._process, None
            if process is None:
                return
            for number, seconds in _STOP:
                process.send_signal(number)
                try:
                    process.wait(seconds)
                    break
                except subprocess.TimeoutExpired:
                    continue
            if self._watcher is not None:
                self._watcher.join()
                self._watcher = None
            if process.stdout is not None:
                process.stdout.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Turns an OSError into a LocalPostgresError that names the path."""
        try:
            yield
        except OSError as error:
            where = error.filename or self._data_dir
            raise LocalPostgresError(f"{error.strerror or error}: {where}") from error

    def _claim(self) -> None:
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with signals_deferred():
            self._lock = DataLock(self._data_dir / "lock")
        self._account = account_for(self._cluster)
        ensure_cluster(self._cluster, self._account, durable=self._durable)
        settle_pid_file(self._cluster)
        socket_directory.remove_leftover(self._lock.read_note(), self._cluster.stat().st_uid)
        hand_over(self._cluster, self._account)
        with signals_deferred():
            self._socket_dir = socket_directory.create(self._account)
            self._lock.write_note(str(self._socket_dir))

    def _leave(self) -> None:
        with signals_deferred():
            self.stop()
            if self._socket_dir is not None:
                socket_directory.remove(self._socket_dir)
                self._socket_dir = None
            if self._lock is not None:
                self._lock.close()
                self._lock = None

    def _disown(self) -> None:
        """In a forked child: what runs belongs to the parent, and so does the lock."""
        self._process = None
        self._socket_dir = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _open_log(self) -> BinaryIO:
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch(mode=0o600)
        return self.log.open("ab")

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        # Not by waitpid, which would race with whoever else reaps this process's children.
        while process.stdout is not None and process.stdout.read(1024):
            pass
        if self._process is process and self._on_unexpected_end is not None:
            self._on_unexpected_end()

    def _wait_until_ready(self, process: subprocess.Popen[bytes], log_start: int) -> None:
        """As pg_ctl does: PostgreSQL writes into its pid file how far it is."""
        deadline = time.monotonic() + _START_SECONDS
        while (status := self._status(process.pid)) != "ready":
            if process.poll() is not None:
                raise LocalPostgresError(self._failure(log_start))
            # Recovery after a crash takes what it takes.
            if status is None and time.monotonic() > deadline:
                raise LocalPostgresError(f"PostgreSQL does not start; see {self.log}")
            time.sleep(0.01)

    def _status(self, pid: int) -> str | None:
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        return lines[7].strip() if len(lines) > 7 and lines[0] == str(pid) else None

    def _failure(self, log_start: int) -> str:
        with self.log.open("rb") as log:
            log.seek(log_start)
            said = cause(log.read().decode(errors="replace"))
        return f"PostgreSQL does not start on {self._data_dir}: {said or 'it says nothing'}"

    def _ensure_database(self) -> None:
        """Also brings what an earlier version left, where the administrator owned everything."""
        role = sql.SQL("SELECT FROM pg_roles WHERE rolname = {}").format(sql.Literal(OWNER))
        if not self._execute(role):
            self._execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(OWNER)))
        owner = sql.SQL("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = {}")
        owners = self._execute(owner.format(sql.Literal(DATABASE)))
        if not owners:
            self.create_database(DATABASE)
        elif owners != [(OWNER,)]:
            self._execute(give_everything(DATABASE, OWNER), DATABASE)

    def _execute(
        self, statement: sql.Composable, database: str = "postgres"
    ) -> list[tuple[Any, ...]]:
        """Runs a statement as the administrator, outside of any transaction; returns its rows."""
        connection = None
        try:
            connection = psycopg2.connect(self.admin_url(database))
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description is not None else []
        except psycopg2.Error as error:
            complaint = str(error).partition("\n")[0]
            raise LocalPostgresError(f"PostgreSQL on {self._data_dir}: {complaint}") from error
        finally:
            if connection is not None:
                connection.close()

    def _url(self, role: str, database: str) -> str:
        if self._socket_dir is None:
            raise LocalPostgresError("PostgreSQL does not run")
        return _url(self._socket_dir, role, database)


def _url(socket_dir: Path, role: str, database: str) -> str:
    where = f"host={socket_dir}&port={socket_directory.PORT}"
    return f"postgresql://{role}@/{quote(database, safe='')}?{where}"
