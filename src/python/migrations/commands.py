"""What can be done with a database's schema; each function is a command of the command line.

DATABASE_URL is in libpq's form or in SQLAlchemy's. A revision is named by its id, by the beginning
of one, at least 4 characters, that no other id has, or by `head` or `base`.
"""

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
"""For how long a revision tries to get its locks, by default."""


def _quiet(_line: str) -> None:
    pass


def upgrade(
    database_url: str,
    revision: str = "head",
    *,
    patience: float = PATIENCE_SECONDS,
    report: Callable[[str], None] = _quiet,
) -> None:
    """Brings the database up to REVISION, one transaction a revision; if it is there, does nothing.

    An advisory lock lets one run at a time work; this one waits for a run that has it. PATIENCE is
    for how many seconds a revision tries to get its locks. REPORT is called with a line for each
    revision that is applied, for each new attempt, and for the wait.

    Raises MigrationError. The revisions before the one that failed stay applied.
    """
    _migrate(database_url, revision, up=True, patience=patience, report=report)


def downgrade(
    database_url: str,
    revision: str,
    *,
    patience: float = PATIENCE_SECONDS,
    report: Callable[[str], None] = _quiet,
) -> None:
    """Takes the database back to REVISION, `base` for an empty schema.

    Everything else is as for `upgrade`.
    """
    _migrate(database_url, revision, up=False, patience=patience, report=report)


def current(database_url: str) -> str | None:
    """The id of the revision that the database is at, None before the first.

    Raises MigrationError.
    """
    with connected(database_url) as connection:
        return current_revision(connection)


def history() -> list[str]:
    """A line per revision, from the newest: its id, two spaces and its message.

    Raises MigrationError.
    """
    revisions = History.load(alembic_config()).revisions
    return [f"{revision.revision}  {revision.doc}" for revision in reversed(revisions)]


def check(database_url: str) -> list[str]:
    """How the database differs from the head or from the models, as lines; none if it does not.

    What only the database has (see `comparison.differences`) is no difference.

    Raises MigrationError.
    """
    line = History.load(alembic_config())
    with connected(database_url) as connection:
        at = line.position_of_database(current_revision(connection))
        if line.name(at) != line.head:
            return [f"the database is at {line.name(at)}, the head is {line.head}: upgrade it"]
        return differences(connection)


def sql(between: str = "base:head") -> str:
    """The SQL that leads from one revision to another, up or down; no database is asked.

    BETWEEN is `FROM:TO`; `TO` alone starts at `base`. The result has a transaction for each
    revision, and is empty if FROM is TO.

    Raises MigrationError.
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
                f"cannot {way} to {target}: the database is at {line.name(start)}; use `{other}`"
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
    """Applies one revision or takes it back, with new attempts while it does not get its locks."""
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
