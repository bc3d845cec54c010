"""Writes a revision into a working tree, from what the models say and the revisions do not yet."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import unicodedata
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.script import Script
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from local_postgres import LocalPostgres
from migrations import commands
from migrations.database import connected, one_line
from migrations.errors import MigrationError
from migrations.history import alembic_config

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.operations import MigrationScript
    from alembic.runtime.migration import MigrationContext

# Relative to the root of the working tree.
ENVIRONMENT = Path("src/python/migrations")
_VERSIONS = ENVIRONMENT / "versions"
HEAD_FILE = _VERSIONS / "HEAD"
_LONGEST_SLUG = 60


def write_revision(root: Path, message: str, *, empty: bool = False) -> Path | None:
    """The path, relative to ROOT, of the new revision; None if the models have nothing new.

    A throwaway PostgreSQL is brought to the head of ROOT's revisions and compared with the models.
    EMPTY asks for a revision without operations, for a change of data. Raises MigrationError, or
    LocalPostgresError.
    """
    if not (root / ENVIRONMENT / "env.py").is_file():
        raise MigrationError(f"no {ENVIRONMENT} in {root}: run it in a clone, through ./pants")
    slug = _slug(message)
    if not slug:
        raise MigrationError(f"a message says in words what changes; this is {message!r}")
    with (
        tempfile.TemporaryDirectory(prefix="connect4-revision-") as folder,
        LocalPostgres(Path(folder) / "data", durable=False) as postgres,
    ):
        config = alembic_config(root / ENVIRONMENT)
        config.set_main_option("file_template", f"%%(rev)s_{slug}")
        config.cmd_opts = Namespace(quiet=True)
        written = _autogenerate(config, postgres.url(), _docstring(message), empty=empty)
    if written is None:
        return None
    (root / HEAD_FILE).write_text(f"{written.revision}\n")
    path = Path(written.path).relative_to(root)
    _format(root, path)
    return path


def _slug(message: str) -> str:
    """What of MESSAGE a file's name can hold everywhere."""
    ascii_only = unicodedata.normalize("NFKD", message).encode("ascii", "ignore").decode().lower()
    return "_".join(re.findall(r"[a-z0-9]+", ascii_only))[:_LONGEST_SLUG].rstrip("_")


def _docstring(message: str) -> str:
    """MESSAGE on one line, with nothing that ends a docstring."""
    return " ".join(message.split()).replace("\\", "/").replace('"', "'")


def _autogenerate(config: Config, database_url: str, message: str, *, empty: bool) -> Script | None:
    commands.upgrade(database_url)

    def drop_if_nothing_changes(
        _context: MigrationContext, _revision: object, directives: list[MigrationScript]
    ) -> None:
        operations = directives[0].upgrade_ops
        if not empty and (operations is None or operations.is_empty()):
            directives.clear()

    with connected(database_url) as connection:
        config.attributes["connection"] = connection
        try:
            script = command.revision(
                config,
                message,
                autogenerate=not empty,
                process_revision_directives=drop_if_nothing_changes,
            )
        except (CommandError, SQLAlchemyError) as error:
            raise MigrationError(f"cannot write a revision: {one_line(error)}") from error
    # A list only where there are several heads, and then nothing is written.
    return script if isinstance(script, Script) else None


def _format(root: Path, written: Path) -> None:
    """As `./pants fmt` would: what the template imports and the revision does not need goes."""
    for arguments in (["check", "--fix-only"], ["format"]):
        ruff = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache", written],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if ruff.returncode:
            raise MigrationError(f"{written} is written, but not formatted: {ruff.stderr.strip()}")
