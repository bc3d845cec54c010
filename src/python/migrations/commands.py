"""What can be done with a database's schema: each function is a command of the command line."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from migrations import timeouts
from migrations.comparison import differences
from migrations.database import (
    connected,
    current_revision,
    lock,
    longest_transaction,
    one_line,
)
from migrations.errors import MigrationError
from migrations.history import History, Step, alembic_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from alembic.config import Config

PATIENCE_SECONDS = 60.0


def _quiet(_line: str) -> None:
    pass


def upgrade(
    database_url: str,
    revision: str = "head",
    *,
    patience: float = PATIENCE_SECONDS,
    report: Callable[[str], None] = _quiet,
) -> None:
    """Brings the database up to REVISION; of several runs at once the others wait for the first.

    REPORT is called with a line per revision, PATIENCE is for how many seconds each tries to get
    its locks. Raises MigrationError; the revisions before the one that failed stay.
    """
    _migrate(database_url, revision, up=True, patience=patience, report=report)


def downgrade(
    database_url: str,
    revision: str,
    *,
    patience: float = PATIENCE_SECONDS,
    report: Callable[[str], None] = _quiet,
) -> None:
    """Takes the database back to REVISION (`base` for none), as `upgrade` brings it up."""
    _migrate(database_url, revision, up=False, patience=patience, report=report)


def current(database_url: str) -> str | None:
    """The revision that the database is at, None before the first; raises MigrationError."""
    with connected(database_url) as connection:
        return current_revision(connection)


def history() -> list[str]:
    """A line per revision, from the newest: its id and what it is about."""
    revisions = History.load(alembic_config()).revisions
    return [f"{revision.revision}  {revision.doc}" for revision in reversed(revisions)]


def check(database_url: str) -> list[str]:
    """What keeps the database from being what the models say, a line each; nothing if it is.

    Raises MigrationError.
    """
    line = History.load(alembic_config())
    with connected(database_url) as connection:
        at = line.position_of_database(current_revision(connection))
        if line.name(at) != line.head:
            return [f"the database is at {line.name(at)}, the head is {line.head}: upgrade it"]
        return differences(connection)


def sql(between: str = "base:head") -> str:
    """The SQL from one revision to another, `FROM:TO`, up or down; `TO` alone starts at base.

    No database is asked. Raises MigrationError.
    """
    start, _, end = between.rpartition(":")
    buffer = io.StringIO()
    config = alembic_config()
    config.output_buffer = buffer
    line = History.load(config)
    for step in line.steps(line.find(start or "base"), line.find(end or "head")):
        for setting in timeouts.settings(step.revision):
            buffer.write(f"{setting};\n\n")
        go = command.upgrade if step.up else command.downgrade
        go(config, f"{step.source}:{step.destination}", sql=True)
    return buffer.getvalue()


def _migrate(
    database_url: str,
    target: str,
    *,
    up: bool,
    patience: float,
    report: Callable[[str], None],
) -> None:
    config = alembic_config()
    line = History.load(config)
    end = line.find(target)
    with connected(database_url) as connection:
        lock(connection, report)
        start = line.position_of_database(current_revision(connection))
        if (start > end) if up else (start < end):
            way, other = ("upgrade", "downgrade") if up else ("downgrade", "upgrade")
            raise MigrationError(
                f"cannot {way} to {target}: the database is at {line.name(start)},"
                f" from where {other} goes there"
            )
        config.attributes["connection"] = connection
        for step in line.steps(start, end):
            began = time.monotonic()
            _apply(connection, config, step, patience, report)
            seconds = time.monotonic() - began
            report(f"{step.source} -> {step.destination}  {step.revision.doc} ({seconds:.2f} s)")


def _apply(
    connection: Connection,
    config: Config,
    step: Step,
    patience: float,
    report: Callable[[str], None],
) -> None:
    """Applies or takes back one revision, again and again while it does not get its locks."""
    attempts = timeouts.Attempts(patience)
    while True:
        try:
            for setting in timeouts.settings(step.revision):
                connection.execute(text(setting))
            connection.commit()
            (command.upgrade if step.up else command.downgrade)(config, step.destination)
        except DBAPIError as error:
            if connection.invalidated:
                raise
            connection.rollback()
            reason = one_line(error)
            if attempts.pause_after(error):
                report(f"{step.revision.revision}: {reason}; trying again")
                continue
            raise MigrationError(
                f"revision {step.revision.revision} ({step.revision.doc}) failed: {reason};"
                f" the database is at {current_revision(connection) or 'base'}"
                f"{longest_transaction(connection)}"
            ) from error
        else:
            return
