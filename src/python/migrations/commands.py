"""What can be done with a database's schema: each function is a command of the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

_LOCATION = Path(__file__).parent
# Any number will do, as long as every version of this program uses the same.
_ADVISORY_LOCK = 0x636F6E6E34
_CONNECT_SECONDS = 10


class MigrationError(Exception):
    """A command cannot be carried out; the message is one line that says why."""


def upgrade(database_url: str, revision: str = "head") -> None:
    """Brings the database up to REVISION; of several runs at once the others wait for the first.

    Raises MigrationError.
    """
    with _locked(database_url) as config:
        command.upgrade(config, revision)


def downgrade(database_url: str, revision: str) -> None:
    """Takes the database back to REVISION (`base` for none); raises MigrationError."""
    with _locked(database_url) as config:
        command.downgrade(config, revision)


def current(database_url: str) -> str | None:
    """The revision that the database is at, None before the first; raises MigrationError."""
    with _connected(database_url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def history() -> list[str]:
    """A line per revision, from the newest: its id and what it is about."""
    scripts = ScriptDirectory.from_config(_config())
    return [f"{script.revision}  {script.doc}" for script in scripts.walk_revisions()]


def _config() -> Config:
    config = Config()
    # A path may hold what Alembic's configuration would take for interpolation.
    config.set_main_option("script_location", str(_LOCATION).replace("%", "%%"))
    return config


@contextmanager
def _connected(database_url: str) -> Iterator[Connection]:
    url = make_url(database_url).set(drivername="postgresql+psycopg2")
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "migrations"},
    )
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        where = url.render_as_string(hide_password=True)
        raise MigrationError(f"cannot use the database {where}: {reason}") from error
    except CommandError as error:
        raise MigrationError(str(error)) from error


@contextmanager
def _locked(database_url: str) -> Iterator[Config]:
    with _connected(database_url) as connection:
        # The session's, not a transaction's: every revision is a transaction of its own.
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        connection.commit()
        config = _config()
        config.attributes["connection"] = connection
        try:
            yield config
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()
